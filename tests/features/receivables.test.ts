// What is owed by age: the report against a plain model of the same rules, its rows, the order's and the customer's own figures, rights.
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AGE_BUCKETS } from '../../src-shared/features/reports/ageing.ts'
import { AGE_GROUP_KEYS } from '../../src-shared/features/reports/keys.ts'
import type { AgeLine, ReceivablesAsked, ReceivablesCell } from '../../src-shared/features/reports/receivables.ts'
import { readOwed } from '../../src-main/features/reports/public.ts'
import { failureOf, type Office, openOffice, randomFrom } from '../support/factories.ts'

const ON = '2026-11-24'
const FAR = '2099-01-01'
let office: Office
const raw = () => office.running.backend.database.raw
const finance = () => office.as(office.finance)

type Plan = { dueOn: string; amountFen: number; isVoid: boolean }
/** Orders of two sellers with plans of all ages, some paid in part, some beside their plans, some called off. */
beforeAll(async () => {
  office = await openOffice()
  const random = randomFrom(20261124)
  const days = ['2026-07-01', '2026-09-10', '2026-10-10', '2026-11-20', ON, FAR]
  for (const who of [office.sales, office.colleague]) {
    const client = office.as(who)
    for (let n = 0; n < 6; n++) {
      const { id: customerId } = await client.customers.create({ name: `欠款户${n} ${who.name}` })
      for (let k = 0; k < 3; k++) {
        const priceFen = 1000 + random.below(90_000)
        const draft = await client.orders.create({
          name: `单${n}-${k}`,
          customerId,
          signedOn: random.pick(['2026-06-15', '2026-10-30']),
          lines: [{ name: '货', quantity: '1', priceFen }],
        })
        const plan = (): Plan => ({
          dueOn: random.pick(days),
          amountFen: 1 + random.below(Math.round(priceFen * 0.8)),
          isVoid: random.chance(0.1),
        })
        const early = random.chance(0.5)
        const order = random.chance(0.9) ? await client.orders.confirm({ id: draft.id, version: draft.version }) : draft
        const pay = () =>
          finance().payments.add({
            customerId,
            receivedOn: '2026-11-01',
            method: 'transfer',
            amountFen: 1 + random.below(priceFen),
            keepRest: true,
            allocations: [{ orderId: order.id, planId: null, amountFen: 1 }],
          })
        if (early && random.chance(0.5)) await pay()
        const { version } = await client.orders.get({ id: order.id })
        const plans = Array.from({ length: random.below(4) }, plan)
        await client.orders.setPlans({ id: order.id, version, plans: plans.map((one) => ({ ...one, note: null })) })
        if (random.chance(0.6))
          await finance().payments.add({
            customerId,
            receivedOn: '2026-11-02',
            method: 'cash',
            amountFen: Math.round(priceFen / 3),
            allocations: [{ orderId: order.id, planId: null, amountFen: Math.round(priceFen / 3) }],
          })
      }
    }
  }
})
afterAll(async () => {
  expect(office.running.faults).toEqual([])
  await office.close()
})

type Naive = { key: string | null; bucket: string; fen: number }
/** The same by hand: fen by fen, the oldest plans first. */
function naive(on: string): (Naive & { customer: string; owner: string; month: string })[] {
  const orders = raw()
    .prepare(
      `select id, customer_id, owner_id, due_fen, signed_on from sales_order where deleted_at is null and status in ('confirmed', 'delivered')`,
    )
    .all() as { id: string; customer_id: string; owner_id: string; due_fen: number; signed_on: string }[]
  return orders.flatMap(({ id, customer_id: customer, owner_id: owner, due_fen: due, signed_on: signed }) => {
    const plans = raw()
      .prepare(
        'select due_on, amount_fen - received_fen as open from payment_plan where order_id = ? and void = 0 order by due_on, position',
      )
      .all(id) as { due_on: string; open: number }[]
    let left = due
    const parts: (Naive & { customer: string; owner: string; month: string })[] = []
    for (const { due_on: day, open } of plans) {
      const fen = Math.min(left, open)
      left -= fen
      const late = Math.round((Date.parse(on) - Date.parse(day)) / 86_400_000)
      const bucket = late <= 0 ? 'notYet' : late <= 30 ? 'd30' : late <= 60 ? 'd60' : late <= 90 ? 'd90' : 'over90'
      if (fen > 0) parts.push({ key: null, bucket, fen, customer, owner, month: day.slice(0, 7) })
    }
    if (left > 0) parts.push({ key: null, bucket: 'unplanned', fen: left, customer, owner, month: signed.slice(0, 7) })
    return parts
  })
}
const sumsOf = (parts: readonly Naive[]) =>
  Object.fromEntries(
    AGE_BUCKETS.map((bucket) => {
      const ones = parts.filter((part) => part.bucket === bucket)
      return [bucket, { count: ones.length, amount: ones.reduce((sum, { fen }) => sum + fen, 0) }]
    }),
  )
