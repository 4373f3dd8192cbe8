// An order takes effect when who has to has agreed: by a threshold, always or never, as the flows say; what was handed in stands still.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Condition } from '../../src-shared/features/approvals/model.ts'
import type { Client } from '../support/backend.ts'
import { actorOf, addPerson, failureOf, type Office, openOffice } from '../support/factories.ts'

let office: Office
let admin: Client
let manager: Client
let sales: Client
beforeAll(async () => {
  office = await openOffice()
  admin = office.as(office.admin)
  manager = office.as(office.manager)
  sales = office.as(office.sales)
})
afterAll(async () => {
  expect(office.running.faults).toEqual([])
  await office.close()
})
const noOf = (call: Promise<unknown>) => failureOf(call).then(({ code, data }) => (code === 'REFUSED' ? data['reason'] : code))
const lastSeq = () => office.running.backend.database.raw.prepare('select max(seq) from command').pluck().get() as number

let made = 0
const flow = async (conditions: Condition[]) => {
  for (const { id, version, name, ...old } of await admin.approvals.flows({})) {
    const steps = old.steps.map(({ name: _name, ...step }) => step) as never
    if (old.enabled && old.subject === 'order')
      await admin.approvals.editFlow({
        id,
        version,
        values: { subject: 'order', name, conditions: old.conditions, steps, enabled: false },
      })
  }
  const steps = [{ kind: 'employee' as const, employeeId: office.manager.employeeId ?? '', mode: 'any' as const }]
  return admin.approvals.createFlow({ subject: 'order', name: `合同审批${++made}`, conditions, enabled: true, steps })
}
const lineOf = (priceFen: number) => [{ name: '设备', quantity: '1', priceFen }]
const draft = async (priceFen: number) => {
  const { id: customerId } = await sales.customers.create({ name: `签约客户${++made}` })
  return sales.orders.create({ name: `合同${made}`, customerId, lines: lineOf(priceFen) })
}
const now = ({ id }: { id: never }) => sales.orders.get({ id })
const decide = async (id: string, how: 'approve' | 'reject') => {
  const { rows } = await manager.approvals.list({ which: 'mine' })
  const waiting = rows.find(({ subjectId }) => subjectId === id)
  if (!waiting) throw new Error('nothing waits')
  const one = { id: waiting.id, version: waiting.version }
  return how === 'approve' ? manager.approvals.approve(one) : manager.approvals.reject({ ...one, note: '价格太低' })
}

it('asks nobody below the threshold, and above it before it takes effect', async () => {
  await flow([{ kind: 'amountAtLeast', fen: 10_000_00 }])
  const small = await draft(9_999_99)
  expect((await sales.orders.parts({ id: small.id })).need).toBeNull()
  expect(await noOf(sales.orders.submit(small))).toBe('BAD_REQUEST')
  expect(await noOf(sales.orders.submit({ id: small.id, version: small.version }))).toBe('approvalNotNeeded')
  expect((await sales.orders.confirm({ id: small.id, version: small.version })).status).toBe('confirmed')
  // What runs does not grow past what nobody agreed to; what it comes to less is nobody's question.
  const running = await now(small as never)
  const grown = { id: small.id, version: running.version, lines: lineOf(20_000_00) }
  expect(await noOf(sales.orders.setLines(grown))).toBe('approvalOfChange')
  expect((await sales.orders.setLines({ ...grown, lines: lineOf(8_000_00) })).totalFen).toBe(8_000_00)

  const big = await draft(10_000_00)
  expect((await sales.orders.parts({ id: big.id })).need).toMatchObject({ conditions: [{ kind: 'amountAtLeast' }] })
  expect(await noOf(sales.orders.confirm({ id: big.id, version: big.version }))).toBe('approvalNeeded')
  const waits = await manager.approvals.waiting({})
  const handed = await sales.orders.submit({ id: big.id, version: big.version, note: '老客户' })
  expect(handed.approval).toBe('pending')
  expect((await manager.approvals.waiting({})).count).toBe(waits.count + 1)
  const seen = { id: big.id, version: handed.version }
  for (const call of [
    sales.orders.confirm(seen),
    sales.orders.cancel(seen),
    sales.orders.submit(seen),
    sales.orders.setLines({ ...seen, lines: lineOf(1) }),
    sales.orders.edit({ ...seen, values: { endsOn: '2027-01-01' } }),
    sales.orders.setPlans({ ...seen, plans: [] }),
  ])
    expect(await noOf(call)).toBe('pendingApproval')
  expect(await manager.orders.removeMany({ selection: { ids: [big.id] } })).toMatchObject({ because: { pendingApproval: 1 } })
  await decide(big.id, 'approve')
  const agreed = await now(big as never)
  expect(agreed.approval).toBe('approved')
  expect(await noOf(sales.orders.submit({ id: big.id, version: agreed.version }))).toBe('approvalNotNeeded')
  expect((await sales.orders.confirm({ id: big.id, version: agreed.version })).status).toBe('confirmed')
  expect((await sales.notifications.list({})).rows.map(({ kind }) => kind)).toContain('approvalPassed')
})

