// The team of a customer: who is added sees what hangs on him and, with the right, edits it; nobody else.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '../support/backend.ts'
import { addPerson, failureOf, type Office, openOffice } from '../support/factories.ts'
import { connectOver, wires } from '../support/wires.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(async () => {
  expect(office.running.faults).toEqual([])
  await office.close()
})

describe.each(wires)('the team over %s', (name) => {
  const connect = connectOver(name, () => office)
  const mark = '甲乙丙'.charAt(wires.indexOf(name))
  let sales: Client
  let colleague: Client
  let manager: Client
  beforeAll(async () => {
    sales = await connect(office.sales)
    colleague = await connect(office.colleague)
    manager = await connect(office.manager)
  })
  const helper = () => String(office.colleague.employeeId)
  const customer = async (text = '要协作的客户') => (await sales.customers.create({ name: text })).id
  const code = async (call: Promise<unknown>) => {
    const { code: is, data } = await failureOf(call)
    return data['reason'] ?? is
  }

  it('a collaborator with read sees the customer and what hangs on him in every list, and edits nothing', async () => {
    const customerId = await customer(`协作只读${mark}公司`)
    const contact = await sales.contacts.create({ customerId, name: `协作人联系${mark}` })
    expect(await code(colleague.customers.get({ id: customerId }))).toBe('NOT_FOUND')
    const team = await sales.members.add({ customerId, employeeIds: [helper()], access: 'read' })
    expect(team).toMatchObject({ mayManage: true, rows: [{ name: '李婷', access: 'read', addedByName: '王海峰', left: false }] })
    expect(await colleague.customers.get({ id: customerId })).toMatchObject({ name: `协作只读${mark}公司` })
    expect((await colleague.customers.list({ search: `协作只读${mark}` })).rows.map(({ id }) => id)).toEqual([customerId])
    expect((await colleague.customers.list({ limit: 200 })).rows.map(({ id }) => id)).toContain(customerId)
    expect((await colleague.contacts.list({ limit: 200 })).rows.map(({ id }) => id)).toContain(contact.id)
    expect((await colleague.search.records({ text: `协作人联系${mark}` })).hits.map(({ id }) => id)).toEqual([contact.id])
    expect((await colleague.members.list({ customerId })).mayManage).toBe(false)
    const { version, may } = await colleague.customers.get({ id: customerId })
    // He may say what happened; the page offers nothing of what would be refused.
    expect(may).toEqual({ edit: false, remove: false, transfer: false, release: false, say: true })
    // The lists say so before anybody types.
    const marked = async (who: Client) => (await who.customers.list({ search: `协作只读${mark}` })).rows.map((row) => row.mayEdit)
    expect([await marked(colleague), await marked(sales), await marked(manager)]).toEqual([[false], [undefined], [undefined]])
    const line = (await colleague.contacts.list({ limit: 200 })).rows.find(({ id }) => id === contact.id)
    expect(line?.mayEdit).toBe(false)
    expect((await sales.customers.get({ id: customerId })).may).toEqual({
      edit: true,
      remove: true,
      transfer: false,
      release: true,
      say: true,
    })
    expect(await code(colleague.customers.edit({ id: customerId, version, values: { level: 'A' } }))).toBe('FORBIDDEN')
    expect(await code(colleague.contacts.create({ customerId, name: '不行' }))).toBe('FORBIDDEN')
  })

  it('with edit he changes the customer, but gives, deletes and shares him with nobody', async () => {
    const customerId = await customer()
    await sales.members.add({ customerId, employeeIds: [helper()], access: 'edit' })
    const { version } = await colleague.customers.get({ id: customerId })
    expect(await colleague.customers.edit({ id: customerId, version, values: { level: 'A' } })).toMatchObject({ level: 'A' })
    expect((await colleague.contacts.create({ customerId, name: '新联系人' })).name).toBe('新联系人')
    expect((await colleague.customers.removeMany({ selection: { ids: [customerId] } })).refused).toBe(1)
    const service = String(office.service.employeeId)
    expect(await code(colleague.members.add({ customerId, employeeIds: [service], access: 'read' }))).toBe('notYours')
    const { entries } = await colleague.history.recent({ mine: true, limit: 50 })
    const edited = entries.find(({ action, recordId }) => action === 'edited' && recordId === customerId)
    expect(await colleague.history.undo({ seq: edited?.seq ?? 0 })).toMatchObject({ reversed: 1, kept: 0 })
  })

  it('the owner sees everything under his customer, whoever wrote it', async () => {
    const customerId = await customer()
    await sales.members.add({ customerId, employeeIds: [helper()], access: 'edit' })
    const said = await colleague.followUps.create({ customerId, text: '同事写的' })
    const made = await colleague.contacts.create({ customerId, name: '同事加的' })
    expect((await sales.followUps.ofCustomer({ customerId })).rows.map(({ id }) => id)).toEqual([said.id])
    expect((await sales.contacts.ofCustomer({ customerId })).map(({ id }) => id)).toEqual([made.id])
    expect((await sales.customers.get({ id: customerId })).lastFollowUpAt).toBe(said.happenedAt)
    await sales.members.remove({ customerId, employeeId: helper() })
    expect((await sales.followUps.ofCustomer({ customerId })).rows).toHaveLength(1)
  })

  it('who is taken off sees nothing any more; undo brings him back', async () => {
    const customerId = await customer(`来去自如${mark}公司`)
    await sales.members.add({ customerId, employeeIds: [helper()], access: 'read' })
    await sales.members.remove({ customerId, employeeId: helper() })
    expect(await code(colleague.customers.get({ id: customerId }))).toBe('NOT_FOUND')
    expect((await colleague.customers.list({ search: `来去自如${mark}` })).rows).toEqual([])
    const { entries } = await sales.history.ofRecord({ entity: 'customer', id: customerId })
    expect(entries[0]).toMatchObject({ action: 'memberRemoved', undoable: true })
    expect(await sales.history.undo({ seq: entries[0]?.seq ?? 0 })).toMatchObject({ reversed: 1, kept: 0 })
    expect((await colleague.customers.list({ search: `来去自如${mark}` })).rows).toHaveLength(1)
  })

  it('the manager changes the team, the collaborator leaves it by himself, and each refusal says why', async () => {
    const customerId = await customer()
    const nobody = '01JJJJJJJJJJJJJJJJJJJJJJJJ'
    expect(await code(manager.members.change({ customerId, employeeId: helper(), access: 'edit' }))).toBe('notMember')
    await manager.members.add({ customerId, employeeIds: [helper()], access: 'read' })
    const changed = await manager.members.change({ customerId, employeeId: helper(), access: 'edit' })
    expect(changed.rows).toMatchObject([{ access: 'edit' }])
    expect(await code(sales.members.add({ customerId, employeeIds: [nobody], access: 'read' }))).toBe('employeeUnknown')
    const owner = String(office.sales.employeeId)
    expect(await code(sales.members.add({ customerId, employeeIds: [owner], access: 'read' }))).toBe('isOwner')
    expect((await colleague.members.remove({ customerId, employeeId: helper() })).rows).toEqual([])
    // Who left takes that back, and leaves again by taking that back.
    const lastSeq = () => office.running.backend.database.lastCommand().seq
    expect(await colleague.history.undo({ seq: lastSeq() })).toMatchObject({ kept: 0 })
    expect(await colleague.history.undo({ seq: lastSeq() })).toMatchObject({ kept: 0 })
    expect(await code(colleague.members.list({ customerId }))).toBe('NOT_FOUND')
    await sales.customers.removeMany({ selection: { ids: [customerId] } })
    expect(await code(sales.members.add({ customerId, employeeIds: [helper()], access: 'read' }))).toBe('deleted')
  })
})

