// What a conversation has beside its words: pins, answers, internal words, colleagues named.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CustomerId } from '../../src-shared/features/customers/model.ts'
import { ANSWERS_AT_MOST, PINS_AT_MOST } from '../../src-shared/features/follow-ups/rules.ts'
import type { Client } from '../support/backend.ts'
import { failureOf, type Office, openOffice } from '../support/factories.ts'

let office: Office
let sales: Client
beforeAll(async () => {
  office = await openOffice()
  sales = office.as(office.sales)
})
afterAll(async () => {
  expect(office.running.faults).toEqual([])
  await office.close()
})
const customer = async (): Promise<CustomerId> => (await sales.customers.create({ name: '聊过的客户' })).id
const ago = (hours: number): string => new Date(Date.parse(office.running.clock.now()) - hours * 3_600_000).toISOString()

describe('internal words', () => {
  it('are no contact: who was last contacted when, and the status, stay; a plan they set is carried', async () => {
    const customerId = await customer()
    const nextAt = ago(-48)
    const said = await sales.followUps.create({ customerId, text: '这家要先问财务', internal: true, nextAt })
    expect(said.internal).toBe(true)
    expect(await sales.customers.get({ id: customerId })).toMatchObject({
      lastFollowUpAt: null,
      nextFollowUpAt: nextAt,
      status: 'potential',
    })
    const happenedAt = ago(2)
    const call = await sales.followUps.create({ customerId, kind: 'call', text: '通了', happenedAt })
    expect(await sales.customers.get({ id: customerId })).toMatchObject({ lastFollowUpAt: happenedAt, nextFollowUpAt: nextAt })
    const { entries } = await sales.history.ofRecord({ entity: 'followUp', id: call.id })
    await sales.history.undo({ seq: entries[0]?.seq ?? 0 })
    expect((await sales.customers.get({ id: customerId })).lastFollowUpAt).toBe(null)
  })
})

describe('answers', () => {
  it('stand under what they answer, one step deep, and go and come with it', async () => {
    const customerId = await customer()
    const first = await sales.followUps.create({ customerId, kind: 'call', text: '问价', happenedAt: ago(5) })
    const answer = await office.as(office.manager).followUps.create({ customerId, text: '九五折封顶', replyTo: first.id })
    const second = await sales.followUps.create({ customerId, text: '收到', replyTo: answer.id })
    const page = await sales.followUps.ofCustomer({ customerId })
    expect([page.count, page.rows.length]).toEqual([1, 1])
    expect(page.rows[0]?.replies.map(({ id, authorName }) => [id, authorName])).toEqual([
      [answer.id, '孙悦'],
      [second.id, '王海峰'],
    ])
    expect((await sales.customers.get({ id: customerId })).lastFollowUpAt).toBe(first.happenedAt)
    await sales.followUps.remove({ id: first.id })
    const gone = (id: string) =>
      office.running.backend.database.raw.prepare('select deleted_with from follow_up where id = ?').pluck().get(id)
    expect([gone(answer.id), gone(second.id)]).toEqual([first.id, first.id])
    expect((await sales.followUps.restore({ id: first.id })).replies).toHaveLength(2)
  })

  it('an answer to another customer, or to what is gone, is refused', async () => {
    const [here, there] = [await customer(), await customer()]
    const said = await sales.followUps.create({ customerId: there, text: '别处' })
    const answer = () => sales.followUps.create({ customerId: here, text: '回', replyTo: said.id })
    expect(await failureOf(answer())).toMatchObject({ data: { reason: 'answerOfAnother' } })
  })

  it('are purged with what they answer, and with who was named', async () => {
    const customerId = await customer()
    const first = await sales.followUps.create({ customerId, text: '问', mentions: [office.manager.employeeId ?? ''] })
    await sales.followUps.create({ customerId, text: '答', replyTo: first.id, mentions: [office.manager.employeeId ?? ''] })
    const admin = office.as(office.admin)
    await admin.customers.removeMany({ selection: { ids: [customerId] } })
    await admin.customers.purgeMany({ selection: { ids: [customerId] }, confirmCount: 1 })
    const left = office.running.backend.database.raw.prepare('select count(*) from follow_up where customer_id = ?').pluck()
    expect(left.get(customerId)).toBe(0)
  })
})

