// Who has given notice works until his last day, and is gone from it on, in the zone of the company: said by one rule everywhere.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Client } from '../support/backend.ts'
import { actorOf, addPerson, bySystem, failureOf, type Office, openOffice } from '../support/factories.ts'
import { bring, csvFile, rowsOf } from './importFixtures.ts'

let office: Office
let admin: Client
let leaver: { userId: string; employeeId: string }
beforeAll(async () => {
  office = await openOffice()
  admin = office.as(office.admin)
  leaver = await addPerson(office.running, { name: '辞有期', roles: ['sales'] })
  await leavesOn('2026-12-31')
})
afterAll(async () => {
  expect(office.running.faults).toEqual([])
  await office.close()
})

const leavesOn = (day: string) =>
  bySystem(office.running, ({ tx }) =>
    tx.updateTable('employee').set({ leftOn: day }).where('id', '=', leaver.employeeId).execute(),
  )
const reasonOf = async (call: Promise<unknown>) => (await failureOf(call)).data['reason']

it('until then he is given customers, opportunities, staff and words, by hand, by cells and by files', async () => {
  const own = office.as(actorOf(office.running, leaver.userId))
  const ownerId = leaver.employeeId
  const made = await own.customers.create({ name: '走前新建' })
  expect(made.ownerId).toBe(ownerId)
  const other = await admin.customers.create({ name: '走前转给他', ownerId: null })
  expect((await admin.customers.edit({ id: other.id, version: other.version, values: { ownerId } })).ownerId).toBe(ownerId)
  expect((await own.opportunities.create({ name: '走前的商机' })).ownerId).toBe(ownerId)
  const cells = { fields: ['name', 'ownerId'], rows: [], news: [['走前粘贴', '辞有期']] }
  expect(await admin.customers.editCells(cells)).toMatchObject({ created: 1 })
  await bring(
    office.running,
    office.admin,
    csvFile([
      ['公司', '负责人'],
      ['走前导入有限公司', '辞有期'],
    ]),
  )
  expect(rowsOf(office.running, "select owner_id as id from customer where name in ('走前粘贴', '走前导入有限公司')")).toEqual([
    { id: ownerId },
    { id: ownerId },
  ])
  const [department] = await admin.people.departments({})
  expect(
    (await admin.people.createEmployee({ name: '他的人', managerId: ownerId, departmentId: department?.id } as never)).managerId,
  ).toBe(ownerId)
})

it('from his last day on he is not, as the days of the company go', async () => {
  await leavesOn('2026-11-20')
  // 23:30 of the nineteenth in Shanghai is 15:30 in Greenwich; an hour later the twentieth has begun in Shanghai alone.
  office.running.clock.set('2026-11-19T15:30:00.000Z')
  const ownerId = leaver.employeeId
  const row = await admin.customers.create({ name: '说到他' })
  const say = () => admin.followUps.create({ customerId: row.id, text: '问他', mentions: [ownerId] })
  await say()
  office.running.clock.set('2026-11-19T16:30:00.000Z')
  expect(await reasonOf(say())).toBe('mentionUnknown')
  expect(await reasonOf(admin.customers.create({ name: '走后新建', ownerId }))).toBe('ownerLeft')
  expect(await reasonOf(admin.members.add({ customerId: row.id, employeeIds: [ownerId], access: 'edit' }))).toBe('employeeLeft')
  expect(await reasonOf(admin.people.createEmployee({ name: '没有头的人', managerId: ownerId } as never))).toBe('managerUnknown')
})

it('a last day to come is entered while he holds customers; on the day itself they are asked for first', async () => {
  const going = await addPerson(office.running, { name: '预告离职', roles: ['sales'] })
  const { id } = await office.as(actorOf(office.running, going.userId)).customers.create({ name: '还在他名下' })
  const read = async () => (await admin.people.employees({ includeLeft: true })).find((one) => one.id === going.employeeId)
  const set = async (leftOn: string | null) => {
    const row = await read()
    return admin.people.editEmployee({ id: row?.id as never, version: row?.version ?? 0, values: { leftOn } })
  }
  expect(await reasonOf(set('2026-11-20'))).toBe('ownsCustomers')
  expect(await set('2026-12-31')).toMatchObject({ leftOn: '2026-12-31', toHandOver: 1 })
  expect(await reasonOf(set('2026-11-20'))).toBe('ownsCustomers')
  const { version } = await admin.customers.get({ id })
  await admin.customers.edit({ id, version, values: { ownerId: null } })
  expect(await set('2026-11-20')).toMatchObject({ leftOn: '2026-11-20', toHandOver: 0 })
})
