// A customer goes for good with all that names him, wherever he lay and whoever worked on him; the journal shows nothing of it any more.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { verifyChain } from '../../src-main/kernel/journal.ts'
import type { Client } from '../support/backend.ts'
import { type Office, openOffice } from '../support/factories.ts'

let office: Office
let admin: Client
beforeEach(async () => {
  office = await openOffice()
  admin = office.as(office.admin)
})
afterEach(async () => {
  expect(office.running.faults).toEqual([])
  await office.close()
})
const raw = () => office.running.backend.database.raw
/** Every column of the schema that names a customer. */
const naming = (): [table: string, column: string][] =>
  (raw().prepare("select name from sqlite_schema where type = 'table'").pluck().all() as string[]).flatMap((table) =>
    (raw().pragma(`foreign_key_list("${table}")`) as { table: string; from: string }[])
      .filter((key) => key.table === 'customer')
      .map((key): [string, string] => [table, key.from]),
  )

it('out of a pool, after a claim, with a team: nothing of him is left, and the chain of the journal holds', async () => {
  const { id } = await admin.customers.create({ name: '绝不能留下', phone: '13805126621', tags: ['重点'] })
  await admin.contacts.create({ customerId: id, name: '联系人要删净' })
  await admin.addresses.create({ customerId: id, label: '收货', detail: '地址要删净' })
  const mentions = [office.sales.employeeId ?? ''] as never
  await admin.followUps.create({ customerId: id, text: '这句话要删净', mentions })
  await admin.opportunities.create({ customerId: id, name: '商机要删净' } as never)
  const pool = await admin.pools.create({
    name: '旧客户',
    note: null,
    hidden: [],
    dailyClaims: null,
    dailyViews: null,
    coolingDays: 0,
    members: [],
  })
  await admin.pools.release({ selection: { ids: [id] }, poolId: pool.id, reason: '没有跟进' })
  await admin.pools.assign({ selection: { ids: [id] }, ownerId: office.sales.employeeId ?? '' } as never)
  await admin.members.add({ customerId: id, employeeIds: [office.colleague.employeeId ?? ''] as never, access: 'edit' })
  await admin.customers.removeMany({ selection: { ids: [id] } })
  expect(await admin.customers.purgeMany({ selection: { ids: [id] }, confirmCount: 1 })).toMatchObject({ changed: 1, refused: 0 })
  for (const [table, column] of naming())
    expect(raw().prepare(`select count(*) from "${table}" where "${column}" = ?`).pluck().get(id), `${table}.${column}`).toBe(0)
  expect(raw().prepare('select count(*) from record_member where record_id = ?').pluck().get(id)).toBe(0)
  const images = raw().prepare('select before, after from journal').all()
  for (const words of ['要删净', '绝不能留下', '没有跟进']) expect(JSON.stringify(images)).not.toContain(words)
  expect(verifyChain(raw())).toMatchObject({ faults: [] })
})
