import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { ImportWizard } from './pages/importWizard.ts'
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
  await shoot('map')
  await wizard.clean()
  await shoot('clean')
  await page.getByRole('button', { name: /^全部统一/ }).click()
  await shoot('clean-unified')
  await page.getByRole('button', { name: '按这样重新清洗' }).click()
  await expect(wizard.button('下一步：检查')).toBeEnabled({ timeout: 40_000 })
  await page.locator('.imp-clean').evaluate((one) => one.scrollTo(0, 9999))
  await page.locator('.imp-value').first().click()
  await shoot('clean-again')
  await wizard.check()
  await shoot('check')
  await wizard.run()
  await shoot('done')
})
