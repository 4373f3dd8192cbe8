// Several customers made one, and taken apart again: what moves, what stays, who may, and what people did meanwhile.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tableDigests, wholeDigest } from '../../src-main/kernel/digest.ts'
import type { NewCustomer } from '../../src-shared/features/customers/model.ts'
import type { Merge } from '../../src-shared/features/merges/model.ts'
import type { Client } from '../support/backend.ts'
import { failureOf, type Office, openOffice } from '../support/factories.ts'

let office: Office
let admin: Client
beforeEach(async () => {
  office = await openOffice()
  admin = office.as(office.admin)
})
afterEach(() => office.close())

const raw = () => office.running.backend.database.raw
const digest = (): string => wholeDigest(tableDigests(raw()))
const add = (values: NewCustomer) => admin.customers.create(values)
const id = (value: string): never => value as never
type Made = { id: string; version: number }
const now = (one: Made): { id: never; version: number } => ({
  id: id(one.id),
  version: raw().prepare('select version from customer where id = ?').pluck().get(one.id) as number,
})
const merging = (survivor: Made, others: readonly Made[], more: Partial<Merge> = {}) => ({
  survivorId: id(survivor.id),
  customers: [survivor, ...others].map(now),
  ...more,
})
const lastSeq = (): number => raw().prepare('select max(seq) from command').pluck().get() as number
const owners = (table: string): unknown[] => raw().prepare(`select customer_id from ${table} order by id`).pluck().all()

async function pair() {
  const a = await add({ name: '苏州博远机械有限公司', phone: '13805126621', tags: ['重点', '老客户'], note: '甲的备注' })
  const b = await add({
    name: '苏州博远机械',
    phone: '13912345678',
    email: 'b@boyuan.cn',
    tags: ['重点', '展会'],
    note: '乙的备注',
  })
  await admin.contacts.create({ customerId: b.id, name: '单晓红', phone: '13600001111', isPrimary: true })
  await admin.contacts.create({ customerId: a.id, name: '解放', phone: '13600002222', isPrimary: true })
  await admin.followUps.create({ customerId: b.id, kind: 'call', text: '谈了价格' })
  await admin.addresses.create({ customerId: b.id, label: '收货', detail: '1 号' })
  return { a, b }
}

it('each side says what hangs on it, of the kinds that the reader may see', async () => {
  const { a, b } = await pair()
  await admin.opportunities.create({ name: '注塑机', customerId: id(b.id) })
  await admin.quotes.create({ name: '注塑机报价', customerId: id(b.id) })
  await admin.orders.create({ name: '注塑机订单', customerId: id(a.id) })
  const binned = await admin.orders.create({ name: '作废的', customerId: id(b.id) })
  await admin.orders.removeMany({ selection: { ids: [binned.id] } })
  const hanging = async (client: Client) =>
    (await client.merges.look({ ids: [id(a.id), id(b.id)] })).sides.map((side) => side.hanging)
  const none = { contacts: 1, followUps: 0, addresses: 0, opportunities: 0, quotes: 0, orders: 0, payments: 0, invoices: 0 }
  expect(await hanging(admin)).toEqual([
    { ...none, orders: 1 },
    { ...none, followUps: 1, addresses: 1, opportunities: 1, quotes: 1 },
  ])
  const { 'orders.read': _orders, 'invoices.read': _invoices, 'followUps.read': _talks, ...kept } = office.admin.permissions
  expect(await hanging(office.as({ ...office.admin, permissions: kept }))).toEqual([
    { contacts: 1, addresses: 0, opportunities: 0, quotes: 0, payments: 0 },
    { contacts: 1, addresses: 1, opportunities: 1, quotes: 1, payments: 0 },
  ])
})

it('a hidden number does not become readable by being taken over into another field', async () => {
  const { a, b } = await pair()
  const blind = office.as({ ...office.admin, fieldRights: { 'customer.phone': 'hidden' } })
  const stolen = merging(a, [b], { choices: [{ field: 'phone2', from: id(b.id), of: 'phone' }] })
  expect(await failureOf(blind.merges.merge(stolen))).toMatchObject({ code: 'FORBIDDEN', data: { fields: ['phone'] } })
  expect(raw().prepare('select phone2, merged_into_id from customer where id = ?').get(b.id)).toEqual({
    phone2: null,
    merged_into_id: null,
  })
})

