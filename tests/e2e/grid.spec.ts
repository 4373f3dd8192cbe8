import type { Page } from '@playwright/test'
import { CustomerList, CustomerRecord } from './pages/customerList.ts'
import { HERS, HIS, SALES, SEEDED } from './support/company.ts'
import { expect, test } from './support/test.ts'

/** A double click at the pace of a hand: the second click falls where the first one did, whatever has moved since. */
async function doubleClickSlowly(page: Page, list: CustomerList, name: string, column: string): Promise<void> {
  const box = await list.cell(name, column).boundingBox()
  if (!box) throw new Error(`${column} of ${name} is not there`)
  const [x, y] = [box.x + 12, box.y + box.height / 2]
  await page.mouse.click(x, y)
  await page.waitForTimeout(150)
  await page.mouse.move(x, y)
  await page.mouse.down({ clickCount: 2 })
  await page.mouse.up({ clickCount: 2 })
}

test('a double click at the pace of a hand edits the cell it was begun on', async ({ signedIn: { page } }) => {
  const list = new CustomerList(page)
  await list.open()
  await doubleClickSlowly(page, list, HIS, 'phone')
  await expect(list.cell(HIS, 'phone').locator('input')).toBeFocused()
})

test('a cell that is being edited stays with its customer when others come in above', async ({ signedIn: { page, api } }) => {
  const list = new CustomerList(page)
  await list.open()
  await list.cell(HIS, 'phone').dblclick()
  await list.cell(HIS, 'phone').locator('input').fill('136 0000 7777')
  await api.call('customers.create', { name: '刚刚进来的一家' })
  await expect.poll(() => list.total()).toBe(SEEDED + 3)
  await page.getByRole('columnheader', { name: '客户名称' }).hover()
  await list.cell(HIS, 'phone').locator('input').press('Tab')
  await page.keyboard.press('Escape')
  await expect(list.row('刚刚进来的一家')).toBeVisible()
  await expect(list.cell(HIS, 'phone')).toHaveText('136 0000 7777')
  await expect(list.cell('刚刚进来的一家', 'phone')).not.toContainText('136')
})

test('the keys go on where the editing ended, and a list of choices is worked by them', async ({ signedIn: { page } }) => {
  const list = new CustomerList(page)
  await list.open()
  const [first = '', second = ''] = await list.names()
  await page.locator('.grid-keys').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('F2')
  await expect(list.row(first).locator('.field-editor')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('ArrowDown')
  await expect(list.row(second)).toHaveClass(/row-cursor/)

  await list.cell(first, 'level').dblclick()
  await expect(page.getByRole('combobox', { name: '级别' })).toBeFocused()
  await page.keyboard.type('C')
  await page.keyboard.press('Enter')
  await expect(list.cell(first, 'level')).toHaveText('C')
  await expect(list.cell(second, 'level').getByRole('combobox')).toBeFocused()
  const before = await list.cell(second, 'level').textContent()
  await page.keyboard.press('Tab')
  await expect(list.cell(second, 'level').getByRole('combobox')).toHaveCount(0)
  expect(before).toContain((await list.cell(second, 'level').textContent()) ?? '')
  await page.keyboard.press('Escape')
})

test('a value that is not taken stays to be mended', async ({ signedIn: { page, api }, watch }) => {
  watch.expect(/status of 409/, 'a browser prints the refused edit')
  const list = new CustomerList(page)
  await list.open()
  const phone = list.cell(HIS, 'phone')
  await phone.dblclick()
  const { rows } = await api.call<{ rows: { id: string; version: number }[] }>('customers.list', { search: HIS, limit: 1 })
  for (const row of rows) await api.call('customers.edit', { id: row.id, version: row.version, values: { phone: '13600007777' } })
  await phone.locator('input').fill('136 0000 8888')
  await phone.locator('input').press('Tab')
  // Both values are shown; who leaves the choice keeps what he typed for later.
  await expect(page.getByRole('dialog')).toContainText('136 0000 7777')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  // What was typed stands in its cell again, and goes through now that it has been seen whose value it replaces.
  await expect(phone).toHaveAttribute('data-problem', /同事/)
  await expect(phone.locator('input')).toHaveValue('136 0000 8888')
  await expect(phone.locator('input')).toBeFocused()
  await phone.locator('input').press('Tab')
  await page.keyboard.press('Escape')
  await expect(phone).toHaveText('136 0000 8888')
  await expect(phone).not.toHaveAttribute('data-problem', /./)
})

test('what a search no longer shows is no longer chosen', async ({ signedIn: { page } }) => {
  const list = new CustomerList(page)
  await list.open()
  await list.tick(HIS)
  await list.tick(HERS)
  await expect(list.bulk()).toContainText('已选 2 个')
  await list.search('cqss')
  await expect(list.row(HERS)).toHaveCount(0)
  await expect(list.bulk()).toContainText('已选 1 个')
  await list.search('qqqqqq')
  await expect(page.getByText('没有符合条件的客户')).toBeVisible()
  await expect(list.bulk()).toBeHidden()
})

test('Escape closes what lies on top, and nothing below it', async ({ signedIn: { page } }) => {
  const list = new CustomerList(page)
  await list.open()
  await list.row(HIS).locator('.name-link').click()
  await expect(list.panel()).toContainText(HIS)
  await page.getByRole('button', { name: '列' }).click()
  await expect(page.locator('.chooser')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.locator('.chooser')).toBeHidden()
  await expect(list.panel()).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(list.panel()).toBeHidden()
})

test('Enter in the palette waits for what was typed last', async ({ signedIn: { page } }) => {
  const list = new CustomerList(page)
  await list.open()
  await page.keyboard.press('Control+k')
  const field = page.getByRole('dialog').getByRole('combobox')
  await field.fill('cqss')
  await expect(page.getByRole('option', { name: HIS })).toBeVisible()
  await page.route('**/rpc/search/records*', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 600))
    await route.continue()
  })
  await field.fill('csqj')
  await field.press('Enter')
  await expect(new CustomerRecord(page).title()).toHaveText(HERS)
})