it('asks anew for what was changed since, and comes back when it is refused or withdrawn', async () => {
  await flow([])
  const order = await draft(5_00)
  const handed = await sales.orders.submit({ id: order.id, version: order.version })
  await decide(order.id, 'reject')
  const back = await now(order as never)
  expect([back.approval, back.status]).toEqual([null, 'draft'])
  const again = await sales.orders.submit({ id: order.id, version: back.version })
  expect(again.version).toBeGreaterThan(handed.version)
  const [request] = await sales.approvals.ofRecord({ subject: 'order', id: order.id })
  await sales.approvals.withdraw({ id: request?.id as never, version: request?.version ?? 0 })
  const third = await sales.orders.submit({ id: order.id, version: (await now(order as never)).version })
  await decide(order.id, 'approve')
  // Who it belongs to is not what was agreed on; what it says is.
  const agreed = await now(order as never)
  expect(third.approval).toBe('pending')
  const other = await sales.orders.edit({ id: order.id, version: agreed.version, values: { note: '加急' } })
  expect(other.approval).toBe('approved')
  const cheaper = await sales.orders.setLines({ id: order.id, version: other.version, lines: lineOf(4_00) })
  expect((await now(order as never)).approval).toBeNull()
  expect(await noOf(sales.orders.confirm({ id: order.id, version: (await now(order as never)).version }))).toBe('approvalNeeded')
  // Taken back, it is what somebody agreed to.
  await sales.history.undo({ seq: lastSeq() })
  expect((await now(order as never)).approval).toBe('approved')
  expect(cheaper.totalFen).toBe(4_00)
  // Handing in is taken back as long as nobody has decided.
  const fresh = await draft(6_00)
  await sales.orders.submit({ id: fresh.id, version: fresh.version })
  await sales.history.undo({ seq: lastSeq() })
  expect((await now(fresh as never)).approval).toBeNull()
  expect(await sales.approvals.ofRecord({ subject: 'order', id: fresh.id })).toEqual([])
})

it('asks by every line: one without a list price hides no discount, and below cost is asked about, too', async () => {
  await flow([{ kind: 'discountAtLeast', percent: '10' }])
  const product = await admin.products.create({ name: `泵${++made}`, priceFen: 100_00 })
  await admin.products.addCost({ productId: product.id, costFen: 80_00, validFrom: '2026-01-01' })
  const { id: customerId } = await sales.customers.create({ name: `低价客户${made}` })
  const sold = (priceFen: number) => ({ productId: product.id, name: product.name, quantity: '1', priceFen })
  const freight = { name: '运费', quantity: '1', priceFen: 20_00 }
  const cheap = await sales.orders.create({ name: '六折', customerId, lines: [sold(60_00), freight] })
  expect((await sales.orders.parts({ id: cheap.id })).need).toMatchObject({ discountBp: 3333, kept: false })
  expect(await noOf(sales.orders.confirm({ id: cheap.id, version: cheap.version }))).toBe('approvalNeeded')
  const dear = await sales.orders.create({ name: '原价', customerId, lines: [sold(100_00), freight] })
  const runs = await sales.orders.confirm({ id: dear.id, version: dear.version })
  const less = { id: dear.id, version: runs.version, lines: [sold(60_00), freight] }
  expect(await noOf(sales.orders.setLines(less))).toBe('approvalOfChange')
  await flow([{ kind: 'belowCost' }])
  expect(await noOf(sales.orders.setLines(less))).toBe('approvalOfChange')
  expect((await sales.orders.setLines({ ...less, lines: [sold(80_00), freight] })).totalFen).toBe(100_00)
  // Why it is asked about is told to who asks, the cost itself is not.
  const { need } = await sales.orders.parts({ id: cheap.id })
  expect(need?.conditions).toEqual([{ kind: 'belowCost' }])
})

