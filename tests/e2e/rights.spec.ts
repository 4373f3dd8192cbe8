import { CustomerList } from './pages/customerList.ts'
import type { Caller } from './support/caller.ts'
import { FINANCE, HERS, HIS, SALES, SECRET, SEEDED } from './support/company.ts'
import { kezhan } from './support/host.ts'
import { expect, test } from './support/test.ts'

const idOf = async (api: Caller, name: string) =>
  (await api.call<{ rows: { id: string }[] }>('customers.list', { search: name, limit: 1 })).rows[0]?.id ?? ''

test('销售 sees only her own in list, search, count, palette and address', async ({ signedIn, desk, watch }) => {
  watch.expect(/404.*customers\/get/, 'she asks for a record that is not hers')
  const { page } = await desk(SALES)
  const list = new CustomerList(page)
  await expect.poll(() => list.names()).toEqual([HERS])
  await expect.poll(() => list.total()).toBe(1)
  await expect(page.getByRole('tab', { name: /全部客户/ })).toContainText('1')
  await list.search('cqss')
  await expect(page.getByText('没有符合条件的客户')).toBeVisible()
  await page.getByRole('button', { name: '负责人' }).click()
  await expect(page.locator('.option')).toHaveCount(0)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('combobox').fill('重庆单氏')
  await expect(page.getByText('没有找到「重庆单氏」')).toBeVisible()
  await page.goto(`/customers/${await idOf(signedIn.api, HIS)}`)
  await expect(page.getByText('这个客户不在了')).toBeVisible()
  await page.goto('/settings/people')
  await expect(page.getByText('您看不到这个页面')).toBeVisible()
})

test('销售 exports only her own, and reads no history of others', async ({ signedIn, desk }) => {
  const { page, api } = await desk(SALES)
  const list = new CustomerList(page)
  await expect(list.row(HERS)).toBeVisible()
  await page.getByRole('button', { name: '导出' }).click()
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: /xlsx/ }).click()])
  const { sheets } = await kezhan<{ sheets: { rows: number }[] }>('read', await file.path())
  expect(sheets[0]?.rows).toBe(2)
  const his = await idOf(signedIn.api, HIS)
  const history = await api.ask<{ entries?: unknown[] }>('history.ofRecord', { entity: 'customer', id: his, limit: 50 })
  expect(history.status === 404 || history.body.entries?.length === 0).toBe(true)
  const recent = await api.call<{ entries: { recordId: string | null }[] }>('history.recent', { limit: 100 })
  expect(recent.entries.filter(({ recordId }) => recordId === his)).toEqual([])
})

test('what changes hands leaves one desk and appears on the other at once', async ({ signedIn, desk }) => {
  const { page } = await desk(SALES)
  const hers = new CustomerList(page)
  await expect(hers.row(HERS)).toBeVisible()
  const mine = new CustomerList(signedIn.page)
  await mine.search('csqj')
  await expect(mine.row(HERS)).toBeVisible()
  await mine.tick(HERS)
  await mine.bulk().getByRole('button', { name: '转移' }).click()
  const dialog = signedIn.page.getByRole('dialog')
  await dialog.getByRole('combobox').fill('周掌柜')
  await signedIn.page.locator('.ant-select-item-option').filter({ hasText: '周掌柜' }).click()
  await dialog.getByRole('button', { name: '转移 1 个' }).click()
  await expect(mine.toast('已转移 1 个客户')).toBeVisible()
  await expect(hers.row(HERS)).toHaveCount(0)
  await mine.toast('已转移').getByRole('button', { name: /撤销/ }).click()
  await expect(hers.row(HERS)).toBeVisible()
})

test('财务 sees every customer and no follow-up anywhere', async ({ desk }) => {
  const { page, api } = await desk(FINANCE)
  const list = new CustomerList(page)
  await expect.poll(() => list.total()).toBe(SEEDED + 2)
  await expect(page.getByRole('columnheader', { name: '最近跟进' })).toHaveCount(0)
  await list.search('csqj')
  await expect(list.row(HERS)).toBeVisible()
  const record = await list.openRecord(HERS)
  await expect(page.getByText(SECRET)).toHaveCount(0)
  await expect(page.getByPlaceholder('写跟进')).toHaveCount(0)
  await expect(page.getByText('最近跟进')).toHaveCount(0)
  await expect(page.getByRole('button', { name: '写跟进' })).toHaveCount(0)
  await record.tab('操作记录').click()
  await expect(record.event('新建客户')).toBeVisible()
  await expect(page.getByText(SECRET)).toHaveCount(0)
  expect((await api.ask('followUps.ofCustomer', { customerId: page.url().split('/').at(-1), limit: 5 })).status).toBe(403)
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('combobox').fill('九折')
  await expect(page.getByText('没有找到「九折」')).toBeVisible()
})

test('a right given while she is signed in works without signing in again', async ({ signedIn, desk }) => {
  const { page } = await desk(SALES)
  const list = new CustomerList(page)
  await expect.poll(() => list.total()).toBe(1)
  type Role = { id: string; version: number; builtin: string | null }
  const roles = await signedIn.api.call<Role[]>('people.roles')
  const users = await signedIn.api.call<{ id: string; version: number; login: string }[]>('people.users')
  const her = users.find(({ login }) => login === SALES.login)
  const service = roles.find(({ builtin }) => builtin === 'service')
  await signedIn.api.call('people.editUser', { id: her?.id, version: her?.version, roleIds: [service?.id] })
  await expect.poll(() => list.total()).toBe(SEEDED + 2)
  await expect(page.getByRole('button', { name: '新建客户' })).toHaveCount(0)
})
