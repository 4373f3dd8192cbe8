import { CustomerList } from './pages/customerList.ts'
import type { Caller } from './support/caller.ts'
import { camera } from './support/camera.ts'
import { expect, test } from './support/test.ts'

type Made = { id: string }
const FULLER = '苏州博远精密机械有限公司'
const EMPTIER = '苏州博远精密机械'

async function plant(api: Caller): Promise<{ fuller: string; emptier: string }> {
  const add = (values: Record<string, unknown>) => api.call<Made>('customers.create', values)
  const fuller = await add({
    name: FULLER,
    phone: '13805126621',
    email: 'sales@boyuan.cn',
    city: '苏州市',
    industry: '精密机械',
    level: 'A',
    tags: ['重点', '老客户'],
    note: '每月 5 号前报价，走顺丰到付。',
  })
  const emptier = await add({
    name: EMPTIER,
    phone: '0512-66218888',
    industry: '机械加工',
    level: 'B',
    website: 'www.boyuan.cn',
    tags: ['展会'],
    note: '展会上认识的，张工负责选型。',
  })
  for (const { id } of [fuller, emptier])
    await api.call('contacts.create', {
      customerId: id,
      name: '沈立群',
      phone: '13805126621',
      title: id === fuller.id ? '采购' : null,
    })
  await api.call('contacts.create', { customerId: emptier.id, name: '张工', phone: '13912345678' })
  await api.call('followUps.create', { customerId: emptier.id, kind: 'visit', text: '去车间看了样机', contactId: null })
  return { fuller: fuller.id, emptier: emptier.id }
}

test('two customers are chosen in the list, made one field by field, and taken apart again', async ({
  signedIn: { page, api },
}) => {
  const shoot = camera(page)
  const { fuller, emptier } = await plant(api)
  const list = new CustomerList(page)
  await list.open()
  await list.search('博远')
  await expect(list.rows()).toHaveCount(2)
  for (const name of [FULLER, EMPTIER])
    await list
      .rows()
      .filter({ has: page.getByText(name, { exact: true }) })
      .locator('[data-col="__check"]')
      .click()
  await page.getByRole('toolbar').getByRole('button', { name: '合并' }).click()

  const table = page.locator('.merge-table')
  await expect(table).toBeVisible()
  await shoot('merge')
  await table.locator('thead th').filter({ hasText: FULLER }).getByRole('radio').check()
  await expect(table.locator('th.kept')).toContainText(FULLER)
  await expect(page.getByText('0512 6621 8888 填入备用电话')).toBeVisible()
  const industry = table.getByRole('row').filter({ hasText: '行业' })
  await industry.getByRole('radio').nth(1).check()
  await page.getByRole('checkbox', { name: /沈立群.*合成一位/ }).check()
  await page.getByRole('button', { name: '合并 2 个客户' }).click()

  await expect(page).toHaveURL(new RegExp(`/customers/${fuller}`))
  await expect(page.getByText(`由「${EMPTIER}」等 2 个客户合并而来`)).toBeVisible()
  await expect(page.getByText('还剩 30 天')).toBeVisible()
  const merged = await api.call<Record<string, unknown>>('customers.get', { id: fuller })
  expect(merged).toMatchObject({ industry: '机械加工', phone: '+8613805126621', phone2: '+8651266218888', level: 'A' })
  expect(merged['note']).toContain('展会上认识的')
  const contacts = await api.call<{ name: string }[]>('contacts.ofCustomer', { customerId: fuller })
  expect(contacts.map(({ name }) => name).sort()).toEqual(['张工', '沈立群'])
  await shoot('merged')

  // A link of before leads to the one that stands.
  await page.goto(`/customers/${emptier}`)
  await expect(page).toHaveURL(new RegExp(`/customers/${fuller}`))
  await expect(page.getByText('原来的客户已合并到这个客户')).toBeVisible()

  await page.getByRole('button', { name: '取消合并' }).click()
  await shoot('unmerge')
  await page.getByRole('button', { name: '分回 2 个客户' }).click()
  await expect(page.getByText('已取消合并，分回 2 个客户')).toBeVisible()
  await expect(page.getByText('合并而来')).toHaveCount(0)
  expect(await api.call('customers.get', { id: emptier })).toMatchObject({ id: emptier, deletedAt: null, industry: '机械加工' })
  expect(await api.call<unknown[]>('contacts.ofCustomer', { customerId: emptier })).toHaveLength(2)
  expect(await api.call('customers.get', { id: fuller })).toMatchObject({ industry: '精密机械', phone2: null })
})

test('too few, or no ids at all, is said with the way to the list', async ({ signedIn: { page } }) => {
  await page.goto('/merge?ids=nonsense')
  await expect(page.getByText('要合并的客户不足两个')).toBeVisible()
  await page.getByRole('button', { name: '去客户列表' }).click()
  await expect(page).toHaveURL(/\/customers/)
})
