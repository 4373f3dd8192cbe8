// Somebody leaves: what he owned goes to named successors in one step that one undo takes back.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tableDigests, wholeDigest } from '../../src-main/kernel/digest.ts'
import { referencesTo } from '../../src-main/kernel/references.ts'
import type { Plan } from '../../src-shared/features/handover/model.ts'
import type { Client } from '../support/backend.ts'
import { addDepartment, addPerson, bySystem, failureOf, type Office, openOffice } from '../support/factories.ts'

let office: Office
let admin: Client
beforeEach(async () => {
  office = await openOffice()
  admin = office.as(office.admin)
})
afterEach(() => office.close())

const TODAY = '2026-11-19'
const id = (value: string | null): never => value as never
const raw = () => office.running.backend.database.raw
const digest = (): string => wholeDigest(tableDigests(raw()))
const ownersOf = (): (string | null)[] =>
  raw().prepare('select owner_id from customer order by id').pluck().all() as (string | null)[]
const plan = (more: Partial<Plan> = {}): Plan => ({
  employeeId: id(office.sales.employeeId),
  customers: null,
  departmentsTo: null,
  reportsTo: null,
  opportunitiesTo: null,
  quotesTo: null,
  ordersTo: null,
  leadsTo: null,
  teamsTo: null,
  poolsTo: null,
  viewsTo: null,
  ...more,
})
const colleague = () => id(office.colleague.employeeId)
const manager = () => id(office.manager.employeeId)
const takeBack = async (batchId: string) => {
  let before: number | undefined
  for (let remaining = 1; remaining > 0; ) {
    const part = await admin.history.undoBatch({ batchId, ...(before === undefined ? {} : { before }) })
    expect(part).toMatchObject({ kept: 0, failed: 0 })
    remaining = part.remaining
    before = part.before ?? undefined
  }
}

async function own(n: number): Promise<void> {
  const sales = office.as(office.sales)
  for (let k = 0; k < n; k++)
    await sales.customers.create({
      name: `客户 ${k}`,
      level: (['A', 'B', null] as const)[k % 3] ?? null,
      province: k % 2 === 0 ? '浙江省' : null,
    })
}

