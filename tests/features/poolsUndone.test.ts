// Undo and redo get nobody past what pools and holding limits allow.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Client } from '../support/backend.ts'
import { actorOf, failureOf, type Office, openOffice } from '../support/factories.ts'

let office: Office
let admin: Client
beforeAll(async () => {
  office = await openOffice()
  admin = office.as(office.admin)
})
afterAll(async () => {
  expect(office.running.faults).toEqual([])
  await office.close()
})

let pools = 0
type Bounds = { dailyClaims?: number; dailyViews?: number; coolingDays?: number }
/** A pool of which the salesman is a member, with customers in it. */
async function poolWith(count: number, bounds: Bounds) {
  const members = [{ employeeId: String(office.sales.employeeId), departmentId: null, manages: false }]
  const values = { note: null, hidden: [], dailyClaims: null, dailyViews: null, coolingDays: 0, ...bounds }
  const pool = await admin.pools.create({ ...values, name: `撤回公海${++pools}`, members })
  const ids: string[] = []
  for (let n = 0; n < count; n++) ids.push((await admin.customers.create({ name: `${pool.name}客户${n}`, ownerId: null })).id)
  await admin.pools.release({ selection: { ids } as never, poolId: pool.id, reason: null })
  const sales = office.as(actorOf(office.running, office.sales.userId))
  const [a = '', b = '', c = ''] = ids
  const usedToday = async () => (await sales.pools.mine({})).find(({ id }) => id === pool.id)?.claimedToday
  return { pool, a, b, c, sales, usedToday }
}
const claim = async (client: Client, id: string): Promise<number> => {
  await client.pools.claim({ ids: [id] as never })
  return lastSeq(client)
}
const lastSeq = async (client: Client) => (await client.history.recent({ limit: 1 })).entries[0]?.seq ?? 0
const reasonOf = async (call: Promise<unknown>) => (await failureOf(call)).data['reason']
const whyOf = ({ details }: { details: readonly { why: string }[] }) => details.map(({ why }) => why)
const ownerOf = async (id: string) => (await admin.customers.get({ id: id as never })).ownerId

it('a claim that was taken back is one of the day, and done again it is no second one', async () => {
  const { a, b, sales, usedToday } = await poolWith(2, { dailyClaims: 1 })
  const claimed = await claim(sales, a)
  const undone = await sales.history.undo({ seq: claimed })
  expect(undone).toMatchObject({ records: { reversed: 1, kept: 0 } })
  expect(await usedToday()).toBe(1)
  expect(await reasonOf(claim(sales, b))).toBe('dailyClaims')
  expect(await sales.history.undo({ seq: undone.seq ?? 0 })).toMatchObject({ records: { reversed: 1, kept: 0 } })
  expect([await ownerOf(a), await usedToday()]).toEqual([office.sales.employeeId, 1])
})

it('a claim is done again within the cap of the day and the days to cool down alone', async () => {
  const { pool, a, b, sales, usedToday } = await poolWith(2, { dailyClaims: 2 })
  const undone = await sales.history.undo({ seq: await claim(sales, a) })
  await claim(sales, b)
  const now = await admin.pools.list({})
  const { version } = now.find(({ id }) => id === pool.id) ?? { version: 0 }
  const members = [{ employeeId: String(office.sales.employeeId), departmentId: null, manages: false }]
  const { name, note, hidden, dailyViews, coolingDays } = pool
  await admin.pools.edit({
    id: pool.id,
    version,
    values: { name, note, hidden, dailyViews, coolingDays, dailyClaims: 1, members },
  })
  const again = await sales.history.undo({ seq: undone.seq ?? 0 })
  expect(again).toMatchObject({ reversed: 0, records: { reversed: 0, kept: 1 } })
  expect(whyOf(again)).toContain('dailyClaims')
  expect([await ownerOf(a), await usedToday()]).toEqual([null, 2])
})

it('who claims, looks and puts back has looked', async () => {
  const { a, b, c, sales } = await poolWith(3, { dailyViews: 1 })
  await sales.history.undo({ seq: await claim(sales, a) })
  expect(await reasonOf(sales.pools.open({ id: b as never }))).toBe('dailyViews')
  // Without a look left he keeps whom he claimed, or releases him.
  const kept = await sales.history.undo({ seq: await claim(sales, c) })
  expect(whyOf(kept)).toEqual(expect.arrayContaining(['dailyViews']))
  expect(kept).toMatchObject({ reversed: 0 })
  expect(await ownerOf(c)).toBe(office.sales.employeeId)
})

it('nobody gets a customer back for whom he has no room', async () => {
  const { pool } = await poolWith(1, {})
  const employeeId = String(office.colleague.employeeId)
  const colleague = office.as(office.colleague)
  const { id } = await colleague.customers.create({ name: '放走的一个' })
  await admin.pools.createLimit({ employeeId, departmentId: null, most: 1, without: {} })
  await colleague.pools.release({ selection: { ids: [id] }, poolId: pool.id, reason: null })
  const released = await lastSeq(colleague)
  const { id: other } = await colleague.customers.create({ name: '补上的一个' })
  const back = await colleague.history.undo({ seq: released })
  expect(back).toMatchObject({ reversed: 0, records: { reversed: 0, kept: 1 } })
  expect(whyOf(back)).toContain('holdingFull')
  expect(await ownerOf(id)).toBeNull()
  // With room he is his again, whoever gave the other away.
  await admin.pools.release({ selection: { ids: [other] }, poolId: pool.id, reason: null })
  expect(await colleague.history.undo({ seq: released })).toMatchObject({ records: { reversed: 1, kept: 0 } })
  expect(await ownerOf(id)).toBe(employeeId)
})
