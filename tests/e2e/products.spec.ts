import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { ImportWizard } from './pages/importWizard.ts'
import { SALES } from './support/company.ts'
import { expect, test } from './support/test.ts'

/** A folder for pictures, looked at by people; without it none are taken. The window stays as it is: a drawer would not outlive another. */
const folder = process.env['SHOTS']
const shotsOf = (page: Page) => async (name: string) => {
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `products-${name}.png`) })
}

test('a product is created, edited in its cell, priced for a level, taken off sale, and each is taken back', async ({
  signedIn: { page },
}) => {
  test.slow()
  const shoot = shotsOf(page)
  await page.goto('/customers')
  await page.getByRole('menuitem', { name: '产品' }).click()
  const rows = page.locator('tr[data-row-key]')
  await expect(rows.first()).toBeVisible()
  await shoot('list')

  await page.getByRole('button', { name: '新建产品' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByLabel('产品名称').fill('卡套接头')
  await drawer.getByLabel('规格').fill('Φ12')
  await drawer.getByLabel('标准价').fill('45')
  await drawer.getByLabel('税率').fill('13%')
  await shoot('form')
  await drawer.getByRole('button', { name: '保存', exact: true }).click()
  await expect(drawer).toHaveCount(0)
  await page.getByLabel('搜名称、拼音、编号').fill('ktjt')
  const row = rows.filter({ hasText: '卡套接头' })
  await expect(rows).toHaveCount(1)
  await expect(row.locator('[data-col="taxRate"]')).toHaveText('13%')

  const price = row.locator('[data-col="priceFen"]')
  await expect(price).toHaveText('45.00')
  await price.dblclick()
  await price.locator('input').fill('48.5')
  // The cell shows what was typed before it is saved; what is not saved yet has no step to take back.
  const saved = page.waitForResponse((answer) => answer.url().endsWith('/products/edit'))
  await price.locator('input').press('Enter')
  await saved
  await expect(price).toHaveText('48.50')
  await page.keyboard.press('Control+z')
  await expect(price).toHaveText('45.00')

  await row.locator('.name-link').click()
  const panel = page.getByRole('complementary')
  await panel.getByRole('button', { name: '登记成本' }).click()
  await panel.getByLabel('金额（元）').fill('30')
  await panel.getByRole('button', { name: '保存' }).click()
  await expect(panel.getByText('当前')).toBeVisible()
  await expect(row.locator('[data-col="costFen"]')).toHaveText('30.00')

  await page.getByRole('button', { name: '价格表' }).click()
  await expect(page.getByText('A 级客户，2026-01-01 起：', { exact: false })).toBeVisible()
  await shoot('lists')
  await page.getByRole('row').filter({ hasText: 'A 级客户价' }).click()
  await page.getByRole('dialog').getByLabel('从 Excel 粘贴').fill('卡套接头\t40\n没有的东西\t1')
  await page.getByRole('button', { name: '写入 2 个价格' }).click()
  await expect(page.getByRole('alert').filter({ hasText: '1 行没有对上' })).toBeVisible()
  await expect(page.getByRole('dialog').getByRole('row').filter({ hasText: '卡套接头' })).toContainText('40.00')
  await shoot('items')

  await page.goto('/products?q=ktjt')
  await row.locator('.name-link').click()
  await expect(panel).toContainText('按「A 级客户价」（A 级客户）')
  await shoot('panel')
  await page.keyboard.press('Escape')
  await row.locator('[data-col="__check"]').click()
  await page.getByRole('toolbar').getByRole('button', { name: '停售' }).click()
  await expect(row.locator('[data-col="status"]')).toHaveText('停售')
  await page.locator('.toast').filter({ hasText: '已更新 1 个产品' }).getByRole('button', { name: '撤销' }).click()
  await expect(row.locator('[data-col="status"]')).toHaveText('在售')
})

test('categories are made, narrow the list with what lies below, and stay while they hold something', async ({
  signedIn: { page },
  watch,
}) => {
  watch.expect(/status of 422/, 'a browser prints the refused removal')
  const shoot = shotsOf(page)
  await page.goto('/products')
  const rows = page.locator('tr[data-row-key]')
  await expect(rows.first()).toBeVisible()
  await page.locator('.bar').getByRole('button', { name: '分类' }).click()
  await page.getByRole('button', { name: '管件', exact: true }).click()
  await page.getByRole('button', { name: '完成' }).click()
  await expect(rows.filter({ hasText: '球阀' }).first()).toBeVisible()
  await expect(rows.filter({ hasText: '螺丝' })).toHaveCount(0)

  await page.goto('/products')
  await expect(rows.first()).toBeVisible()
  await page.getByRole('button', { name: '分类管理' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByLabel('新分类名称').fill('密封件')
  await drawer.getByRole('button', { name: '添加' }).click()
  await expect(drawer.getByRole('button', { name: '删除 密封件' })).toBeVisible()
  await shoot('categories')
  await drawer.getByRole('button', { name: '删除 法兰' }).click()
  await expect(page.locator('.toast').filter({ hasText: '「法兰」下面还有' })).toBeVisible()
  await drawer.getByRole('button', { name: '删除 密封件' }).click()
  await expect(drawer.getByRole('button', { name: '删除 密封件' })).toHaveCount(0)
})

test('a price sheet goes in as products, and who may not see costs sees none', async ({ signedIn: { page }, desk, scratch }) => {
  test.slow()
  const file = join(scratch, 'goods.csv')
  writeFileSync(
    file,
    '货号,商品名称,规格,产品分类,单位,售价,成本价,税率\nY-01,铜卡套,Φ8,管件/卡套,个,¥12.50,8,13%\nY-02,铜卡套,Φ10,管件/卡套,个,15,,13%\n',
  )
  const wizard = new ImportWizard(page)
  await page.goto('/products')
  await page.getByRole('button', { name: '导入产品' }).click()
  await expect(page.getByRole('heading', { name: '导入产品' })).toBeVisible()
  await page.locator('input[type="file"]').setInputFiles(file)
  await wizard.clean()
  expect(await wizard.check()).toMatchObject({ created: 2, failed: 0 })
  expect(await wizard.run()).toMatchObject({ created: 2, failed: 0 })
  await page.goto('/products?q=铜卡套')
  const rows = page.locator('tr[data-row-key]')
  await expect(rows).toHaveCount(2)
  await expect(rows.filter({ hasText: 'Φ8' }).locator('[data-col="costFen"]')).toHaveText('8.00')
  const { page: salesPage } = await desk(SALES)
  await salesPage.goto('/products?q=铜卡套')
  await expect(salesPage.locator('tr[data-row-key]')).toHaveCount(2)
  await expect(salesPage.getByRole('columnheader', { name: '成本' })).toHaveCount(0)
  await expect(salesPage.getByRole('button', { name: '新建产品' })).toHaveCount(0)
})
