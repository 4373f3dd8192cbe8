// Targets over all three wires: a grid set as a block, refused as a whole, taken back; attainment of what was won, and who sees it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Aim } from '../../src-shared/features/targets/model.ts'
import type { Client } from '../support/backend.ts'
import { addPerson, actorOf, failureOf, type Office, openOffice } from '../support/factories.ts'
import { connectOver, wires } from '../support/wires.ts'

let office: Office
let departments: Map<string, string>
beforeAll(async () => {
  office = await openOffice()
  const rows = office.running.backend.database.raw.prepare('select name, id from department').raw().all() as [string, string][]
  departments = new Map(rows)
})
afterAll(async () => {
  expect(office.running.faults).toEqual([])
  await office.close()
})

const employee = (id: string | null): Aim => ({ of: 'employee', id: id ?? '' })
const department = (name: string): Aim => ({ of: 'department', id: departments.get(name) ?? '' })
const stored = () =>
  JSON.stringify(
    office.running.backend.database.raw
      .prepare('select kind, period, employee_id, department_id, amount from target order by id')
      .all(),
  )
const codeOf = async (call: Promise<unknown>) => (await failureOf(call)).code

/** Won by somebody on the day of the clock. */
async function win(client: Client, name: string, amount: number): Promise<void> {
  const row = await client.opportunities.create({ name, amount })
  const [pipeline] = await client.pipelines.list({})
  const stage = pipeline?.stages.find(({ kind }) => kind === 'won')
  await client.opportunities.move({ id: row.id, version: row.version, stageId: stage?.id as never })
}

describe.each(wires)('targets over %s', (name) => {
  const connect = connectOver(name, () => office)
  let admin: Client
  let manager: Client
  let sales: Client
  beforeAll(async () => {
    admin = await connect(office.admin)
    manager = await connect(office.manager)
    sales = await connect(office.sales)
  })

  it('are set as a block, changed, and taken away; an undo brings the block back', async () => {
    const me = employee(office.sales.employeeId)
    const cells = [
      { period: '2026-11', aim: me, amount: 100_000 },
      { period: '2026-12', aim: me, amount: 200_000 },
      { period: '2026-Q4', aim: department('杭州组'), amount: 900_000 },
    ]
    expect(await manager.targets.set({ cells })).toEqual({ changed: 3 })
    expect(await manager.targets.set({ cells })).toEqual({ changed: 0 })
    const grid = await manager.targets.grid({ year: 2026 })
    expect(grid.targets.map(({ period, aim, amount }) => ({ period, aim, amount }))).toEqual(expect.arrayContaining(cells))
    const before = stored()
    expect(
      await manager.targets.set({
        cells: [
          { ...cells[0]!, amount: 150_000 },
          { ...cells[1]!, amount: null },
        ],
      }),
    ).toEqual({ changed: 2 })
    const seq = office.running.backend.database.raw.prepare('select max(seq) from command').pluck().get() as number
    await manager.history.undo({ seq })
    expect(stored()).toBe(before)
    await admin.targets.set({ cells: cells.map((cell) => ({ ...cell, amount: null })) })
    expect(stored()).toBe('[]')
  })

  it('are refused as a whole when one is out of reach, or of nobody', async () => {
    const good = { period: '2026-11', aim: employee(office.sales.employeeId), amount: 1 }
    const before = stored()
    expect(await codeOf(sales.targets.set({ cells: [good] }))).toBe('FORBIDDEN')
    expect(await codeOf(manager.targets.set({ cells: [good, { ...good, aim: employee(office.admin.employeeId) }] }))).toBe(
      'FORBIDDEN',
    )
    const nobody = { ...good, aim: employee('01ARZ3NDEKTSV4RRFFQ69G5FAV') }
    expect(await failureOf(admin.targets.set({ cells: [good, nobody] }))).toMatchObject({
      code: 'REFUSED',
      data: { reason: 'aimUnknown' },
    })
    expect(await codeOf(admin.targets.set({ cells: [{ ...good, period: '2026-13' }] }))).toBe('BAD_REQUEST')
    expect(stored()).toBe(before)
  })

  it('show everybody those of his reach, departments before their people', async () => {
    const shape = async (client: Client) =>
      (await client.targets.grid({ year: 2026 })).aims.map(({ name: who, depth, mayEdit }) => [who, depth, mayEdit])
    expect(await shape(sales)).toEqual([['王海峰', 0, false]])
    const managed = await shape(manager)
    expect(managed.slice(0, 2).map(([who]) => who)).toContain('华东区')
    expect(managed.findIndex(([who]) => who === '杭州组')).toBeLessThan(managed.findIndex(([who]) => who === '王海峰'))
    expect(managed.every(([, , mayEdit]) => mayEdit)).toBe(true)
    expect(await codeOf((await connect(office.service)).targets.grid({ year: 2026 }))).toBe('FORBIDDEN')
  })
})