test('the next one due is still the next when this one has left the list', async ({ signedIn: { page, api } }) => {
  const { rows } = await api.call<{ rows: { id: string; version: number; name: string }[] }>('customers.list', { limit: 3 })
  for (const row of rows) {
    await api.call('customers.edit', { id: row.id, version: row.version, values: { nextFollowUpAt: '2020-01-01T00:00:00.000Z' } })
  }
  const list = new CustomerList(page)
  await page.goto('/customers?view=dueToday')
  await expect(list.rows().first()).toBeVisible()
  const [first = '', second = ''] = await list.names()
  const record = await list.openRecord(first)
  await expect(page.getByRole('button', { name: '下一个' })).toBeEnabled()
  const id = page.url().split('/').at(-1) ?? ''
  const { version } = await api.call<{ version: number }>('customers.get', { id })
  await api.call('customers.edit', { id, version, values: { nextFollowUpAt: '2099-01-01T00:00:00.000Z' } })
  await expect(page.locator('.crumb .num')).toHaveCount(0)
  await page.getByRole('button', { name: '下一个' }).click()
  await expect(record.title()).toHaveText(second)
})

test('a new owner is shown by name before the answer is there', async ({ signedIn: { page } }) => {
  const list = new CustomerList(page)
  await list.open()
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/rpc/customers/edit*', async (route) => {
    await held
    await route.continue()
  })
  await list.cell(HIS, 'ownerId').dblclick()
  await page.keyboard.type(SALES.name)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(list.cell(HIS, 'ownerId')).toContainText(SALES.name)
  // Loaded anew too soon, the page would take the call back that this test still holds.
  const answered = page.waitForResponse('**/rpc/customers/edit*')
  release()
  await answered
  await page.reload()
  await expect(list.cell(HIS, 'ownerId')).toContainText(SALES.name)
})

test('Enter on a column head sorts, and opens no record', async ({ signedIn: { page } }) => {
  const list = new CustomerList(page)
  await list.open()
  await list.row(HIS).locator('.name-link').click()
  await page.keyboard.press('Escape')
  await page.getByRole('columnheader', { name: '客户名称' }).getByRole('button').focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/sort/)
  await expect(list.rows().first()).toBeVisible()
})