describe('handing over', () => {
  it('passes on all of it, closes the account, and comes back with one undo', async () => {
    await own(7)
    await bySystem(office.running, async ({ tx, newId, now }) => {
      const at = now()
      const department = await tx.selectFrom('department').select('id').where('name', '=', '杭州组').executeTakeFirstOrThrow()
      await tx.updateTable('department').set({ managerId: office.sales.employeeId }).where('id', '=', department.id).execute()
      await tx
        .updateTable('employment')
        .set({ managerId: office.sales.employeeId })
        .where('employeeId', '=', office.viewer.employeeId ?? '')
        .execute()
      const pool = newId()
      await tx
        .insertInto('pool')
        .values({ id: pool, name: '华东公海', nameKey: '华东公海', createdAt: at, updatedAt: at })
        .execute()
      await tx
        .insertInto('poolMember')
        .values({ id: newId(), poolId: pool, employeeId: office.sales.employeeId, manages: 1, createdAt: at })
        .execute()
      await tx
        .insertInto('poolMember')
        .values({ id: newId(), poolId: pool, employeeId: office.colleague.employeeId, manages: 0, createdAt: at })
        .execute()
      for (const [name, everyone] of [
        ['大家的', true],
        ['自己的', false],
      ] as const)
        await tx
          .insertInto('listView')
          .values({
            id: newId(),
            entity: 'customer',
            kind: 'table',
            name,
            ownerId: office.sales.userId,
            definition: '{}',
            audience: JSON.stringify({ everyone, departments: [], roles: [], people: [] }),
            createdAt: at,
            updatedAt: at,
          })
          .execute()
    })
    const theirs = await office.as(office.manager).customers.create({ name: '主管的客户', ownerId: office.manager.employeeId })
    await admin.members.add({ customerId: theirs.id, employeeIds: [id(office.sales.employeeId)], access: 'edit' })

    await office.as(office.sales).opportunities.create({ name: '他的商机' })
    await office.as(office.sales).quotes.create({ name: '他的报价' })
    const order = await office.as(office.sales).orders.create({ name: '他的订单', customerId: id(theirs.id) })
    await office.as(office.sales).leads.create({ name: '他的线索' })
    const look = await admin.handover.look({ employeeId: id(office.sales.employeeId) })
    expect(look).toMatchObject({
      customers: 7,
      departments: [{ name: '杭州组' }],
      reports: [{ name: '何看' }],
      opportunities: 1,
      quotes: 1,
      orders: 1,
      leads: 1,
      teams: 1,
      pools: [{ name: '华东公海', manages: true }],
      views: [{ name: '大家的' }],
      mayTransfer: true,
    })
    expect(look.byLevel).toContainEqual({ value: 'A', count: 3 })

    const before = digest()
    const all = plan({
      customers: { kind: 'one', to: colleague() },
      departmentsTo: manager(),
      reportsTo: manager(),
      opportunitiesTo: colleague(),
      quotesTo: colleague(),
      ordersTo: colleague(),
      leadsTo: colleague(),
      teamsTo: colleague(),
      poolsTo: colleague(),
      viewsTo: manager(),
    })
    const alike = { opportunities: 1, quotes: 1, orders: 1, leads: 1, teams: 1, pools: 1 }
    expect((await admin.handover.preview(all)).map(({ name, customers, others }) => [name, customers, others])).toEqual([
      ['李婷', 7, alike],
      ['孙悦', 0, { departments: 1, reports: 1, views: 1 }],
    ])
    const done = await admin.handover.run({ plan: all, leftOn: TODAY })
    expect(done).toMatchObject({
      customers: 7,
      departments: 1,
      reports: 1,
      teams: 1,
      pools: 1,
      views: 1,
      opportunities: 1,
      quotes: 1,
      orders: 1,
      leads: 1,
    })
    // What commission reads of an order says from when on it was somebody else's.
    expect((await admin.orders.parts({ id: order.id })).revisions[0]).toMatchObject({
      was: { ownerId: office.sales.employeeId },
      became: { ownerId: office.colleague.employeeId },
    })
    expect(ownersOf().filter((owner) => owner === office.sales.employeeId)).toEqual([])
    expect(
      raw().prepare('select manages from pool_member where employee_id = ?').pluck().all(office.colleague.employeeId),
    ).toEqual([1])
    expect(raw().prepare('select employee_id from record_member').pluck().all()).toEqual([office.colleague.employeeId])
    expect(raw().prepare("select owner_id from list_view where name = '大家的'").pluck().get()).toBe(office.manager.userId)
    expect(raw().prepare("select owner_id from list_view where name = '自己的'").pluck().get()).toBe(office.sales.userId)
    const [gone] = (await admin.people.employees({ includeLeft: true })).filter((one) => one.id === office.sales.employeeId)
    expect(gone).toMatchObject({ leftOn: TODAY, disabled: true })
    expect((await admin.people.employees({ includeLeft: false })).find(({ name }) => name === '何看')?.managerId).toBe(manager())
    const told = async (client: Client) =>
      (await client.notifications.list({})).rows.map(({ kind, many, detail }) => [kind, many, detail['parts']])
    expect(await told(office.as(office.colleague))).toEqual([['handedOver', 13, { customers: 7, ...alike }]])
    expect(await told(office.as(office.manager))).toContainEqual(['handedOver', 3, { departments: 1, reports: 1, views: 1 }])

    await takeBack(done.batchId)
    expect(digest()).toBe(before)
  })

  it('shares by level, by province, or evenly, as the preview said', async () => {
    await own(7)
    const before = digest()
    const even = plan({ customers: { kind: 'even', to: [colleague(), manager()] } })
    expect((await admin.handover.preview(even)).map(({ name, customers }) => [name, customers])).toEqual([
      ['李婷', 4],
      ['孙悦', 3],
    ])
    const done = await admin.handover.run({ plan: even, leftOn: TODAY })
    expect(ownersOf().filter((owner) => owner === office.colleague.employeeId)).toHaveLength(4)
    await takeBack(done.batchId)
    const byLevel = plan({
      customers: {
        kind: 'by',
        field: 'level',
        map: [
          { value: 'A', to: manager() },
          { value: null, to: manager() },
        ],
        rest: colleague(),
      },
    })
    expect((await admin.handover.preview(byLevel)).map(({ name, customers }) => [name, customers])).toEqual([
      ['孙悦', 5],
      ['李婷', 2],
    ])
    const byProvince = plan({
      customers: { kind: 'by', field: 'province', map: [{ value: '浙江省', to: manager() }], rest: colleague() },
    })
    expect((await admin.handover.preview(byProvince)).map(({ customers }) => customers)).toEqual([4, 3])
    expect(digest()).toBe(before)
  })

  it('is a batch above the size of one transaction', async () => {
    await bySystem(office.running, async ({ tx, newId, now }) => {
      for (let k = 0; k < 350; k++)
        await tx
          .insertInto('customer')
          .values({ id: newId(), name: `批 ${k}`, ownerId: office.sales.employeeId, createdAt: now(), updatedAt: now() })
          .execute()
    })
    const before = digest()
    const done = await admin.handover.run({
      plan: plan({ customers: { kind: 'even', to: [colleague(), manager()] } }),
      leftOn: TODAY,
    })
    expect(done.customers).toBe(350)
    expect(raw().prepare('select count(*) from command where batch_id = ?').pluck().get(done.batchId)).toBe(5)
    await takeBack(done.batchId)
    expect(digest()).toBe(before)
  })

  it('a day to come leaves the account open until then', async () => {
    await admin.handover.run({ plan: plan(), leftOn: '2026-12-31' })
    const [leaver] = (await admin.people.employees({ includeLeft: true })).filter((one) => one.id === office.sales.employeeId)
    expect(leaver).toMatchObject({ leftOn: '2026-12-31', disabled: false })
  })
})