describe('a merge', () => {
  it('moves what hung on the absorbed, puts tags together and takes the chosen values', async () => {
    const { a, b } = await pair()
    const merged = await admin.merges.merge(
      merging(a, [b], {
        choices: [
          { field: 'email', from: id(b.id) },
          { field: 'phone2', from: id(b.id), of: 'phone' },
        ],
        notes: [id(a.id), id(b.id)],
      }),
    )
    expect(merged).toMatchObject({
      id: a.id,
      name: '苏州博远机械有限公司',
      phone: '+8613805126621',
      phone2: '+8613912345678',
      email: 'b@boyuan.cn',
      note: '甲的备注\n\n乙的备注',
    })
    expect([...merged.tags].sort()).toEqual(['展会', '老客户', '重点'])
    expect(merged.lastFollowUpAt).not.toBeNull()
    for (const table of ['contact', 'follow_up', 'address']) expect(new Set(owners(table)), table).toEqual(new Set([a.id]))
    const contacts = await admin.contacts.ofCustomer({ customerId: a.id })
    expect(contacts.map(({ name, isPrimary }) => [name, isPrimary])).toEqual([
      ['解放', true],
      ['单晓红', false],
    ])
    expect((await admin.customers.count({})).count).toBe(1)
    expect((await admin.customers.list({ deleted: true })).rows).toEqual([])
    const { hits } = await admin.search.records({ text: '单晓红' })
    expect(hits.map(({ customerId }) => customerId)).toEqual([a.id])
  })

  it('lets the old id answer with the survivor, and its history be read there', async () => {
    const { a, b } = await pair()
    const c = await add({ name: '博远' })
    await admin.merges.merge(merging(a, [b]))
    await admin.merges.merge(merging(c, [a]))
    expect((await admin.customers.get({ id: b.id })).id).toBe(c.id)
    const { entries } = await admin.history.ofRecord({ entity: 'customer', id: c.id, limit: 50 })
    expect(entries.filter(({ action, entity }) => action === 'created' && entity === 'customer')).toHaveLength(3)
    expect(entries.filter(({ action }) => action === 'merged')).toHaveLength(2)
    const past = await admin.merges.ofCustomer({ id: c.id })
    expect(
      past.map(({ absorbed, daysLeft, mayTakeBack }) => [absorbed.map(({ id: one }) => one), daysLeft, mayTakeBack]),
    ).toEqual([
      [[a.id], 30, true],
      [[b.id], 30, true],
    ])
  })

  it('is one step that one undo takes back and one redo makes again', async () => {
    const { a, b } = await pair()
    const before = digest()
    await admin.merges.merge(merging(a, [b], { choices: [{ field: 'email', from: id(b.id) }] }))
    const after = digest()
    expect(await admin.history.undo({ seq: lastSeq() })).toMatchObject({ kept: 0, failed: 0 })
    expect(digest()).toBe(before)
    expect(await admin.history.undo({ seq: lastSeq() })).toMatchObject({ kept: 0, failed: 0 })
    expect(digest()).toBe(after)
    await admin.merges.unmerge({ seq: (await admin.merges.ofCustomer({ id: a.id }))[0]?.seq ?? 0 })
    expect(digest()).toBe(before)
  })

  it('joins contacts who are one person when somebody says so', async () => {
    const { a, b } = await pair()
    const one = await admin.contacts.create({ customerId: a.id, name: '仇小姐', phone: '13700001111' })
    const more = { email: 'qiu@boyuan.cn', birthday: '--05-01' }
    const two = await admin.contacts.create({ customerId: b.id, name: '仇小姐', phone: '13700001111', ...more })
    const said = await admin.followUps.create({ customerId: b.id, contactId: two.id, kind: 'call', text: '问价' })
    const look = await admin.merges.look({ ids: [a.id, b.id] })
    expect(look.contacts.map(({ keepId, dropId }) => [keepId, dropId])).toEqual([[one.id, two.id]])
    const before = digest()
    await admin.merges.merge(merging(a, [b], { joins: [{ keepId: one.id, dropId: two.id }] }))
    expect(await admin.contacts.get({ id: one.id })).toMatchObject(more)
    expect((await admin.contacts.ofCustomer({ customerId: a.id })).filter(({ name }) => name === '仇小姐')).toHaveLength(1)
    expect(raw().prepare('select contact_id from follow_up where id = ?').pluck().get(said.id)).toBe(one.id)
    await admin.history.undo({ seq: lastSeq() })
    expect(digest()).toBe(before)
    const wrong = admin.merges.merge(merging(a, [b], { joins: [{ keepId: one.id, dropId: one.id }] }))
    expect(await failureOf(wrong)).toMatchObject({ data: { reason: 'notSamePerson' } })
    expect(digest()).toBe(before)
  })

  it('keeps what somebody said are not duplicates, also of the survivor', async () => {
    const { a, b } = await pair()
    const other = await add({ name: '苏州博远商贸' })
    const { bySystem } = await import('../support/factories.ts')
    await bySystem(office.running, async ({ tx, newId, now: at }) => {
      const [firstId = '', secondId = ''] = [b.id, other.id].sort()
      await tx.insertInto('notDuplicate').values({ id: newId(), firstId, secondId, createdAt: at() }).execute()
    })
    const before = digest()
    await admin.merges.merge(merging(a, [b]))
    const pairs = raw().prepare('select first_id, second_id from not_duplicate').raw().all() as string[][]
    expect(pairs.map((one) => one.toSorted())).toContainEqual([a.id, other.id].toSorted())
    await admin.history.undo({ seq: lastSeq() })
    expect(digest()).toBe(before)
  })
})

