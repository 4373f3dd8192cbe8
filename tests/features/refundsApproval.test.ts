// Money goes back when who has to has agreed: until then nothing moves; agreed to, the refund is that of who asked for it.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Client } from '../support/backend.ts'
import { failureOf, type Office, openOffice } from '../support/factories.ts'

let office: Office
let admin: Client
let manager: Client
let finance: Client
let sales: Client
beforeAll(async () => {
  office = await openOffice()
  admin = office.as(office.admin)
  manager = office.as(office.manager)
  finance = office.as(office.finance)
  sales = office.as(office.sales)
  await admin.approvals.createFlow({
    subject: 'refund',
    name: '大额退款',
    conditions: [{ kind: 'amountAtLeast', fen: 1_000_00 }],
    enabled: true,
    steps: [{ kind: 'employee', employeeId: office.manager.employeeId ?? '', mode: 'any' }],
  })
})
afterAll(async () => {
  expect(office.running.faults).toEqual([])
  await office.close()
})
const noOf = (call: Promise<unknown>) => failureOf(call).then(({ code, data }) => (code === 'REFUSED' ? data['reason'] : code))
const raw = () => office.running.backend.database.raw
const lastSeq = () => raw().prepare('select max(seq) from command').pluck().get() as number
const digest = () =>
  JSON.stringify(
    ['payment', 'payment_allocation', 'refund_request', 'approval', 'approval_decision', 'sales_order', 'payment_plan'].map(
      (table) =>
        (raw().prepare(`select * from ${table} order by id`).all() as Record<string, unknown>[]).map((row) =>
          Object.entries(row).filter(([column]) => column !== 'version' && column !== 'updated_at'),
        ),
    ),
  )

let made = 0
const paid = async (amountFen: number) => {
  const { id: customerId } = await sales.customers.create({ name: `退款客户${++made}` })
  const lines = [{ name: '设备', quantity: '1', priceFen: amountFen }]
  const draft = await sales.orders.create({ name: `订单${made}`, customerId, lines })
  const order = await sales.orders.confirm({ id: draft.id, version: draft.version })
  const payment = await finance.payments.add({
    customerId,
    amountFen,
    receivedOn: '2026-11-18',
    method: 'transfer',
    allocations: [{ orderId: order.id, amountFen }],
  })
  const back = (fen: number) => ({
    paymentId: payment.id,
    amountFen: fen,
    receivedOn: '2026-11-19',
    method: 'transfer' as const,
    note: '客户退货',
  })
  return { order, payment, back }
}
const waiting = async () => {
  const row = (await manager.approvals.list({ which: 'mine' })).rows.find(({ subject }) => subject === 'refund')
  if (!row) throw new Error('no refund waits')
  return { id: row.id, version: row.version }
}
const dueOf = async (id: string) => (await sales.orders.get({ id: id as never })).dueFen

it('below the threshold goes back at once, above it when it is agreed to', async () => {
  const { order, payment, back } = await paid(5_000_00)
  await finance.payments.refund(back(999_99))
  expect(await dueOf(order.id)).toBe(999_99)
  expect(await noOf(finance.payments.requestRefund(back(1_00)))).toBe('approvalNotNeeded')
  expect(await noOf(finance.payments.refund(back(1_000_00)))).toBe('approvalNeeded')
  expect(await noOf(finance.payments.requestRefund(back(4_000_02)))).toBe('aboveReceived')
  const before = digest()
  await finance.payments.requestRefund(back(2_000_00))
  expect(await dueOf(order.id)).toBe(999_99)
  expect((await finance.payments.parts({ id: payment.id })).requests).toMatchObject([{ amountFen: 2_000_00, note: '客户退货' }])
  expect(await noOf(finance.payments.requestRefund(back(1_500_00)))).toBe('refundPending')
  expect(await noOf(finance.payments.removeMany({ selection: { ids: [payment.id] } }))).toBe('hasRefunds')
  await finance.history.undo({ seq: lastSeq() })
  expect(digest()).toBe(before)

  await finance.payments.requestRefund(back(2_000_00))
  const asked = digest()
  const { status } = await manager.approvals.approve(await waiting())
  expect(status).toBe('approved')
  expect(await dueOf(order.id)).toBe(2_999_99)
  const { refunds, requests } = await finance.payments.parts({ id: payment.id })
  expect([refunds.map(({ amountFen }) => amountFen), requests]).toEqual([[999_99, 2_000_00], []])
  expect(raw().prepare('select author_id from payment where id = ?').pluck().get(refunds[1]?.id)).toBe(office.finance.employeeId)
  await manager.history.undo({ seq: lastSeq() })
  expect(digest()).toBe(asked)
  await manager.approvals.approve(await waiting())
})

it('that is refused or withdrawn moves nothing, and one whose money went elsewhere is not agreed to', async () => {
  const { payment, back } = await paid(3_000_00)
  await finance.payments.requestRefund(back(2_500_00))
  // Meanwhile smaller sums went back.
  await finance.payments.refund(back(900_00))
  expect(await noOf(manager.approvals.approve(await waiting()))).toBe('subjectGone')
  const [request] = (await finance.approvals.list({ which: 'started' })).rows
  await finance.approvals.withdraw({ id: request?.id as never, version: request?.version ?? 0 })
  await finance.payments.requestRefund(back(2_000_00))
  await manager.approvals.reject({ ...(await waiting()), note: '先查明原因' })
  expect((await finance.payments.parts({ id: payment.id })).requests).toEqual([])
  expect((await finance.payments.get({ id: payment.id })).restFen).toBe(0)
  // Who agrees sees what it is about only where he sees the payment.
  expect((await sales.approvals.list({ which: 'mine' })).rows).toEqual([])
})