describe('pins', () => {
  it('are set by the author or by who may edit the customer, and taken back', async () => {
    const customerId = await customer()
    const said = await sales.followUps.create({ customerId, text: '合同在法务' })
    const service = office.as(office.service)
    expect(await failureOf(service.followUps.pin({ id: said.id, pinned: true }))).toMatchObject({ data: { reason: 'notYours' } })
    const pinned = await office.as(office.manager).followUps.pin({ id: said.id, pinned: true })
    expect(pinned.pinnedAt).not.toBe(null)
    expect((await sales.followUps.pinned({ customerId })).map(({ id }) => id)).toEqual([said.id])
    const { entries } = await office.as(office.manager).history.ofRecord({ entity: 'followUp', id: said.id })
    expect(entries[0]?.action).toBe('pinned')
    await office.as(office.manager).history.undo({ seq: entries[0]?.seq ?? 0 })
    expect(await sales.followUps.pinned({ customerId })).toEqual([])
  })
})

describe('colleagues named', () => {
  it('are kept with the words and told; whoever does not see the customer is not', async () => {
    const customerId = await customer()
    const [manager, colleague] = [office.manager.employeeId ?? '', office.colleague.employeeId ?? '']
    const choices = await sales.followUps.colleagues({ customerId })
    expect(choices.find(({ id }) => id === manager)?.sees).toBe(true)
    expect(choices.find(({ id }) => id === colleague)?.sees).toBe(false)
    const said = await sales.followUps.create({
      customerId,
      text: '@孙悦 @李婷 请看一下',
      mentions: [manager, colleague, office.sales.employeeId ?? ''],
    })
    expect(said.mentions.map(({ name }) => name).sort()).toEqual(['孙悦', '李婷', '王海峰'].sort())
    const noticesOf = async (client: Client) =>
      (await client.notifications.list({})).rows.filter(({ kind }) => kind === 'mention')
    expect(await noticesOf(office.as(office.manager))).toMatchObject([{ title: '聊过的客户', opens: { id: customerId } }])
    expect(await noticesOf(office.as(office.colleague))).toEqual([])
    expect(await noticesOf(sales)).toEqual([])
    const edited = await sales.followUps.edit({
      id: said.id,
      version: said.version,
      values: { text: '@孙悦 看', mentions: [manager] },
    })
    expect(edited.mentions.map(({ name }) => name)).toEqual(['孙悦'])
    expect(await noticesOf(office.as(office.manager))).toHaveLength(1)
  })

  it('somebody unknown is refused', async () => {
    const customerId = await customer()
    const call = sales.followUps.create({ customerId, text: '@谁', mentions: ['01ARZ3NDEKTSV4RRFFQ69G5FAV'] })
    expect(await failureOf(call)).toMatchObject({ data: { reason: 'mentionUnknown' } })
  })
})

it('the line of time is narrowed to one person, and says who there are', async () => {
  const customerId = await customer()
  await sales.followUps.create({ customerId, text: '甲' })
  await office.as(office.manager).followUps.create({ customerId, text: '乙' })
  const people = await sales.followUps.people({ customerId })
  expect(people.map(({ name }) => name).sort()).toEqual(['孙悦', '王海峰'])
  const authorId = office.manager.employeeId ?? ''
  expect(await sales.followUps.ofCustomer({ customerId, authorId })).toMatchObject({ count: 1, rows: [{ text: '乙' }] })
  expect((await failureOf(office.as(office.colleague).followUps.people({ customerId }))).code).toBe('NOT_FOUND')
})

describe('what is shown whole', () => {
  it('takes no more than is shown: answers of one conversation, pins of one customer', async () => {
    const customerId = await customer()
    const said = await sales.followUps.create({ customerId, text: '问价' })
    for (let n = 0; n < ANSWERS_AT_MOST; n++) await sales.followUps.create({ customerId, text: `答${n}`, replyTo: said.id })
    expect(await failureOf(sales.followUps.create({ customerId, text: '再答', replyTo: said.id }))).toMatchObject({
      data: { reason: 'answersFull', detail: { most: ANSWERS_AT_MOST } },
    })
    const { rows } = await sales.followUps.ofCustomer({ customerId })
    expect(rows[0]?.replies).toHaveLength(ANSWERS_AT_MOST)
    const all = []
    for (let n = 0; n <= PINS_AT_MOST; n++) all.push(await sales.followUps.create({ customerId, text: `要点${n}` }))
    for (const { id } of all.slice(1)) await sales.followUps.pin({ id, pinned: true })
    const id = all[0]?.id as (typeof said)['id']
    expect(await failureOf(sales.followUps.pin({ id, pinned: true }))).toMatchObject({
      data: { reason: 'pinsFull', detail: { most: PINS_AT_MOST } },
    })
    expect(await sales.followUps.pinned({ customerId })).toHaveLength(PINS_AT_MOST)
  })
})