describe('taking a merge back', () => {
  it('restores every link although people went on working, and names the fields that keep their newer value', async () => {
    const { a, b } = await pair()
    await admin.merges.merge(
      merging(a, [b], {
        choices: [
          { field: 'email', from: id(b.id) },
          { field: 'phone', from: id(b.id) },
        ],
      }),
    )
    const seq = lastSeq()
    // Work goes on: a field of the survivor, a moved contact, something new.
    await admin.customers.edit({ ...now(a), values: { email: 'neu@boyuan.cn' } })
    const moved = raw().prepare("select id, version from contact where name = '单晓红'").get() as { id: never; version: number }
    await admin.contacts.edit({ ...moved, values: { title: '经理' } })
    const fresh = await admin.contacts.create({ customerId: a.id, name: '新来的' })
    const taken = await admin.merges.unmerge({ seq })
    expect(taken).toMatchObject({ customers: [b.id], keptFields: ['email'], kept: 0 })
    expect(await admin.customers.get({ id: a.id })).toMatchObject({ phone: '+8613805126621', email: 'neu@boyuan.cn' })
    expect(await admin.customers.get({ id: b.id })).toMatchObject({ id: b.id, deletedAt: null, phone: '+8613912345678' })
    expect(await admin.contacts.get({ id: moved.id })).toMatchObject({ customerId: b.id, title: '经理', isPrimary: true })
    expect(await admin.contacts.get({ id: fresh.id })).toMatchObject({ customerId: a.id })
    expect((await admin.customers.get({ id: b.id })).lastFollowUpAt).not.toBeNull()
    expect((await admin.customers.get({ id: a.id })).lastFollowUpAt).toBeNull()
    expect((await admin.customers.get({ id: b.id })).tags.toSorted()).toEqual(['展会', '重点'])
    expect(await admin.merges.ofCustomer({ id: a.id })).toEqual([])
    expect(await failureOf(admin.merges.unmerge({ seq }))).toMatchObject({ data: { reason: 'alreadyUndone' } })
    const history = await admin.history.ofRecord({ entity: 'customer', id: a.id, limit: 5 })
    expect(history.entries[0]).toMatchObject({ action: 'unmerged' })
  })

  it.each(['first', 'last'] as const)('of a chain A into B into C, the %s merge first, ends where it began', async (which) => {
    const { a, b } = await pair()
    const c = await add({ name: '博远集团', tags: ['VIP'] })
    const before = digest()
    await admin.merges.merge(merging(b, [a], { choices: [{ field: 'name', from: id(a.id) }] }))
    const first = lastSeq()
    await admin.merges.merge(merging(c, [b], { choices: [{ field: 'phone', from: id(b.id) }] }))
    const last = lastSeq()
    for (const seq of which === 'first' ? [first, last] : [last, first]) {
      const taken = await admin.merges.unmerge({ seq })
      expect(taken).toMatchObject({ kept: 0, keptFields: [] })
    }
    expect(digest()).toBe(before)
  })

  it('ends after 30 days', async () => {
    const { a, b } = await pair()
    await admin.merges.merge(merging(a, [b]))
    office.running.clock.move(29.5 * 86_400_000)
    expect(await admin.merges.ofCustomer({ id: a.id })).toMatchObject([{ daysLeft: 1, mayTakeBack: true }])
    office.running.clock.move(86_400_000)
    expect(await admin.merges.ofCustomer({ id: a.id })).toMatchObject([{ daysLeft: 0, mayTakeBack: false }])
    expect(await failureOf(admin.merges.unmerge({ seq: lastSeq() }))).toMatchObject({ data: { reason: 'tooLate' } })
    expect(await failureOf(admin.history.undo({ seq: lastSeq() }))).toMatchObject({ data: { reason: 'tooLate' } })
  })

  it('is not made undone when the separated customer has got something new', async () => {
    const { a, b } = await pair()
    await admin.merges.merge(merging(a, [b]))
    await admin.merges.unmerge({ seq: lastSeq() })
    const unmerged = lastSeq()
    await admin.contacts.create({ customerId: b.id, name: '新来的' })
    expect(await failureOf(admin.history.undo({ seq: unmerged }))).toMatchObject({ data: { reason: 'addedSince' } })
  })

  it('waits until the survivor is out of the recycle bin; who is purged takes the absorbed along', async () => {
    const { a, b } = await pair()
    await admin.merges.merge(merging(a, [b]))
    const seq = lastSeq()
    await admin.customers.removeMany({ selection: { ids: [a.id] } })
    expect(await failureOf(admin.merges.unmerge({ seq }))).toMatchObject({ data: { reason: 'survivorDeleted' } })
    expect(await admin.customers.restoreMany({ selection: { ids: [b.id] } })).toMatchObject({ changed: 0, refused: 1 })
    await admin.customers.purgeMany({ selection: { ids: [a.id] }, confirmCount: 1 })
    expect(raw().prepare('select count(*) from customer').pluck().get()).toBe(0)
  })
})

