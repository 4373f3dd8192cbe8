// Every command of follow-ups over all three wires.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '../support/backend.ts'
import { failureOf, type Office, openOffice } from '../support/factories.ts'
import { connectOver, wires } from '../support/wires.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(async () => {
  expect(office.running.faults).toEqual([])
  await office.close()
})
const in_ = (hours: number): string => new Date(Date.parse(office.running.clock.now()) + hours * 3_600_000).toISOString()

describe.each(wires)('follow-ups over %s', (name) => {
  const connect = connectOver(name, () => office)
  let sales: Client
  let service: Client
  let admin: Client
  beforeAll(async () => {
    sales = await connect(office.sales)
    service = await connect(office.service)
    admin = await connect(office.admin)
  })
  const customer = async () => (await sales.customers.create({ name: '要跟进' })).id

  it('create carries to the customer: last contacted, next planned, a potential one becomes active', async () => {
    const customerId = await customer()
    const happenedAt = in_(-2)
    const nextAt = in_(48)
    const row = await sales.followUps.create({ customerId, kind: 'call', text: '电话沟通', happenedAt, nextAt })
    expect(row).toMatchObject({
      kind: 'call',
      text: '电话沟通',
      happenedAt,
      nextAt,
      authorId: office.sales.employeeId,
      authorName: '王海峰',
    })
    expect(await sales.customers.get({ id: customerId })).toMatchObject({
      lastFollowUpAt: happenedAt,
      nextFollowUpAt: nextAt,
      status: 'active',
    })
    const { entries } = await sales.history.ofRecord({ entity: 'followUp', id: row.id })
    expect(entries).toMatchObject([{ action: 'created', procedure: 'followUps.create' }])
    expect(await sales.history.undo({ seq: entries[0]?.seq ?? 0 })).toMatchObject({ reversed: 2, kept: 0 })
    expect(await sales.customers.get({ id: customerId })).toMatchObject({
      lastFollowUpAt: null,
      nextFollowUpAt: null,
      status: 'potential',
    })
  })

  it('the timeline is newest first and pages by what was shown last', async () => {
    const customerId = await customer()
    for (const hours of [-5, -1, -3, -2, -4])
      await sales.followUps.create({ customerId, text: `${hours}`, happenedAt: in_(hours) })
    const first = await sales.followUps.ofCustomer({ customerId, limit: 2 })
    expect([first.rows.map(({ text }) => text), first.hasMore, first.count]).toEqual([['-1', '-2'], true, 5])
    const rest = await sales.followUps.ofCustomer({ customerId, limit: 10, before: first.rows.at(-1)?.happenedAt ?? '' })
    expect([rest.rows.map(({ text }) => text), rest.hasMore]).toEqual([['-3', '-4', '-5'], false])
  })

  it('edit by its author; removing the newest gives the one before back to the customer', async () => {
    const customerId = await customer()
    const early = in_(-10)
    await sales.followUps.create({ customerId, text: '第一次', happenedAt: early })
    const row = await sales.followUps.create({ customerId, text: '第二次' })
    const nextAt = in_(24)
    expect(await sales.followUps.edit({ id: row.id, version: 1, values: { text: '改过', nextAt } })).toMatchObject({
      text: '改过',
      nextAt,
      version: 2,
    })
    expect(await sales.customers.get({ id: customerId })).toMatchObject({ nextFollowUpAt: nextAt })
    expect(await failureOf(sales.followUps.edit({ id: row.id, version: 1, values: { text: '旧版本' } }))).toMatchObject({
      code: 'STALE',
    })
    await sales.followUps.remove({ id: row.id })
    expect(await sales.customers.get({ id: customerId })).toMatchObject({ lastFollowUpAt: early })
    expect((await sales.followUps.ofCustomer({ customerId })).rows).toHaveLength(1)
  })

  it('refuses what lies in the future, a next one before this one, a contact of another customer', async () => {
    const customerId = await customer()
    const before = office.running.backend.database.raw.prepare('select count(*) from follow_up').pluck().get()
    const refused = async (values: object) =>
      (await failureOf(sales.followUps.create({ customerId, text: '谈', ...values }))).data
    expect(await refused({ happenedAt: in_(1) })).toEqual({ reason: 'inTheFuture' })
    expect(await refused({ nextAt: in_(-1) })).toEqual({ reason: 'nextBeforeNow' })
    const stranger = await sales.contacts.create({ customerId: await customer(), name: '别家的人' })
    expect(await refused({ contactId: stranger.id })).toEqual({ reason: 'contactOfAnother' })
    const own = await sales.contacts.create({ customerId, name: '自家的人' })
    await sales.contacts.remove({ id: own.id })
    expect(await refused({ contactId: own.id })).toEqual({ reason: 'contactOfAnother' })
    await sales.contacts.restore({ id: own.id })
    expect(office.running.backend.database.raw.prepare('select count(*) from follow_up').pluck().get()).toBe(before)
    expect(await sales.followUps.create({ customerId, text: '谈', contactId: own.id })).toMatchObject({ contactName: '自家的人' })
    // Clocks differ a little: some minutes ahead are still now.
    expect(await sales.followUps.create({ customerId, text: '谈', happenedAt: in_(0.1) })).toMatchObject({ text: '谈' })
  })

  it('whoever sees the customer may write, only the author or who edits all may change', async () => {
    const customerId = await customer()
    const row = await service.followUps.create({ customerId, text: '客服记录' })
    expect(row.authorName).toBe('周敏')
    const notYours = { code: 'REFUSED', data: { reason: 'notYours' } }
    expect(await failureOf(sales.followUps.edit({ id: row.id, version: 1, values: { text: '改' } }))).toEqual(notYours)
    expect(await failureOf(sales.followUps.remove({ id: row.id }))).toEqual(notYours)
    expect(await admin.followUps.edit({ id: row.id, version: 1, values: { text: '管理员改' } })).toMatchObject({
      text: '管理员改',
      authorName: '周敏',
    })
  })

  it('deleted ones and those of recycled customers are refused', async () => {
    const customerId = await customer()
    const row = await sales.followUps.create({ customerId, text: '谈' })
    await sales.followUps.remove({ id: row.id })
    const deleted = { code: 'REFUSED', data: { reason: 'deleted' } }
    expect(await failureOf(sales.followUps.remove({ id: row.id }))).toEqual(deleted)
    expect(await failureOf(sales.followUps.edit({ id: row.id, version: 2, values: { text: 'x' } }))).toEqual(deleted)
    await sales.customers.removeMany({ selection: { ids: [customerId] } })
    expect(await failureOf(sales.followUps.create({ customerId, text: '谈' }))).toEqual(deleted)
  })

  it('finance sees no conversations: not the list, not when', async () => {
    const finance = await connect(office.finance)
    const customerId = await customer()
    await sales.followUps.create({ customerId, text: '机密谈话', nextAt: in_(5) })
    expect(await failureOf(finance.followUps.ofCustomer({ customerId }))).toEqual({
      code: 'FORBIDDEN',
      data: { needs: 'followUps.read' },
    })
    expect(await failureOf(finance.followUps.create({ customerId, text: 'x' }))).toMatchObject({ code: 'FORBIDDEN' })
    expect(await finance.customers.get({ id: customerId })).toMatchObject({ lastFollowUpAt: null, nextFollowUpAt: null })
    const colleague = await connect(office.colleague)
    expect(await failureOf(colleague.followUps.create({ customerId, text: 'x' }))).toMatchObject({ code: 'NOT_FOUND' })
  })
})