it('who is added is told, once, and the same again changes nothing', async () => {
  const sales = office.as(office.sales)
  const { id: customerId } = await sales.customers.create({ name: '通知一次' })
  const { userId, employeeId } = await addPerson(office.running, { name: '新来的', roles: ['sales'] })
  await sales.members.add({ customerId, employeeIds: [employeeId], access: 'read' })
  const before = office.running.backend.database.lastCommand().seq
  await sales.members.add({ customerId, employeeIds: [employeeId], access: 'read' })
  expect(office.running.backend.database.lastCommand().seq).toBe(before)
  const told = office.running.backend.database.raw
    .prepare('select kind, record_id as recordId from notification where employee_id = ?')
    .all(employeeId)
  expect([told, userId.length]).toEqual([[{ kind: 'addedToTeam', recordId: customerId }], 26])
})

describe('the team of an opportunity', () => {
  it('sees it and no more, edits it with the right, is told, and goes again', async () => {
    const [sales, colleague] = [office.as(office.sales), office.as(office.colleague)]
    const employeeIds = [String(office.colleague.employeeId)]
    const [employeeId = ''] = employeeIds
    const { id: customerId } = await sales.customers.create({ name: '协作商机的客户' })
    const { id: opportunityId } = await sales.opportunities.create({ name: '协作商机', customerId })
    const of = { opportunityId }
    const code = (call: Promise<unknown>) => failureOf(call).then(({ code: is, data }) => data['reason'] ?? is)
    const sees = async () =>
      Promise.all([
        colleague.opportunities.list({ limit: 200 }).then(({ rows }) => rows.some(({ id }) => id === opportunityId)),
        colleague.search.records({ text: '协作商机' }).then(({ hits }) => hits.some(({ id }) => id === opportunityId)),
        colleague.opportunities.get({ id: opportunityId }).then(
          ({ may }) => may?.edit ?? false,
          () => null,
        ),
      ])
    expect(await sees()).toEqual([false, false, null])
    expect(await sales.members.addToDeal({ ...of, employeeIds, access: 'read' })).toMatchObject({
      mayManage: true,
      rows: [{ employeeId, access: 'read' }],
    })
    expect(await sees()).toEqual([true, true, false])
    expect(await code(colleague.customers.get({ id: customerId }))).toBe('NOT_FOUND')
    const told = (await colleague.notifications.list({})).rows.find(({ recordId }) => recordId === opportunityId)
    expect(told).toMatchObject({ kind: 'addedToTeam', entity: 'opportunity', title: '协作商机' })
    expect(await code(colleague.members.addToDeal({ ...of, employeeIds, access: 'edit' }))).toBe('notYours')
    await sales.members.changeInDeal({ ...of, employeeId, access: 'edit' })
    expect(await sees()).toEqual([true, true, true])
    const { version } = await colleague.opportunities.get({ id: opportunityId })
    await colleague.opportunities.edit({ id: opportunityId, version, values: { nextStep: '我去一趟' } })
    expect(await code(sales.members.addToDeal({ ...of, employeeIds: [String(office.sales.employeeId)], access: 'read' }))).toBe(
      'isOwner',
    )
    const before = await sales.members.listOfDeal(of)
    await colleague.members.removeFromDeal({ ...of, employeeId })
    expect(await sees()).toEqual([false, false, null])
    // Who left finds the place again that he gave up.
    const seq = office.running.backend.database.raw.prepare('select max(seq) from command').pluck().get() as number
    await colleague.history.undo({ seq })
    expect(await sales.members.listOfDeal(of)).toEqual(before)
    await sales.members.removeFromDeal({ ...of, employeeId })
    await sales.history.undo({ seq: seq + 2 })
    expect(await sales.members.listOfDeal(of)).toEqual(before)
  })
})