describe('attainment', () => {
  it('is what was won by the day of closing; people are ranked, departments hold those below', async () => {
    const [manager, sales, colleague] = [office.manager, office.sales, office.colleague].map(office.as) as [
      Client,
      Client,
      Client,
    ]
    await win(sales, '赢得一', 30_000)
    await win(sales, '赢得二', 31_000)
    await win(colleague, '赢得三', 90_000)
    await sales.opportunities.create({ name: '还没赢', amount: 7_000_000 })
    await manager.targets.set({
      cells: [
        { period: '2026-11', aim: employee(office.sales.employeeId), amount: 60_000 },
        { period: '2026-11', aim: employee(office.colleague.employeeId), amount: 180_000 },
        { period: '2026', aim: department('华东区'), amount: 300_000 },
      ],
    })
    const month = await manager.targets.attainment({ period: '2026-11' })
    expect(month).toMatchObject({ from: '2026-11-01', to: '2026-11-30', elapsed: 0.633333 })
    expect(month.people).toMatchObject([
      { name: '王海峰', target: 60_000, achieved: 61_000, count: 2, attainment: 1.016667, rank: 1 },
      { name: '李婷', target: 180_000, achieved: 90_000, attainment: 0.5, rank: 2 },
    ])
    expect(month.departments).toEqual([])
    const year = await manager.targets.attainment({ period: '2026' })
    expect(year.departments).toMatchObject([
      { name: '华东区', target: 300_000, achieved: 151_000, count: 3, attainment: 0.503333 },
    ])
    expect(year.people[0]).toMatchObject({ target: 60_000, achieved: 61_000 })
    expect((await sales.targets.attainment({ period: '2026-11' })).people).toMatchObject([{ name: '王海峰', rank: 1 }])
    expect((await manager.targets.attainment({ period: '2026-10' })).people).toEqual([])
    const forecast = await manager.reports.forecast({ from: '2026-11-01', to: '2026-12-31' })
    expect(forecast.months.map(({ target, won }) => [target, won.amount])).toEqual([
      [240_000, 151_000],
      [null, 0],
    ])
  })

  it('counts contracts by their day of signing and money as it came and went back, for whom one looks at; every number opens its rows', async () => {
    const [manager, admin] = [office.as(office.manager), office.as(office.admin)]
    const sales = office.as(office.sales)
    const customer = await sales.customers.create({ name: '目标客户' })
    const order = await sales.orders.create({
      name: '目标订单',
      customerId: customer.id,
      lines: [{ name: '服务', quantity: '1', priceFen: 50_000 }],
    })
    await sales.orders.confirm({ id: order.id, version: order.version, signedOn: '2026-11-02' })
    await sales.orders.create({ name: '没签', customerId: customer.id, lines: [{ name: '服务', quantity: '1', priceFen: 900 }] })
    const paid = await admin.payments.add({
      customerId: customer.id,
      receivedOn: '2026-11-05',
      method: 'transfer',
      amountFen: 30_000,
      allocations: [{ orderId: order.id, planId: null, amountFen: 20_000 }],
      keepRest: true,
    })
    await admin.payments.refund({
      paymentId: paid.id,
      receivedOn: '2026-11-06',
      method: 'transfer',
      amountFen: 5_000,
      orderId: order.id,
    })
    const me = employee(office.sales.employeeId)
    const whole = department('华东区')
    const period = '2026-11'
    for (const [kind, amount] of [
      ['contract', 100_000],
      ['received', 10_000],
    ] as const)
      await manager.targets.set({
        kind,
        cells: [
          { period, aim: me, amount },
          { period, aim: whole, amount: amount * 5 },
        ],
      })
    const contract = await manager.targets.attainment({ period, kind: 'contract' })
    expect(contract.people).toMatchObject([{ name: '王海峰', target: 100_000, achieved: 50_000, count: 1, attainment: 0.5 }])
    // The manager sees exactly the region, so its own target stands for all of them.
    expect(contract.together).toEqual({ target: 500_000, achieved: 50_000, count: 1, attainment: 0.1 })
    const received = await manager.targets.attainment({ period, kind: 'received', whose: [office.sales.employeeId ?? ''] })
    expect(received).toMatchObject({ together: { target: 10_000, achieved: 15_000, count: 2 }, departments: [] })
    const other = await manager.targets.attainment({ period, kind: 'received', whose: [office.colleague.employeeId ?? ''] })
    expect(other).toMatchObject({ people: [], together: { target: null, achieved: 0, count: 0, attainment: null } })

    const rows = await manager.targets.reached({ period, kind: 'received', aim: me })
    expect(rows).toMatchObject({ count: 2, amount: 15_000, hasMore: false })
    expect(rows.rows.map(({ entity, id, amount, on }) => [entity, id, amount, on])).toEqual([
      ['order', order.id, 20_000, '2026-11-05'],
      ['order', order.id, -5_000, '2026-11-06'],
    ])
    for (const kind of ['won', 'contract', 'received'] as const) {
      const { people, together } = await manager.targets.attainment({ period, kind })
      const all = await manager.targets.reached({ period, kind })
      expect([all.count, all.amount]).toEqual([together.count, together.achieved])
      for (const { aim, count, achieved } of people) {
        const own = await manager.targets.reached({ period, kind, aim })
        expect([own.count, own.amount]).toEqual([count, achieved])
      }
    }
    // Money is for who may see payments; a colleague out of reach is no number at all.
    const { userId } = await addPerson(office.running, {
      name: '不看回款',
      roles: [{ permissions: { 'targets.read': 'all', 'orders.read': 'all' } }],
    })
    expect(await codeOf(office.as(actorOf(office.running, userId)).targets.attainment({ period, kind: 'received' }))).toBe(
      'FORBIDDEN',
    )
    expect(await codeOf(sales.targets.reached({ period, kind: 'won', aim: employee(office.colleague.employeeId) }))).toBe(
      'FORBIDDEN',
    )
  })

  it('never shows less than somebody won: who cannot see all of it does not see him', async () => {
    const { userId } = await addPerson(office.running, {
      name: '只看目标',
      roles: [{ permissions: { 'targets.read': 'all', 'opportunities.read': 'own' } }],
    })
    const client = office.as(actorOf(office.running, userId))
    expect((await client.targets.attainment({ period: '2026-11' })).people).toEqual([])
    const hidden = await addPerson(office.running, {
      name: '不看金额',
      roles: [
        { permissions: { 'targets.read': 'all', 'opportunities.read': 'all' }, fieldRights: { 'opportunity.amount': 'hidden' } },
      ],
    })
    expect(await codeOf(office.as(actorOf(office.running, hidden.userId)).targets.attainment({ period: '2026-11' }))).toBe(
      'FORBIDDEN',
    )
  })

  it('goes with a department that is removed, and comes back with it', async () => {
    const admin = office.as(office.admin)
    const made = await admin.people.createDepartment({ name: '临时组', parentId: null })
    await admin.targets.set({ cells: [{ period: '2026-11', aim: { of: 'department', id: made.id }, amount: 5 }] })
    const before = stored()
    await admin.people.removeDepartment({ id: made.id })
    expect(stored()).not.toBe(before)
    const seq = office.running.backend.database.raw.prepare('select max(seq) from command').pluck().get() as number
    await admin.history.undo({ seq })
    expect(stored()).toBe(before)
  })

  it('are taken back by who may set them: neither of whom, nor of which department, he reaches no more', async () => {
    const { userId } = await addPerson(office.running, {
      name: '区外',
      departmentId: departments.get('杭州组') ?? null,
      roles: [{ permissions: { 'targets.manage': 'below', 'targets.read': 'below', 'history.readAll': 'all' } }],
    })
    const admin = office.as(office.admin)
    const outside = office.as(actorOf(office.running, userId))
    const seqOf = () => office.running.backend.database.raw.prepare('select max(seq) from command').pluck().get() as number
    const empty = stored()
    for (const aim of [department('华东区'), employee(office.admin.employeeId)]) {
      await admin.targets.set({ cells: [{ period: '2026', aim, amount: 7 }] })
      const [before, seq] = [stored(), seqOf()]
      expect(await outside.history.undo({ seq })).toMatchObject({ reversed: 0, kept: 1, details: [{ why: 'noRight' }] })
      expect(stored()).toBe(before)
      await admin.history.undo({ seq })
    }
    await admin.targets.set({ cells: [{ period: '2026', aim: department('杭州组'), amount: 7 }] })
    expect(await outside.history.undo({ seq: seqOf() })).toMatchObject({ reversed: 1, kept: 0 })
    expect(stored()).toBe(empty)
  })
})