describe('bad input', () => {
  const reason = async (call: Promise<unknown>): Promise<unknown> => (await failureOf(call)).data['reason']
  const run = (more: Partial<Plan>, leftOn = TODAY) => admin.handover.run({ plan: plan(more), leftOn })

  it('nobody, somebody who left, the leaver himself, and customers that nobody gets', async () => {
    await own(2)
    const group = await addDepartment(office.running, '离职组')
    const former = await addPerson(office.running, { name: '老吴', departmentId: group, roles: ['sales'] })
    await admin.handover.run({ plan: plan({ employeeId: id(former.employeeId) }), leftOn: TODAY })
    const before = digest()
    expect(await reason(run({}))).toBe('customersLeft')
    expect(await reason(run({ customers: { kind: 'one', to: id(former.employeeId) } }))).toBe('successorLeft')
    expect(await reason(run({ customers: { kind: 'one', to: id('01AAAAAAAAAAAAAAAAAAAAAAAA') } }))).toBe('successorUnknown')
    expect(await reason(run({ customers: { kind: 'one', to: id(office.sales.employeeId) } }))).toBe('notToHimself')
    expect(await reason(run({ customers: { kind: 'one', to: colleague() }, reportsTo: id(former.employeeId) }))).toBe(
      'successorLeft',
    )
    const own_ = admin.handover.run({ plan: plan({ employeeId: id(office.admin.employeeId) }), leftOn: TODAY })
    expect(await reason(own_)).toBe('yourself')
    expect(digest()).toBe(before)
  })

  it('a holding limit is named before anything is written, and may be passed on purpose', async () => {
    await own(3)
    await bySystem(office.running, async ({ tx, newId, now }) => {
      const values = { id: newId(), employeeId: office.colleague.employeeId, most: 2, createdAt: now(), updatedAt: now() }
      await tx.insertInto('holdingLimit').values(values).execute()
    })
    const before = digest()
    const full = await failureOf(run({ customers: { kind: 'one', to: colleague() } }))
    expect(full.data).toMatchObject({ reason: 'holdingFull', detail: { names: '李婷 3/2' } })
    expect(digest()).toBe(before)
    const allowed = { plan: plan({ customers: { kind: 'one', to: colleague() } }), leftOn: TODAY, overLimit: true }
    expect((await admin.handover.run(allowed)).customers).toBe(3)
  })

  it('takes the right to manage people, and to pass on these customers', async () => {
    await own(1)
    const input = { plan: plan({ customers: { kind: 'one' as const, to: colleague() } }), leftOn: TODAY }
    expect((await failureOf(office.as(office.manager).handover.run(input))).code).toBe('FORBIDDEN')
    const { 'customers.transfer': _transfer, ...kept } = office.admin.permissions
    const holding = office.as({ ...office.admin, permissions: kept })
    expect(await failureOf(holding.handover.run(input))).toMatchObject({ data: { needs: 'customers.transfer' } })
    expect((await holding.handover.look({ employeeId: id(office.sales.employeeId) })).mayTransfer).toBe(false)
  })

  it('a repeated key answers as the first time', async () => {
    await own(3)
    const { clientAs } = await import('../support/backend.ts')
    const client = clientAs(office.running.backend, office.admin, () => 'same-key-for-both')
    const input = { plan: plan({ customers: { kind: 'one' as const, to: colleague() } }), leftOn: TODAY }
    const first = await client.handover.run(input)
    const end = digest()
    expect(await client.handover.run(input)).toEqual(first)
    expect(digest()).toBe(end)
  })
})

