import { CustomerList } from './pages/customerList.ts'
import { HERS, SALES } from './support/company.ts'
import { camera } from './support/camera.ts'
import type { Caller } from './support/caller.ts'
import { expect, test } from './support/test.ts'

test('what one does appears at the other without a reload', async ({ signedIn, desk }) => {
  const mine = new CustomerList(signedIn.page)
  const colleague = await desk(SALES)
  const hers = new CustomerList(colleague.page)
  await mine.open()
  await hers.open()
  await mine.type(HERS, 'phone', '136 1111 2222')
  await expect(hers.cell(HERS, 'phone')).toHaveText('136 1111 2222')

  const record = await hers.openRecord(HERS)
  await mine.row(HERS).locator('.name-link').click()
  await record.say('客户要求下周来看样机')
  await expect(mine.panel()).toContainText('客户要求下周来看样机')

  await colleague.api.call('customers.create', { name: '刚刚进来的客户' })
  await expect(mine.row('刚刚进来的客户')).toBeVisible()
})

test('the second to change the same field is told; different fields go together', async ({ signedIn, desk, watch }) => {
  watch.expect(/status of 409/, 'a browser prints the refused edit')
  const mine = new CustomerList(signedIn.page)
  const other = await desk()
  const theirs = new CustomerList(other.page)
  await mine.open()
  await theirs.open()
  // Both open the editor on the same version; the first to finish wins.
  for (const list of [mine, theirs]) await list.cell(HERS, 'phone').dblclick()
  await theirs.cell(HERS, 'phone').locator('input').fill('136 0000 0001')
  await theirs.cell(HERS, 'phone').locator('input').press('Tab')
  await expect(theirs.cell(HERS, 'phone')).toHaveText('136 0000 0001')
  await taken(other.api, '+8613600000001')
  await mine.cell(HERS, 'phone').locator('input').fill('136 0000 0002')
  await mine.cell(HERS, 'phone').locator('input').press('Tab')
  const dialog = mine.page.getByRole('dialog', { name: '有人先改了同一处' })
  await expect(dialog).toContainText('138 1234 5678')
  await expect(dialog).toContainText('136 0000 0001')
  await expect(dialog).toContainText('136 0000 0002')
  await camera(mine.page)('conflict')
  await dialog.getByRole('button', { name: '放弃我的修改' }).click()
  await expect(mine.toast('刚才有同事改了这里')).toBeVisible()
  await expect(mine.cell(HERS, 'phone')).toHaveText('136 0000 0001')

  // Once more, and this time his own number is to stand.
  for (const list of [mine, theirs]) await list.cell(HERS, 'phone').dblclick()
  await theirs.cell(HERS, 'phone').locator('input').fill('136 0000 0003')
  await theirs.cell(HERS, 'phone').locator('input').press('Tab')
  await expect(theirs.cell(HERS, 'phone')).toHaveText('136 0000 0003')
  await taken(other.api, '+8613600000003')
  await mine.cell(HERS, 'phone').locator('input').fill('136 0000 0004')
  await mine.cell(HERS, 'phone').locator('input').press('Tab')
  await dialog.getByRole('radio', { name: '电话 我的' }).check()
  await dialog.getByRole('button', { name: '保存所选' }).click()
  await expect(mine.cell(HERS, 'phone')).toHaveText('136 0000 0004')
  await expect(theirs.cell(HERS, 'phone')).toHaveText('136 0000 0004')

  const { id, version } = await customer(signedIn.api)
  await signedIn.api.call('customers.edit', { id, version, values: { industry: '机械' } })
  await other.api.call('customers.edit', { id, version, values: { source: '展会' } })
  const after = await customer(signedIn.api)
  expect([after.industry, after.source]).toEqual(['机械', '展会'])
})

/** A cell shows what is written before the host has it; only what the host has is first. */
const taken = (api: Caller, phone: string) => expect.poll(async () => (await customer(api)).phone).toBe(phone)
type Row = { id: string; version: number; phone: string; industry: string; source: string }
async function customer(api: Caller): Promise<Row> {
  const { rows } = await api.call<{ rows: Row[] }>('customers.list', { search: HERS, limit: 5 })
  const [row] = rows
  if (!row) throw new Error('she is not there')
  return row
}

test('signing out in one tab ends the other', async ({ signedIn: { page, context } }) => {
  const second = await context.newPage()
  await second.goto('/customers')
  await expect(second.locator('tr[data-row-key]').first()).toBeVisible()
  await page.getByRole('button', { name: '周掌柜' }).click()
  await page.getByRole('menuitem', { name: '退出登录' }).click()
  await expect(page.getByRole('heading', { name: '登录' })).toBeVisible()
  await expect(second.getByRole('heading', { name: '登录' })).toBeVisible()
})

test('who looks at the same customer, and who edits it, is seen by the other', async ({ signedIn, desk }) => {
  const other = await desk(SALES)
  const { id } = await customer(signedIn.api)
  for (const { page } of [signedIn, other]) await page.goto(`/customers/${id}`)
  const theirs = signedIn.page.getByRole('status', { name: '现在在这里的同事' })
  await expect(theirs).toHaveText(/李娜 正在看/)
  await other.page.locator('.record-fields .inline-value.can').first().click()
  await expect(theirs).toHaveText(/李娜 正在编辑/)
  await camera(signedIn.page)('here')
  await other.page.keyboard.press('Escape')
  await other.page.locator('.crumb').getByRole('link', { name: '客户' }).click()
  await expect(theirs).toHaveCount(0)
})
