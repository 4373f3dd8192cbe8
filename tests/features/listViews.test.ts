// The lists of contacts and of a pool have views, filters, sorts and sums as customers have; what is kept back is kept back there too.
import { expect, it } from 'vitest'
import { PRIVATE, type ViewDefinition } from '../../src-shared/features/views/plain.ts'
import type { Filter } from '../../src-shared/kernel/list.ts'
import type { Client } from '../support/backend.ts'
import { admin, customerOf, person } from '../support/company.ts'
import { failureOf } from '../support/factories.ts'

const EMPTY: ViewDefinition = { filter: null, sorts: [], layout: null, density: null, sums: [] }
const all = (...rules: Filter['rules']): Filter => ({ combinator: 'and', rules })

async function poolWithTwo(client: Client, employeeId: string) {
  const pool = await client.pools.create({
    name: '华东公海',
    note: null,
    hidden: ['customer.phone', 'contact.phone'],
    dailyClaims: null,
    dailyViews: null,
    coolingDays: 0,
    members: [{ employeeId, departmentId: null, manages: false }],
  })
  const ids = []
  for (const [name, phone] of [
    ['甲', '13812345678'],
    ['乙', '13987654321'],
  ] as const) {
    const { id } = await client.customers.create({ name, ownerId: null, phone })
    await client.contacts.create({ customerId: id, name: `${name}的人`, phone })
    ids.push(id)
  }
  await client.pools.release({ selection: { ids }, poolId: pool.id, reason: null })
  return { pool, ids: ids as [(typeof ids)[number], (typeof ids)[number]] }
}

it('views of contacts and of pools are kept, and their conditions are checked against what the list shows', async () => {
  const sales = await person('anna', { roles: ['sales'] })
  const mine = all({
    field: 'related.customer',
    operator: 'notNull',
    of: { combinator: 'and', rules: [{ field: 'ownerId', operator: 'in', value: ['@me'] }] },
  })
  const view = await sales.client.views.create({
    entity: 'contact',
    name: '我的客户的人',
    definition: {
      ...EMPTY,
      filter: mine,
      sorts: [{ field: 'title', direction: 'asc' }],
      sums: [{ field: 'phone', sum: 'filled' }],
    },
    audience: PRIVATE,
  })
  expect((await sales.client.views.list({ entity: 'contact' })).views).toEqual([view])
  expect((await sales.client.views.list({ entity: 'customer' })).views).toEqual([])
  const entered = all({ field: 'poolEnteredAt', operator: 'within', value: 'last:7' })
  await sales.client.views.create({ entity: 'pool', name: '新进', definition: { ...EMPTY, filter: entered }, audience: PRIVATE })
  expect((await sales.client.views.list({ entity: 'pool' })).views.map(({ name }) => name)).toEqual(['新进'])
  const unknown = { ...EMPTY, filter: all({ field: 'level', operator: '=', value: 'A' }) }
  const refused = await failureOf(
    sales.client.views.create({ entity: 'contact', name: 'x', definition: unknown, audience: PRIVATE }),
  )
  expect(refused).toMatchObject({ data: { reason: 'unknownField' } })
})

it('contacts are filtered by their customer, sorted by any field, and summed', async () => {
  const sales = await person('anna', { roles: ['sales'] })
  const [his, hers] = [await customerOf(null, '他家'), await customerOf(sales.employeeId, '她家')]
  const make = (customerId: typeof his.id, name: string, title: string, phone: string | null) =>
    admin.contacts.create({ customerId, name, title, phone })
  await make(his.id, '张三', '经理', '13812345678')
  await make(hers.id, '李四', '总监', '13987654321')
  await make(hers.id, '王五', '采购', null)
  const names = async (client: Client, filter: Filter) =>
    (await client.contacts.list({ filter, sort: [{ field: 'title', direction: 'asc' }] })).rows.map(({ name }) => name)
  const ofHer = (value: string) =>
    all({
      field: 'related.customer',
      operator: 'notNull',
      of: { combinator: 'and', rules: [{ field: 'name', operator: 'contains', value }] },
    })
  expect(await names(admin, ofHer('她'))).toEqual(['李四', '王五'])
  expect(await names(sales.client, ofHer('他'))).toEqual([])
  expect((await admin.contacts.count({ filter: ofHer('她') })).count).toBe(2)
  const sums = await admin.contacts.sums({
    selection: { which: { filter: ofHer('她') }, except: [] },
    sums: [{ field: 'phone', sum: 'empty' }],
  })
  expect(sums).toEqual([{ field: 'phone', sum: 'empty', value: 1, count: 1 }])
})

it('customers of a pool are filtered, sorted and summed, chosen ones too; what the pool hides is refused by each way', async () => {
  const sales = await person('anna', { roles: ['sales'] })
  const { pool, ids } = await poolWithTwo(admin, sales.employeeId)
  const { client } = sales
  expect((await client.pools.mine({}))[0]).toMatchObject({ hidden: ['phone'], hides: ['contact.phone', 'customer.phone'] })
  const which = { pool: pool.id, filter: all({ field: 'name', operator: 'contains', value: '甲' }) }
  expect((await client.customers.list({ ...which, sort: [{ field: 'name', direction: 'asc' }] })).rows).toMatchObject([
    { name: '甲', phone: null },
  ])
  expect((await client.customers.count(which)).count).toBe(1)
  const sums = [{ field: 'name', sum: 'filled' as const }]
  const chosen = { selection: { ids: [ids[0]] }, pool: pool.id }
  expect((await client.customers.sums({ ...chosen, sums }))[0]?.value).toBe(1)
  // In no pool there is no such customer.
  expect((await client.customers.sums({ selection: { ids: [ids[0]] }, sums }))[0]?.value).toBe(0)

  const hidden = all({ field: 'phone', operator: 'contains', value: '138' })
  const behind = all({
    field: 'related.contact',
    operator: 'notNull',
    of: { combinator: 'and', rules: [{ field: 'phone', operator: 'contains', value: '138' }] },
  })
  const byPhone = [{ field: 'phone', sum: 'filled' as const }]
  const ofOne = (filter: Filter): Filter => all({ field: 'customerId', operator: '=', value: ids[0] }, filter)
  for (const call of [
    () => client.customers.list({ pool: pool.id, filter: hidden }),
    () => client.customers.count({ pool: pool.id, filter: hidden }),
    () => client.customers.list({ pool: pool.id, filter: behind }),
    () => client.customers.list({ pool: pool.id, sort: [{ field: 'phone', direction: 'asc' }] }),
    () => client.customers.sums({ ...chosen, sums: byPhone }),
    () => client.customers.sums({ selection: { which: { pool: pool.id }, except: [] }, sums: byPhone }),
    // The contacts of one customer of the pool are seen under him: they are no way round it.
    () => client.contacts.list({ filter: ofOne(hidden) }),
    () => client.contacts.count({ filter: ofOne(hidden) }),
    () => client.contacts.list({ filter: ofOne(all()), sort: [{ field: 'phone', direction: 'asc' }] }),
    () => client.contacts.sums({ selection: { which: { filter: ofOne(all()) }, except: [] }, sums: byPhone }),
  ])
    expect((await failureOf(call())).code).toBe('FORBIDDEN')
  expect((await client.contacts.list({ filter: ofOne(all()) })).rows).toMatchObject([{ name: '甲的人', phone: null }])
  expect((await admin.customers.count({ pool: pool.id, filter: hidden })).count).toBe(1)
})