it('every way in which something hangs on an employee has been decided', async () => {
  const found = (await referencesTo(office.running.backend.database.read, 'employee')).flatMap(
    ({ table, column, entityColumn }) => (entityColumn === null ? [`${table}.${column}`] : []),
  )
  // Handed over: customers, opportunities, quotes, orders, leads, departments, reports, teams, pools. His own: account, employment, limit, targets. History, by name: who wrote, moved, was named, sold, took money, bought, moved goods, asked for approval or decided.
  // A step of a flow that names him falls to who stands above him.
  expect(found.toSorted()).toEqual(
    [
      'approval.applicant_id',
      'approval_decision.approver_id',
      'approval_decision.delegate_of',
      'approval_decision.passed_to',
      'approval_step.employee_id',
      'customer.owner_id',
      'department.manager_id',
      'employment.employee_id',
      'employment.manager_id',
      'file.author_id',
      'follow_up.author_id',
      'holding_limit.employee_id',
      'invoice.requester_id',
      'lead.owner_id',
      'lead_follow_up.author_id',
      'lead_move.by_employee_id',
      'lead_move.employee_id',
      'lead_move.from_employee_id',
      'lead_pool_member.employee_id',
      'mention.employee_id',
      'opportunity.owner_id',
      'opportunity_stage.by_employee_id',
      'order_person.employee_id',
      'payment.author_id',
      'pool_member.employee_id',
      'pool_move.employee_id',
      'purchase.author_id',
      'quote.owner_id',
      'record_member.employee_id',
      'refund_request.requester_id',
      'sales_order.owner_id',
      'stock_move.by_employee_id',
      'target.employee_id',
      'user_account.employee_id',
    ].toSorted(),
  )
})

describe('what lies in the recycle bin of a leaver', () => {
  it('goes with the rest, merged customers too, so that whatever comes back has somebody who is here', async () => {
    await own(4)
    const ids = raw().prepare('select id from customer order by id').pluck().all() as string[]
    const [binned = '', survivor = '', absorbed = ''] = ids
    await admin.customers.removeMany({ selection: { ids: [binned] } })
    const seen = async (one: string) => ({ id: id(one), version: (await admin.customers.get({ id: id(one) })).version })
    await admin.merges.merge({
      survivorId: id(survivor),
      customers: [await seen(survivor), await seen(absorbed)],
      choices: [],
      joins: [],
    })
    const before = digest()
    expect(await admin.handover.look({ employeeId: id(office.sales.employeeId) })).toMatchObject({ customers: 2, binned: 2 })
    const given = plan({ customers: { kind: 'one', to: colleague() } })
    const done = await admin.handover.run({ plan: given, leftOn: TODAY, overLimit: false })
    expect(done).toMatchObject({ customers: 2, binned: 2 })
    expect(new Set(ownersOf())).toEqual(new Set([office.colleague.employeeId]))
    // Only of those who are there is the successor told.
    const told = raw()
      .prepare("select many from notification where employee_id = ? and kind = 'handedOver'")
      .pluck()
      .all(office.colleague.employeeId)
    expect(told).toEqual([2])
    await takeBack(done.batchId)
    expect(digest()).toBe(before)
  })

  it('needs a successor when it is all that he has', async () => {
    await own(2)
    const ids = raw().prepare('select id from customer order by id').pluck().all() as string[]
    await admin.customers.removeMany({ selection: { ids } })
    expect((await failureOf(admin.handover.run({ plan: plan(), leftOn: TODAY, overLimit: false }))).data).toMatchObject({
      reason: 'customersLeft',
      detail: { n: 2 },
    })
  })
})