const bucketsOf = (line: AgeLine) => Object.fromEntries(AGE_BUCKETS.map((bucket) => [bucket, line[bucket]]))
const read = (asked: Partial<ReceivablesAsked> = {}) => finance().reports.receivables({ asked: { on: ON, ...asked }, limit: 200 })
const rowsOf = (asked: Partial<ReceivablesAsked>, cell: ReceivablesCell) =>
  finance().reports.receivableRows({ asked: { on: ON, ...asked }, cell, limit: 200 })

describe('receivables', () => {
  it('are what a plain model says on every day, in all and by group, and come to what the orders owe', async () => {
    const due = raw()
      .prepare(`select sum(due_fen) from sales_order where deleted_at is null and status in ('confirmed', 'delivered')`)
      .pluck()
      .get()
    for (const on of ['2026-01-01', '2026-09-30', ON, '2027-06-01']) {
      const { total } = await read({ on })
      expect(bucketsOf(total)).toEqual(sumsOf(naive(on)))
      expect(total.due.amount).toBe(due)
    }
    const model = naive(ON)
    for (const group of ['customer', 'owner', 'month'] as const) {
      const { groups, count } = await read({ group })
      const keys = [...new Set(model.map((part) => part[group]))]
      expect([count, groups.map(({ key }) => key).toSorted()]).toEqual([keys.length, keys.toSorted()])
      for (const line of groups) expect(bucketsOf(line)).toEqual(sumsOf(model.filter((part) => part[group] === line.key)))
    }
    const { groups, total } = await read({ group: 'department' })
    const [region] = groups
    expect(region).toMatchObject({ name: '华东区', depth: 0, due: total.due })
    expect(groups.filter(({ depth }) => depth === 1).reduce((sum, { due: own }) => sum + own.amount, 0)).toBe(total.due.amount)
  })

  it('open exactly the rows that each number counts, with its sum', async () => {
    for (const group of AGE_GROUP_KEYS) {
      const { groups } = await read({ group })
      for (const line of groups.slice(0, 4))
        for (const age of [...AGE_BUCKETS, 'late'] as const) {
          const { rows, count, amount } = await rowsOf({ group }, { age, group: line.key })
          expect({ count, amount }).toEqual(line[age])
          expect(rows.reduce((sum, { amountFen }) => sum + amountFen, 0)).toBe(amount)
        }
    }
    const { rows, count, amount } = await rowsOf({}, {})
    expect({ count, amount }).toEqual((await read()).total.due)
    for (const row of rows) expect(row.planId === null).toBe(row.dueOn === null)
  })

  it('agree to the fen with the strip of the customer and the overdue amounts of his orders', async () => {
    const today = raw().prepare('select kezhan_today()').pluck().get() as string
    const { groups } = await read({ on: today, group: 'customer' })
    for (const { key, due, late } of groups) {
      const money = await finance().orders.moneyOf({ customerId: key as never })
      expect([money.dueFen, money.overdueFen]).toEqual([due.amount, late.amount])
      const orders = await finance().orders.ofCustomer({ customerId: key as never })
      const running = orders.filter(({ status }) => status === 'confirmed' || status === 'delivered')
      expect(running.reduce((sum, { overdueFen }) => sum + (overdueFen ?? 0), 0)).toBe(late.amount)
    }
  })

  it('leave as a workbook with a line of each group and one of all, for who may take orders out', async () => {
    const client = finance()
    const { groups, total } = await read({ group: 'customer' })
    const done = await client.exports.receivables({ asked: { on: ON, group: 'customer' } })
    expect(done).toMatchObject({ rows: groups.length + 1, refused: 0, fileName: `应收账款-${ON}.xlsx` })
    const book = new ExcelJS.Workbook()
    await book.xlsx.load(await (await client.exports.download({ id: done.id })).arrayBuffer())
    const sheet = book.worksheets[0]
    const cells = (n: number) => [1, 2, 9].map((column) => sheet?.getRow(n).getCell(column).value)
    expect(cells(1)).toEqual(['客户', '应收合计', '逾期合计'])
    const [first] = groups
    expect(cells(2)).toEqual([first?.name, (first?.due.amount ?? 0) / 100, (first?.late.amount ?? 0) / 100])
    expect(cells(groups.length + 2)).toEqual(['合计', total.due.amount / 100, total.late.amount / 100])
    expect((await failureOf(office.as(office.viewer).exports.receivables({ asked: { on: ON } }))).code).toBe('FORBIDDEN')
  })

  it('are of the orders one sees, of whom is asked for, and of nobody for who may not see what is owed', async () => {
    const mine = await office.as(office.sales).reports.receivables({ asked: { on: ON, group: 'owner' } })
    expect(mine.groups.map(({ key }) => key)).toEqual([office.sales.employeeId])
    const whose = [office.sales.employeeId ?? '']
    expect((await read({ whose })).total).toEqual(mine.total)
    const told = await readOwed(office.running.backend, office.admin, { on: ON, group: 'customer' })
    expect(told.total).toEqual((await read()).total)
    expect(told.groups).toHaveLength(told.count)
    const blind = { ...office.finance, fieldRights: { 'order.dueFen': 'hidden' as const } }
    expect((await failureOf(office.as(blind).reports.receivables({ asked: { on: ON } }))).code).toBe('FORBIDDEN')
  })
})
