// What a pool hides is not learned by asking through what is one's own.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Client } from '../support/backend.ts'
import { actorOf, type Office, openOffice } from '../support/factories.ts'

let office: Office
let admin: Client
let sales: Client
let inPool = ''
let onOwn = ''
beforeAll(async () => {
  office = await openOffice()
  admin = office.as(office.admin)
  const before = office.as(office.sales)
  const lies = await before.customers.create({ name: '海里的客户', phone: '13899990077' })
  const owned = await before.customers.create({ name: '手里的客户', phone: '13899990088' })
  inPool = (await before.opportunities.create({ name: '海里的商机', customerId: lies.id, amount: 700 })).id
  onOwn = (await before.opportunities.create({ name: '手里的商机', customerId: owned.id, amount: 700 })).id
  const members = [{ employeeId: String(office.sales.employeeId), departmentId: null, manages: false }]
  const hidden = ['customer.phone', 'opportunity.amount']
  const values = { note: null, hidden, dailyClaims: null, dailyViews: null, coolingDays: 0 }
  const pool = await admin.pools.create({ ...values, name: '藏号公海', members })
  await admin.pools.release({ selection: { ids: [lies.id] }, poolId: pool.id, reason: null })
  sales = office.as(actorOf(office.running, office.sales.userId))
})
afterAll(async () => {
  expect(office.running.faults).toEqual([])
  await office.close()
})

type Filter = { combinator: 'and'; not?: boolean; rules: Rule[] }
type Rule = { field: string; operator: string; value?: unknown; of?: Filter }
const all = (...rules: Rule[]): Filter => ({ combinator: 'and', rules })
const ofCustomer = (of: Filter) => all({ field: 'related.customer', operator: 'notNull', of })
const found = async (client: Client, filter: Filter) => {
  const { rows } = await client.opportunities.list({ filter: filter as never, limit: 50 })
  expect((await client.opportunities.count({ filter: filter as never })).count).toBe(rows.length)
  return rows.map(({ id }) => id).toSorted()
}
const phone = (field: string, operator: 'contains' | 'doesNotContain' | 'notNull' | 'null', value?: string): Filter => ({
  combinator: 'and',
  rules: [{ field, operator, ...(value === undefined ? {} : { value }) }],
})

it('neither a right nor a wrong number finds the customer in the pool, and who is not limited finds both', async () => {
  expect(await found(sales, all())).toEqual([inPool, onOwn].toSorted())
  for (const part of ['99990077', '00000000'])
    expect(await found(sales, ofCustomer(phone('phone', 'contains', part)))).toEqual([])
  expect(await found(sales, ofCustomer(phone('phone', 'contains', '99990088')))).toEqual([onOwn])
  expect(await found(sales, ofCustomer(phone('phone', 'doesNotContain', '0000')))).toEqual([onOwn])
  expect(await found(sales, ofCustomer(phone('phone', 'notNull')))).toEqual([onOwn])
  expect(await found(admin, ofCustomer(phone('phone', 'contains', '99990077')))).toEqual([inPool])
  // What the pool does not hide is asked as ever.
  expect(await found(sales, ofCustomer(phone('name', 'contains', '海里')))).toEqual([inPool])
})

it('turned round it says no more', async () => {
  const not = (value: string): Filter => ({ ...ofCustomer(phone('phone', 'contains', value)), not: true })
  expect(await found(sales, not('99990077'))).toEqual(await found(sales, not('00000000')))
  const within = (value: string) => ofCustomer({ ...phone('phone', 'contains', value), not: true })
  expect(await found(sales, within('99990077'))).toEqual(await found(sales, within('00000000')))
})

it('hidden fields of the opportunity itself are asked about elsewhere alone', async () => {
  expect(await found(sales, all({ field: 'amount', operator: '=', value: 700 }))).toEqual([onOwn])
  expect(await found(sales, all({ field: 'amount', operator: 'between', value: [1, 900] }))).toEqual([onOwn])
  expect(await found(admin, all({ field: 'amount', operator: '=', value: 700 }))).toEqual([inPool, onOwn].toSorted())
})

it('nor are they learned from sums, orders or counts', async () => {
  const sums = [{ field: 'amount', sum: 'sum' as const }]
  const summed = async (client: Client, ids: string[]) =>
    (await client.opportunities.sums({ selection: { ids: ids as never }, sums }))[0]
  const which = { filter: all({ field: 'customerId', operator: 'notNull' }) as never }
  expect(await summed(admin, [inPool, onOwn])).toMatchObject({ value: 1400, count: 2 })
  expect(await summed(sales, [inPool])).toMatchObject({ value: null, count: 0 })
  const everything = await sales.opportunities.sums({ selection: { which, except: [] }, sums })
  expect(everything[0]).toMatchObject({ value: 700, count: 1 })
  // Where it would stand by its amount says nothing: it goes last, as one without.
  const { version } = await admin.opportunities.get({ id: inPool as never })
  await admin.opportunities.edit({ id: inPool as never, version, values: { amount: 9_000_000 } })
  const sort = [{ field: 'amount', direction: 'desc' as const }]
  expect((await sales.opportunities.list({ sort, limit: 5 })).rows.map(({ id }) => id)).toEqual([onOwn, inPool])
  expect((await admin.opportunities.list({ sort, limit: 5 })).rows.map(({ id }) => id)).toEqual([inPool, onOwn])
})
