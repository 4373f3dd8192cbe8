import { fileURLToPath } from 'node:url'
import { ImportWizard } from './pages/importWizard.ts'
import { expect, test } from './support/test.ts'

const PIPELINE = fileURLToPath(new URL('../fixtures/pipeline/sales_pipeline.csv', import.meta.url))

test('a pipeline of another program comes in, a product is put to what it means, a record gets its lines and they are taken back', async ({
  signedIn: { page, api },
}) => {
  for (const [name, priceFen] of [
    ['Pump Basic', 55_000],
    ['Pump Pro', 482_100],
  ] as const)
    await api.call('products.create', { name, unit: '台', priceFen })
  for (const name of ['Harbour Textiles', 'Blue Fjord Foods']) await api.call('customers.create', { name })

  await page.goto('/opportunities')
  await page.getByRole('button', { name: '导入商机' }).first().click()
  const wizard = new ImportWizard(page)
  await wizard.drop(PIPELINE)
  await wizard.map()
  await page.getByRole('button', { name: '用「Pump Pro」' }).click()
  await expect(page.getByRole('button', { name: '用「Pump Pro」' })).toBeHidden()
  await wizard.clean()
  expect(await wizard.check()).toMatchObject({ created: 6, failed: 0 })
  expect(await wizard.run()).toMatchObject({ created: 6, failed: 0, rows: 6 })
  await page.getByRole('button', { name: '去看商机' }).click()

  await page.getByLabel('搜名称、拼音、编号').fill('Fjord')
  const row = page.locator('tr[data-row-key]').filter({ hasText: 'Blue Fjord Foods' })
  await expect(row).toContainText('赢单')
  await expect(row).toContainText('4,514')
  await row.locator('[data-col="name"]').click()
  await page.getByRole('complementary').getByRole('button', { name: '打开商机' }).click()
  await page.getByRole('tab', { name: '产品明细' }).click()
  const lines = page.getByRole('table', { name: '明细' })
  await expect(lines.getByLabel('第 1 行 产品或服务')).toHaveValue('Pump Pro')
  await page.getByRole('button', { name: '加一行' }).click()
  await lines.getByLabel('第 2 行 产品或服务').fill('Basic')
  await page.locator('.ant-select-item-option').filter({ hasText: 'Pump Basic' }).click()
  await expect(lines.getByLabel('第 2 行 单价')).toHaveValue('550')
  await lines.getByLabel('第 2 行 数量').fill('2')
  await page.getByRole('button', { name: '保存明细' }).click()
  await expect(page.getByRole('button', { name: '保存明细' })).toBeHidden()
  await expect(page.getByText('商机金额随明细合计')).toBeVisible()
  // 4,514 and two at 550.
  await expect(page.getByText('5,614.00').first()).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(lines.getByLabel('第 2 行 产品或服务')).toBeHidden()
})
