// What is said about an opportunity, over all three wires: it stands with the customer too, and is told to who sees both.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '../support/backend.ts'
import { actorOf, addPerson, failureOf, type Office, openOffice } from '../support/factories.ts'
import { connectOver, wires } from '../support/wires.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(async () => {
  expect(office.running.faults).toEqual([])
  await office.close()
})
const raw = () => office.running.backend.database.raw
const digest = () =>
  JSON.stringify(
    ['customer', 'opportunity', 'follow_up', 'mention'].map((table) =>
      (raw().prepare(`select * from ${table} order by id`).all() as Record<string, unknown>[]).map((row) =>
        Object.entries(row).filter(([column]) => column !== 'version' && column !== 'updated_at'),
      ),
    ),
  )
const noOf = (call: Promise<unknown>) => failureOf(call).then(({ code, data }) => (code === 'REFUSED' ? data['reason'] : code))

describe.each(wires)('talk about opportunities over %s', (name) => {
  const connect = connectOver(name, () => office)
  let admin: Client
  let sales: Client
  beforeAll(async () => {
    admin = await connect(office.admin)
    sales = await connect(office.sales)
  })
  const begun = async () => {
    const customer = await sales.customers.create({ name: `谈着的 ${name}` })
    const row = await sales.opportunities.create({ name: `谈着的商机 ${name}`, customerId: customer.id })
    return { customerId: customer.id, opportunityId: row.id, row }
  }
  const said = async (opportunityId: string, client = sales) =>
    (await client.followUps.ofOpportunity({ opportunityId: opportunityId as never })).rows.map(({ text }) => text)

  it('stands with the opportunity and with its customer, with its answers, page by page; an undo leaves nothing', async () => {
    const { customerId, opportunityId, row } = await begun()
    const before = digest()
    const began = raw().prepare('select max(seq) from command').pluck().get()
    await sales.followUps.create({ customerId, text: '只和客户有关' })
    const first = await sales.followUps.create({ customerId, opportunityId, text: '谈了价格' })
    expect(first.opportunity).toEqual({ id: opportunityId, name: row.name })
    await sales.followUps.create({ customerId, replyTo: first.id, text: '再让一点' })
    const second = await sales.followUps.create({ customerId, opportunityId, text: '谈了交期' })
    expect((await said(opportunityId)).toSorted()).toEqual(['谈了交期', '谈了价格'].toSorted())
    const page = await sales.followUps.ofOpportunity({ opportunityId, limit: 1 })
    expect(page).toMatchObject({ count: 2, hasMore: true })
    const [last] = page.rows
    const older = await sales.followUps.ofOpportunity({
      opportunityId,
      ...(last && { before: { happenedAt: last.happenedAt, id: last.id } }),
    })
    expect(older).toMatchObject({ count: 2, hasMore: false })
    expect([last?.id, ...older.rows.map(({ id }) => id)].toSorted()).toEqual([first.id, second.id].toSorted())
    const told = [...page.rows, ...older.rows].find(({ id }) => id === first.id)
    expect(told?.replies.map(({ text }) => text)).toEqual(['再让一点'])
    const { rows } = await sales.followUps.ofCustomer({ customerId })
    expect(rows.map(({ text, opportunity }) => [text, opportunity?.id ?? null]).toSorted()).toEqual(
      [
        ['只和客户有关', null],
        ['谈了交期', opportunityId],
        ['谈了价格', opportunityId],
      ].toSorted(),
    )
    const seqs = raw().prepare('select seq from command where seq > ? order by seq desc').pluck().all(began) as number[]
    for (const seq of seqs) await sales.history.undo({ seq })
    expect(digest()).toBe(before)
  })

  it('is refused about what is not this customer’s, what lies in the bin, and what the writer does not see', async () => {
    const { customerId, opportunityId } = await begun()
    const other = await begun()
    const hidden = await admin.opportunities.create({ name: `别人的 ${name}` })
    const before = digest()
    const about = (id: typeof opportunityId) => noOf(sales.followUps.create({ customerId, opportunityId: id, text: '记一笔' }))
    expect(await about(other.opportunityId)).toBe('opportunityOfAnother')
    expect(await about(hidden.id)).toBe('NOT_FOUND')
    expect(await noOf(sales.followUps.ofOpportunity({ opportunityId: hidden.id }))).toBe('NOT_FOUND')
    expect(digest()).toBe(before)
    await sales.opportunities.removeMany({ selection: { ids: [opportunityId] } })
    expect(await about(opportunityId)).toBe('opportunityOfAnother')
  })

  it('is told only with customers whom the reader sees, and names only opportunities that he sees', async () => {
    const { customerId, opportunityId, row } = await begun()
    await sales.followUps.create({ customerId, opportunityId, text: '客户那边的话' })
    const { userId, employeeId } = await addPerson(office.running, {
      name: `接手的人 ${name}`,
      roles: [{ permissions: { 'opportunities.read': 'own', 'customers.read': 'own', 'followUps.read': 'all' } }],
    })
    const heir = await connect(actorOf(office.running, userId))
    await admin.opportunities.editMany({ selection: { ids: [opportunityId] }, values: { ownerId: employeeId } })
    // The opportunity is his, its customer is not: what was said with that one stays where it was said.
    expect((await heir.opportunities.get({ id: opportunityId })).customerName).toBeNull()
    expect(await heir.followUps.ofOpportunity({ opportunityId })).toEqual({ rows: [], hasMore: false, count: 0 })
    const { userId: withoutId } = await addPerson(office.running, {
      name: `不看商机 ${name}`,
      roles: [{ permissions: { 'customers.read': 'all', 'followUps.read': 'all' } }],
    })
    const without = await connect(actorOf(office.running, withoutId))
    const { rows } = await without.followUps.ofCustomer({ customerId })
    expect(rows.map(({ text, opportunity }) => [text, opportunity])).toEqual([['客户那边的话', null]])
    // It goes to another customer of the same firm of owners: what was said stays with whom it was said.
    const { version } = await admin.opportunities.get({ id: opportunityId })
    const elsewhere = await sales.customers.create({ name: `另一家 ${name}` })
    await admin.opportunities.edit({ id: opportunityId, version, values: { customerId: elsewhere.id } })
    expect(await said(opportunityId, admin)).toEqual(['客户那边的话'])
    expect((await admin.followUps.ofCustomer({ customerId })).rows[0]?.opportunity?.name).toBe(row.name)
    expect((await admin.followUps.ofCustomer({ customerId: elsewhere.id })).rows).toEqual([])
  })

  it('outlives the opportunity: nameless while that lies in the bin, without it once that is gone for good', async () => {
    const { customerId, opportunityId, row } = await begun()
    await sales.followUps.create({ customerId, opportunityId, text: '最后一次拜访' })
    const aboutNow = async () =>
      (await admin.followUps.ofCustomer({ customerId })).rows.map(({ opportunity }) => opportunity?.name ?? null)
    await admin.opportunities.removeMany({ selection: { ids: [opportunityId] } })
    expect(await aboutNow()).toEqual([null])
    expect(await said(opportunityId, admin)).toEqual(['最后一次拜访'])
    await admin.recycleBin.restoreOpportunities({ selection: { ids: [opportunityId] } })
    expect(await aboutNow()).toEqual([row.name])
    await admin.opportunities.removeMany({ selection: { ids: [opportunityId] } })
    await admin.recycleBin.purge({ kind: 'opportunity', selection: { ids: [opportunityId] }, confirmCount: 1 })
    expect(await aboutNow()).toEqual([null])
    expect(raw().prepare('select opportunity_id from follow_up where customer_id = ?').pluck().all(customerId)).toEqual([null])
  })

  it('goes with its customer for good, wherever the opportunity is by then', async () => {
    const { customerId, opportunityId } = await begun()
    const kept = await sales.customers.create({ name: `留下的 ${name}` })
    await sales.followUps.create({ customerId, opportunityId, text: '会随客户走' })
    const { version } = await sales.opportunities.get({ id: opportunityId })
    await sales.opportunities.edit({ id: opportunityId, version, values: { customerId: kept.id } })
    await sales.followUps.create({ customerId: kept.id, opportunityId, text: '留在这里' })
    await admin.customers.removeMany({ selection: { ids: [kept.id] } })
    await admin.customers.purgeMany({ selection: { ids: [kept.id] }, confirmCount: 1 })
    expect(raw().prepare('select text, opportunity_id from follow_up where customer_id = ?').all(customerId)).toEqual([
      { text: '会随客户走', opportunity_id: null },
    ])
  })
})