describe('bad input', () => {
  it('a customer with itself, a survivor from elsewhere, one in the recycle bin, one merged already', async () => {
    const { a, b } = await pair()
    const c = await add({ name: '第三家' })
    const reason = async (call: Promise<unknown>): Promise<unknown> => (await failureOf(call)).data['reason']
    const before = digest()
    expect(await reason(admin.merges.merge({ survivorId: a.id, customers: [now(a), now(a)] }))).toBe('sameCustomer')
    expect(await reason(admin.merges.merge({ survivorId: c.id, customers: [now(a), now(b)] }))).toBe('survivorMissing')
    expect(await reason(admin.merges.merge(merging(a, [b], { choices: [{ field: 'name', from: c.id }] })))).toBe('notAmongThem')
    expect(await reason(admin.merges.merge(merging(a, [b], { choices: [{ field: 'createdAt', from: b.id }] })))).toBe(
      'unknownField',
    )
    expect(await reason(admin.merges.merge(merging(a, [b], { choices: [{ field: 'phone', from: b.id, of: 'name' }] })))).toBe(
      'unknownField',
    )
    expect(await reason(admin.merges.unmerge({ seq: 1 }))).toBe('notAMerge')
    expect(digest()).toBe(before)
    await admin.merges.merge(merging(a, [b]))
    expect(await reason(admin.merges.merge(merging(c, [b])))).toBe('alreadyMerged')
    await admin.customers.removeMany({ selection: { ids: [a.id] } })
    expect(await reason(admin.merges.merge(merging(c, [a])))).toBe('deleted')
  })

  it('a colleague who edits meanwhile makes it stale; one who only adds a follow-up does not', async () => {
    const { a, b } = await pair()
    const seen = [now(a), now(b)]
    await admin.followUps.create({ customerId: b.id, kind: 'call', text: '又谈' })
    await admin.customers.edit({ ...now(b), values: { city: '苏州市' } })
    const stale = admin.merges.merge({ survivorId: a.id, customers: seen })
    expect((await failureOf(stale)).code).toBe('STALE')
    const again = [now(a), now(b)]
    await admin.followUps.create({ customerId: b.id, kind: 'call', text: '再谈' })
    expect((await admin.merges.merge({ survivorId: a.id, customers: again })).id).toBe(a.id)
  })

  it('needs the right to edit all, to delete the absorbed, and to pass on the owner', async () => {
    const sales = office.as(office.sales)
    const mine = await sales.customers.create({ name: '我的客户', phone: '13811112222' })
    const second = await sales.customers.create({ name: '我的另一家' })
    const theirs = await office.as(office.colleague).customers.create({ name: '别人的客户' })
    expect((await failureOf(sales.merges.merge(merging(mine, [theirs])))).code).toBe('NOT_FOUND')
    expect((await failureOf(sales.merges.look({ ids: [mine.id, theirs.id] }))).code).toBe('NOT_FOUND')
    const manager = office.as(office.manager)
    const reading = office.as({ ...office.sales, permissions: { ...office.sales.permissions, 'customers.read': 'all' } })
    expect(await failureOf(reading.merges.merge(merging(mine, [theirs])))).toMatchObject({
      code: 'FORBIDDEN',
      data: { needs: 'customers.edit' },
    })
    const { 'customers.delete': _delete, ...kept } = office.sales.permissions
    const undeleting = office.as({ ...office.sales, permissions: kept })
    expect(await failureOf(undeleting.merges.merge(merging(mine, [second])))).toMatchObject({
      data: { needs: 'customers.delete' },
    })
    expect((await undeleting.merges.look({ ids: [mine.id, second.id] })).sides.map(({ mayGoUp }) => mayGoUp)).toEqual([
      false,
      false,
    ])
    const owner = [{ field: 'ownerId', from: second.id }]
    const free = await admin.customers.edit({ ...now(second), values: { ownerId: office.colleague.employeeId } })
    expect(free.ownerId).toBe(office.colleague.employeeId)
    const noTransfer = { ...office.manager.permissions }
    delete noTransfer['customers.transfer']
    const holding = office.as({ ...office.manager, permissions: noTransfer })
    expect(await failureOf(holding.merges.merge(merging(mine, [second], { choices: owner })))).toMatchObject({
      data: { needs: 'customers.transfer' },
    })
    expect((await manager.merges.merge(merging(mine, [second], { choices: owner }))).ownerId).toBe(office.colleague.employeeId)
    // Who may not edit the survivor does not take it back either.
    expect((await failureOf(sales.merges.unmerge({ seq: lastSeq() }))).code).toBe('NOT_FOUND')
  })

  it('into one that lies in a pool leaves nobody working on him; apart again everybody has his team back', async () => {
    const { a, b } = await pair()
    await admin.members.add({ customerId: a.id, employeeIds: [id(office.sales.employeeId ?? '')], access: 'edit' })
    const pool = await admin.pools.create({
      name: '旧客户',
      note: null,
      hidden: [],
      dailyClaims: null,
      dailyViews: null,
      coolingDays: 0,
      members: [],
    })
    await admin.pools.release({ selection: { ids: [b.id] }, poolId: pool.id, reason: null })
    const before = digest()
    const merged = await admin.merges.merge(merging(a, [b], { choices: [{ field: 'ownerId', from: id(b.id) }] }))
    expect(merged.poolId).toBe(pool.id)
    expect(raw().prepare('select count(*) from record_member').pluck().get()).toBe(0)
    await admin.merges.unmerge({ seq: lastSeq() })
    expect(raw().prepare('select record_id from record_member').pluck().all()).toEqual([a.id])
    expect(digest()).toBe(before)
  })

  it('two who merge at once: one does, one is told', async () => {
    const { a, b } = await pair()
    const input = merging(a, [b])
    const both = await Promise.allSettled([admin.merges.merge(input), admin.merges.merge(input)])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  it('a repeated key answers as the first time', async () => {
    const { clientAs } = await import('../support/backend.ts')
    const { a, b } = await pair()
    const client = clientAs(office.running.backend, office.admin, () => 'same-key-for-both')
    const input = merging(a, [b])
    const first = await client.merges.merge(input)
    expect(await client.merges.merge(input)).toEqual(first)
  })
})
