import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { makeMessyWorkbook } from '../support/messyWorkbook.ts'
import { ImportWizard } from './pages/importWizard.ts'
import { HERS, HIS, SALES } from './support/company.ts'
import { ADMIN } from './support/host.ts'
import { messyWorkbook } from './support/messyFile.ts'
import { expect, test } from './support/test.ts'

/** A folder for pictures of every step, looked at by people. */
const shots = process.env['SHOTS']

test('a messy file walks through all steps', async ({ signedIn: { page }, scratch }) => {
  test.slow()
  const file = join(scratch, 'messy.xlsx')
  await messyWorkbook(file)
  if (shots) mkdirSync(shots, { recursive: true })
  let n = 0
  const shoot = async (name: string) => {
    if (!shots) return
    await page.waitForTimeout(300)
    await page.screenshot({ path: join(shots, `${++n}-${name}.png`) })
  }
  const wizard = new ImportWizard(page)
  await wizard.open()
  await shoot('file')
  await page.locator('input[type="file"]').setInputFiles(file)
  await expect(page.getByText('表头是第 3、4 两行')).toBeVisible()
  await shoot('layout')
  await wizard.map()
  await expect(page.getByText(/联系人3 · 2/)).toBeVisible()
  await shoot('map')
  // Names nobody knows: one is put to a colleague, the other to nobody, for all their rows.
  await page.getByRole('button', { name: /^其余都留空/ }).click()
  await expect(page.getByText(/没有叫/)).toHaveCount(0)
  await shoot('map-people')
  await wizard.clean()
  await expect(page.getByText('收货信息拆成姓名、电话和地址')).toBeVisible()
  await shoot('clean')
  await page.getByRole('button', { name: /^全部统一/ }).click()
  await page.getByRole('button', { name: '按这样重新清洗' }).click()
  await expect(wizard.button('下一步：检查')).toBeEnabled({ timeout: 40_000 })
  await expect(page.getByText(/「城市」里 苏州市? → 苏州/).first()).toBeVisible()
  await shoot('clean-again')
  // A value leads to its rows, and away again.
  await page.locator('.imp-value').first().click()
  await page.getByRole('button', { name: /^看这 [\d,]+ 行$/ }).click()
  await expect(page.getByRole('button', { name: '看全部行' })).toBeVisible()
  await shoot('check-value')
  await page.getByRole('button', { name: '看全部行' }).click()
  const planned = await wizard.sum()
  expect(planned).toMatchObject({ rows: 63, failed: 1 })
  await shoot('check')
  const done = await wizard.run()
  expect(done).toMatchObject({ rows: 63, failed: 1 })
  await shoot('done')
  const first = page.url()
  // What was not taken is mended in the grid and goes in by itself.
  await page.getByRole('button', { name: '在这里改好 1 行再导入' }).click()
  await expect(page.getByText('7 位数字，不是电话号码')).toBeVisible({ timeout: 40_000 })
  await page.getByText('1381577', { exact: true }).dblclick()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('13815770400')
  await page.keyboard.press('Enter')
  await expect(wizard.button('导入 1 行')).toBeEnabled()
  await shoot('check-again')
  // The import they came from knows where they are, and afterwards that none is left.
  const second = page.url()
  await page.goto(first)
  await wizard.button('接着改这 1 行').click()
  await expect(page).toHaveURL(second)
  await wizard.run()
  await page.goto(first)
  await expect(page.getByText('没有导入的 1 行，之后都处理好了')).toBeVisible()
  await shoot('done-mended')
  await wizard.button('看那次导入').click()
  await wizard.button('去看这次的客户').click()
  await expect(page.getByRole('button', { name: /^导入「messy-没有导入的行\.xlsx」/ })).toBeVisible()
  await shoot('list')
  await page.getByRole('button', { name: /^导入「messy-没有导入的行\.xlsx」/ }).click()
  await expect(page.getByRole('button', { name: /^导入「/ })).toHaveCount(0)
  // The next file of these headers brings its rules along; it can be thrown away.
  await wizard.open()
  await page.locator('input[type="file"]').setInputFiles(file)
  await wizard.clean()
  await expect(page.getByText('沿用上次的清洗规则')).toBeVisible()
  await shoot('recalled')
  await wizard.check()
  await expect(page.getByText(/^疑似重复 \d+ 组：/)).toBeVisible()
  await expect(page.getByRole('complementary', { name: '疑似重复' })).toContainText('赵军')
  await shoot('check-duplicates')
  await page.setViewportSize({ width: 390, height: 844 })
  await shoot('phone-check')
  await page.goBack()
  await shoot('phone-clean')
  await page.setViewportSize({ width: 1366, height: 768 })
  await wizard.button('不导了').click()
  await page.getByRole('dialog').getByRole('button', { name: '扔掉' }).click()
  await expect(page.getByText('把表格拖到这里')).toBeVisible()
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } })
  test('a workbook goes in through every step', async ({ page, signedIn: _, scratch }) => {
    const { xlsx } = await makeMessyWorkbook(scratch, 40, { owners: [SALES.name, ADMIN.name], known: [HERS, HIS] })
    const wizard = new ImportWizard(page)
    await wizard.open()
    await expect(page.getByText('选一份表格')).toBeVisible()
    await page.locator('input[type="file"]').setInputFiles(xlsx)
    await wizard.map()
    await expect(wizard.button(/下一步：清洗/)).toBeEnabled()
    await wizard.clean()
    await wizard.check()
    await wizard.run()
    await page.goto('/imports/history')
    await expect(page.getByText('客户资料汇总-40.xlsx')).toBeVisible()
  })
})
