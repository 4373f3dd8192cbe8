import type { Locator, Page } from '@playwright/test'
import { ADDRESSES, Findings, opportunityPlaces, type Theme, wear } from '../e2e/support/axe.ts'
import { HERS } from '../e2e/support/company.ts'
import { expect, test } from '../e2e/support/test.ts'

const SIZES = { desk: { width: 1366, height: 768 }, phone: { width: 390, height: 844 } } as const
/** Signing out would end the walk; a folder of backups and a picture ask the system, not the page. */
const NOT_PRESSED = /退出|下载|导出|选择文件|上传/
const OPENS_MS = 500
const MOST = 25

const opened = (page: Page): Locator =>
  page.locator('[role="dialog"]:visible, .ant-popover:visible, .ant-dropdown:visible, .ant-drawer:visible')

/** The names of the buttons on a page, each once: rows of a list have the same ones. */
async function buttonsOf(page: Page): Promise<string[]> {
  const names = await page
    .locator('main')
    .getByRole('button')
    .evaluateAll((buttons) =>
      buttons
        .filter((button) => button.checkVisibility() && !button.hasAttribute('disabled'))
        .map((button) => (button.getAttribute('aria-label') ?? button.textContent ?? '').trim()),
    )
  return [...new Set(names)].filter((name) => name !== '' && !NOT_PRESSED.test(name)).slice(0, MOST)
}

async function press(page: Page, address: string, name: string, findings: Findings): Promise<void> {
  await page.goto(address)
  const button = page.locator('main').getByRole('button', { name, exact: true }).first()
  // What one button did may have taken another away: it is no fault of this walk's kind.
  if (!(await button.isVisible()) || !(await button.isEnabled())) return
  await button.click()
  await page.waitForTimeout(OPENS_MS)
  if ((await opened(page).count()) > 0) await findings.look(`${address} → ${name}`)
}

for (const [size, viewport] of Object.entries(SIZES))
  for (const theme of ['light', 'dark'] satisfies Theme[])
    test.describe(`${size}, ${theme}`, () => {
      test.use({ viewport })
      test('nothing serious or critical on any page or in what its buttons open', async ({ signedIn: { page, api } }) => {
        test.setTimeout(3_600_000)
        await wear(page, theme)
        const { rows } = await api.call<{ rows: { id: string }[] }>('customers.list', { search: HERS })
        const findings = new Findings(page)
        let looked = 0
        for (const address of [...ADDRESSES, `/customers/${rows[0]?.id}`, ...(await opportunityPlaces(api))]) {
          await findings.lookAt(address)
          const names = await buttonsOf(page)
          for (const name of names) await press(page, address, name, findings)
          looked += 1 + names.length
        }
        console.log(`${size}, ${theme}: ${looked} places looked at`)
        expect(findings.found).toEqual({})
      })
    })
