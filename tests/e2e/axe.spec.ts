import type { Page } from '@playwright/test'
import { CustomerList } from './pages/customerList.ts'
import { ADDRESSES, Findings, opportunityPlaces, wear } from './support/axe.ts'
import { HERS } from './support/company.ts'
import { expect, test } from './support/test.ts'

// Both themes and both sizes of every page and of what its buttons open: tests/acceptance/axe.spec.ts.

/** What stands over the pages all day. */
async function lookAtWhatOpens(page: Page, findings: Findings): Promise<void> {
  const list = new CustomerList(page)
  await list.open()
  await list.row(HERS).locator('.name-link').click()
  await expect(list.panel()).toContainText(HERS)
  await findings.look('the panel')
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: '搜索或执行' })).toBeVisible()
  await findings.look('the palette')
  // A key pressed while the palette goes is a letter in its field.
  await page.keyboard.press('Escape')
  await expect(page.getByRole('combobox', { name: '搜索或执行' })).toBeHidden()
  await page.keyboard.press('Escape')
  await expect(list.panel()).toBeHidden()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: '快捷键表' })).toBeVisible()
  await findings.look('the keys')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: '新建客户' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await findings.look('a new customer')
}

test("nothing serious or critical stands in anybody's way on any page", async ({ signedIn: { page, api } }) => {
  test.setTimeout(600_000)
  const { rows } = await api.call<{ rows: { id: string; name: string }[] }>('customers.list', { search: HERS })
  const findings = new Findings(page)
  for (const address of [...ADDRESSES, `/customers/${rows[0]?.id}`, ...(await opportunityPlaces(api))])
    await findings.lookAt(address)
  await lookAtWhatOpens(page, findings)
  expect(findings.found).toEqual({})
})

test('nor in the dark on the pages of every day', async ({ signedIn: { page, api } }) => {
  await wear(page, 'dark')
  const { rows } = await api.call<{ rows: { id: string; name: string }[] }>('customers.list', { search: HERS })
  const findings = new Findings(page)
  const opportunities = await opportunityPlaces(api)
  for (const address of ['/workbench', '/customers', `/customers/${rows[0]?.id}`, '/settings/roles', ...opportunities])
    await findings.lookAt(address)
  await lookAtWhatOpens(page, findings)
  expect(findings.found).toEqual({})
})