it('keeps what was agreed on with whom it was, for as long as it was', async () => {
  const order = await draft(5_00)
  await flow([])
  const dated = await sales.orders.edit({ id: order.id, version: order.version, values: { endsOn: '2027-01-31' } })
  await sales.orders.submit({ id: order.id, version: dated.version })
  await decide(order.id, 'approve')
  const runs = await sales.orders.confirm({ id: order.id, version: (await now(order as never)).version })
  const { id: customerId } = await sales.customers.create({ name: `别的客户${++made}` })
  for (const values of [{ customerId }, { endsOn: '2027-06-30' }, { endsOn: null }])
    expect(await noOf(sales.orders.edit({ id: order.id, version: runs.version, values }))).toBe('approvalOfChange')
  expect(await now(order as never)).toMatchObject({ version: runs.version, endsOn: '2027-01-31' })
  const shorter = { id: order.id, version: runs.version, values: { endsOn: '2026-12-31', note: '提前结束' } }
  expect((await sales.orders.edit(shorter)).endsOn).toBe('2026-12-31')
})

it('tells of a request no more than of the record, but to who decides it', async () => {
  await flow([{ kind: 'amountAtLeast', fen: 1_00 }])
  const order = await draft(5_00)
  await sales.orders.submit({ id: order.id, version: order.version, note: null })
  const reads = { 'orders.read': 'all', 'purchases.read': 'all' } as const
  const fieldRights = { 'order.totalFen': 'hidden', 'order.number': 'hidden' } as const
  const { userId } = await addPerson(office.running, { name: '旁人', roles: [{ permissions: reads, fieldRights }] })
  const bystander = office.as(actorOf(office.running, userId))
  const told = async (client: Client) => (await client.approvals.ofRecord({ subject: 'order', id: order.id }))[0]
  expect(await told(bystander)).toMatchObject({
    title: order.name,
    summary: { amountFen: null, discountBp: null, customerName: null, conditions: [], kept: true },
  })
  for (const one of [sales, manager])
    expect(await told(one)).toMatchObject({
      title: `${order.number} ${order.name}`,
      summary: { amountFen: 5_00, customerName: order.customerName, conditions: [{ kind: 'amountAtLeast' }], kept: false },
    })
})

it('lets nobody write shares or plans that he may not see or not write', async () => {
  const order = await draft(5_00)
  const plans = [{ dueOn: '2027-01-01', amountFen: 5_00, isVoid: false, note: null }]
  const { version } = await sales.orders.setPlans({ id: order.id, version: order.version, plans })
  const permissions = {
    'orders.read': 'all',
    'orders.edit': 'all',
    'orders.create': 'all',
    'customers.read': 'all',
    'customers.edit': 'all',
  } as const
  // What is owed tells of the total: who must not know that knows no plans.
  const fieldRights = { 'order.totalFen': 'hidden', 'order.ownerId': 'read' } as const
  const { userId, employeeId } = await addPerson(office.running, { name: '跟单', roles: [{ permissions, fieldRights }] })
  const clerk = office.as(actorOf(office.running, userId))
  const people = [{ employeeId, role: '销售', share: '100' }]
  const seen = { id: order.id, version }
  for (const [call, field] of [
    [clerk.orders.setPlans({ ...seen, plans: [] }), 'dueFen'],
    [clerk.orders.setPeople({ ...seen, people }), 'ownerId'],
    [clerk.orders.create({ name: '自带分成', customerId: order.customerId, people }), 'ownerId'],
    [clerk.orders.create({ name: '自带计划', customerId: order.customerId, plans }), 'dueFen'],
  ] as const)
    expect(await failureOf(call)).toMatchObject({ code: 'FORBIDDEN', data: { fields: [field] } })
  expect((await sales.orders.parts({ id: order.id })).plans).toMatchObject(plans)
})
