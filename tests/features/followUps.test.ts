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
    expect(await sales.history.undo({ seq: entries[0]?.seq ?? 0 })).toMatchObject({
      reversed: 2,
      kept: 0,
      records: { entity: 'followUp', reversed: 1, kept: 0 },
    })
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
    const last = first.rows.at(-1) ?? expect.fail('nothing shown')
    const rest = await sales.followUps.ofCustomer({ customerId, limit: 10, before: { happenedAt: last.happenedAt, id: last.id } })
    expect([rest.rows.map(({ text }) => text), rest.hasMore]).toEqual([['-3', '-4', '-5'], false])
  })

  it('those of one instant are all reached page by page', async () => {
    const customerId = await customer()
    const happenedAt = in_(-3)
    const written = new Set<string>()
    for (let n = 0; n < 7; n++) written.add((await sales.followUps.create({ customerId, text: `${n}`, happenedAt })).id)
    const seen: string[] = []
    let before: { happenedAt: string; id: never } | undefined
    for (let more = true; more; ) {
      const page = await sales.followUps.ofCustomer({ customerId, limit: 3, ...(before && { before }) })
      seen.push(...page.rows.map(({ id }) => id))
      before = { happenedAt: page.rows.at(-1)?.happenedAt ?? '', id: page.rows.at(-1)?.id as never }
      more = page.hasMore
    }
    expect(seen).toHaveLength(7)
    expect(new Set(seen)).toEqual(written)
  })

  it('when he was last contacted follows the contacts that are there, whatever is taken back', async () => {
    const customerId = await customer()
    const seqOf = async (id: string) => (await sales.history.ofRecord({ entity: 'followUp', id })).entries[0]?.seq ?? 0
    const [today, yesterday, plan, other] = [in_(-1), in_(-25), in_(30), in_(60)]
    const a = await sales.followUps.create({ customerId, text: 'A', happenedAt: today, nextAt: plan })
    const { version } = await sales.customers.get({ id: customerId })
    await sales.customers.edit({ id: customerId, version, values: { nextFollowUpAt: other } })
    const undone = await sales.history.undo({ seq: await seqOf(a.id) })
    expect(undone).toMatchObject({ reversed: 1, kept: 1 })
    expect(await sales.customers.get({ id: customerId })).toMatchObject({ lastFollowUpAt: null, nextFollowUpAt: other })
    await sales.history.undo({ seq: undone.seq ?? 0 })
    expect(await sales.customers.get({ id: customerId })).toMatchObject({ lastFollowUpAt: today, nextFollowUpAt: other })
    const late = await sales.followUps.create({ customerId, text: 'B', happenedAt: yesterday })
    await sales.history.undo({ seq: undone.seq === null ? 0 : await seqOf(a.id) })
    expect(await sales.customers.get({ id: customerId })).toMatchObject({ lastFollowUpAt: yesterday })
    await sales.history.undo({ seq: await seqOf(late.id) })
    expect(await sales.customers.get({ id: customerId })).toMatchObject({ lastFollowUpAt: null })
  })

  it('a plan ahead stays until it is met, changed by its own contact or cleared by name', async () => {
    const customerId = await customer()
    const planOf = async () => (await sales.customers.get({ id: customerId })).nextFollowUpAt
    const [early, late] = [in_(20), in_(40)]
    const old = await sales.followUps.create({ customerId, text: '约了', happenedAt: in_(-9), nextAt: early })
    const newer = await sales.followUps.create({ customerId, text: '顺便打了电话', happenedAt: in_(-2) })
    expect(await planOf()).toBe(early)
    await sales.followUps.edit({ id: newer.id, version: 1, values: { nextAt: late } })
    expect(await planOf()).toBe(late)
    await sales.followUps.edit({ id: old.id, version: 1, values: { nextAt: null } })
    expect(await planOf()).toBe(late)
    await sales.followUps.remove({ id: newer.id })
    expect(await planOf()).toBeNull()
    const due = in_(0.05)
    await sales.followUps.create({ customerId, text: '约定', happenedAt: in_(-1), nextAt: due })
    await sales.followUps.create({ customerId, text: '按约去了', happenedAt: in_(0.08) })
    expect(await planOf()).toBeNull()
    await sales.followUps.create({ customerId, text: '再约', nextAt: late })
    await sales.followUps.create({ customerId, text: '不约了', nextAt: null })
    expect(await planOf()).toBeNull()
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

  it('restore brings the plan back that left with it, unless another was set', async () => {
    const customerId = await customer()
    const planOf = async () => (await sales.customers.get({ id: customerId })).nextFollowUpAt
    const [first, second, other] = [in_(20), in_(40), in_(60)]
    const old = await sales.followUps.create({ customerId, text: '约了', happenedAt: in_(-9), nextAt: first })
    const newer = await sales.followUps.create({ customerId, text: '又约了', happenedAt: in_(-2), nextAt: second })
    expect(await failureOf(sales.followUps.restore({ id: newer.id }))).toEqual({
      code: 'REFUSED',
      data: { reason: 'notDeleted' },
    })
    await sales.followUps.remove({ id: newer.id })
    expect(await planOf()).toBe(first)
    expect(await failureOf(service.followUps.restore({ id: newer.id }))).toEqual({
      code: 'REFUSED',
      data: { reason: 'notYours' },
    })
    expect(await sales.followUps.restore({ id: newer.id })).toMatchObject({ id: newer.id })
    expect(await sales.customers.get({ id: customerId })).toMatchObject({
      lastFollowUpAt: newer.happenedAt,
      nextFollowUpAt: second,
    })
    await sales.followUps.remove({ id: old.id })
    await sales.followUps.restore({ id: old.id })
    expect(await planOf()).toBe(second)
    await sales.followUps.remove({ id: newer.id })
    const { version } = await sales.customers.get({ id: customerId })
    await sales.customers.edit({ id: customerId, version, values: { nextFollowUpAt: other } })
    await sales.followUps.restore({ id: newer.id })
    expect(await planOf()).toBe(other)
    await sales.followUps.remove({ id: newer.id })
    await sales.customers.removeMany({ selection: { ids: [customerId] } })
    expect(await failureOf(sales.followUps.restore({ id: newer.id }))).toEqual({ code: 'REFUSED', data: { reason: 'deleted' } })
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
