// Orders and their money over all three wires: lines, status, plans, payments, refunds, bin, undo; who reaches and writes them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NewOrder, OrderEdit, PlanInput } from '../../src-shared/features/orders/model.ts'
import type { NewPayment } from '../../src-shared/features/payments/model.ts'
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
const raw = () => office.running.backend.database.raw
const TABLES = [
  'sales_order',
  'order_line',
  'order_person',
  'payment_plan',
  'payment',
  'payment_allocation',
  'customer',
  'opportunity',
]
const digest = () =>
  JSON.stringify(
    TABLES.map((table) =>
      (raw().prepare(`select * from ${table} order by id`).all() as Record<string, unknown>[]).map((row) =>
        Object.entries(row).filter(([column]) => column !== 'version' && column !== 'updated_at'),
      ),
    ),
  )
/** The reason of a refusal, or the code of any other failure. */
const noOf = (call: Promise<unknown>) => failureOf(call).then(({ code, data }) => (code === 'REFUSED' ? data['reason'] : code))
const line = (name: string, quantity: string, priceFen: number, more: object = {}) => ({ name, quantity, priceFen, ...more })

describe.each(wires)('orders over %s', (name) => {
  const connect = connectOver(name, () => office)
  let admin: Client
  let sales: Client
  let colleague: Client
  let finance: Client
  let viewer: Client
  beforeAll(async () => {
    admin = await connect(office.admin)
    sales = await connect(office.sales)
    colleague = await connect(office.colleague)
    finance = await connect(office.finance)
    viewer = await connect(office.viewer)
  })
  let customers = 0
  const customer = (client = sales) => client.customers.create({ name: `买家${++customers} ${name}`, level: 'A' })
  const order = async (given: Partial<NewOrder> = {}, client = sales) => {
    const customerId = given.customerId ?? (await customer(client)).id
    return client.orders.create({ name: `订单 ${name}`, lines: [line('设备', '2', 50_000)], ...given, customerId })
  }
  const pay = (customerId: string | null, amountFen: number, more: Partial<NewPayment> = {}) =>
    finance.payments.add({
      customerId: customerId as never,
      receivedOn: '2026-11-20',
      method: 'transfer',
      amountFen,
      ...more,
    })
  const undoLast = async (client: Client, entity: 'order' | 'payment', id: string) => {
    const { entries } = await client.history.ofRecord({ entity, id })
    return client.history.undo({ seq: entries[0]?.seq ?? 0 })
  }
  const plansOf = async (id: string) => (await sales.orders.parts({ id: id as never })).plans

  it('come to their lines less the discount, with tax, list price and cost of the day', async () => {
    const product = await admin.products.create({ name: `泵 ${name}`, priceFen: 120_00, taxRate: '13', unit: '台' })
    await admin.products.addCost({ productId: product.id, costFen: 70_00, validFrom: '2026-01-01' })
    await admin.products.addCost({ productId: product.id, costFen: 80_00, validFrom: '2026-06-01' })
    const list = await admin.products.createPriceList({
      name: `A 级 ${name}`,
      level: 'A',
      validFrom: '2026-01-01',
      validTo: null,
      enabled: true,
    })
    await admin.products.setPrices({ id: list.id, prices: [{ productId: product.id, priceFen: 110_00 }] })
    const buyer = await customer()
    const made = await sales.orders.create({
      name: ' 年度  采购 ',
      customerId: buyer.id,
      signedOn: '2026-05-01',
      discountFen: 1,
      lines: [line(product.name, '1.5', 110_00, { productId: product.id, discount: '5', taxRate: '13', unit: '台' })],
    })
    expect(made).toMatchObject({
      name: '年度 采购',
      customerName: buyer.name,
      status: 'draft',
      linesFen: 156_75,
      discountFen: 1,
      totalFen: 156_74,
      taxFen: 18_03,
      // By the list of his level, not by today's standard price.
      listFen: 165_00,
      receivedFen: 0,
      dueFen: 156_74,
      // What it cost is not for everybody who sells it.
      costFen: null,
    })
    expect(made.number).toMatch(/^DD-\d{6}-\d{4}$/)
    expect((await admin.orders.get({ id: made.id })).costFen).toBe(105_00)
    expect((await sales.orders.parts({ id: made.id })).lines).toMatchObject([{ costFen: null, amountFen: 156_75 }])
    // Another day of signing has other costs.
    const before = digest()
    const later = await sales.orders.edit({ id: made.id, version: made.version, values: { signedOn: '2026-07-01' } })
    expect((await admin.orders.get({ id: made.id })).costFen).toBe(120_00)
    expect((await admin.orders.parts({ id: made.id })).revisions[0]).toMatchObject({
      was: { signedOn: '2026-05-01', costFen: 105_00 },
      became: { signedOn: '2026-07-01', costFen: 120_00 },
    })
    expect((await sales.orders.parts({ id: made.id })).revisions[0]?.became).toEqual({ signedOn: '2026-07-01' })
    expect(await noOf(sales.orders.edit({ id: made.id, version: later.version, values: { discountFen: 156_76 } }))).toBe(
      'discountAboveLines',
    )
    await undoLast(sales, 'order', made.id)
    expect(digest()).toBe(before)
  })

  it('go from draft to confirmed to delivered, and are called off; each step is taken back whole', async () => {
    const made = await order({ lines: [] })
    expect(await noOf(sales.orders.confirm({ id: made.id, version: made.version }))).toBe('linesMissing')
    const filled = await sales.orders.setLines({
      id: made.id,
      version: made.version,
      lines: [line('甲', '3', 10_000), line('乙', '1', 5)],
    })
    expect(filled).toMatchObject({ totalFen: 30_005 })
    expect(await noOf(sales.orders.setLines({ id: made.id, version: made.version, lines: [] }))).toBe('STALE')
    expect(await noOf(sales.orders.deliver({ id: made.id, version: filled.version }))).toBe('statusNotNext')
    const before = digest()
    const confirmed = await sales.orders.confirm({ id: made.id, version: filled.version, signedOn: '2026-11-02' })
    expect(confirmed).toMatchObject({ status: 'confirmed', signedOn: '2026-11-02' })
    const dated = (values: OrderEdit, version: number) => noOf(sales.orders.edit({ id: made.id, version, values }))
    expect(await dated({ signedOn: null }, confirmed.version)).toBe('signedMissing')
    expect(await dated({ deliveredOn: '2026-11-09' }, confirmed.version)).toBe('notDelivered')
    const early = { id: made.id, version: confirmed.version, deliveredOn: '2026-11-01' }
    expect(await noOf(sales.orders.deliver(early))).toBe('deliveredBeforeSigned')
    const delivered = await sales.orders.deliver({ ...early, deliveredOn: '2026-11-09' })
    const gone = await sales.orders.cancel({ id: made.id, version: delivered.version, reason: '客户改了主意' })
    expect(gone).toMatchObject({ status: 'cancelled', cancelReason: '客户改了主意', dueFen: 0 })
    expect(await noOf(sales.orders.setLines({ id: made.id, version: gone.version, lines: [] }))).toBe('cancelled')
    const given = { selection: { ids: [made.id] }, values: { ownerId: office.colleague.employeeId } }
    const stays = { changed: 0, refused: 1, unchanged: 0, because: { cancelled: 1 } }
    expect(await admin.orders.previewMany({ act: 'edit', ...given })).toEqual(stays)
    expect(await admin.orders.editMany(given)).toMatchObject(stays)
    const { entries } = await sales.history.ofRecord({ entity: 'order', id: made.id, limit: 3 })
    for (const { seq } of entries) await sales.history.undo({ seq })
    expect(digest()).toBe(before)
  })

  it('ask for a customer, an owner who is here, whole shares, and yuan', async () => {
    const buyer = await customer()
    const other = await customer(colleague)
    expect(await noOf(sales.orders.create({ name: 'x', customerId: null }))).toBe('customerMissing')
    expect(await noOf(sales.orders.create({ name: 'x', customerId: other.id }))).toBe('NOT_FOUND')
    expect(await noOf(sales.orders.create({ name: 'x', customerId: buyer.id, ownerId: null }))).toBe('ownerMissing')
    expect(await noOf(sales.orders.create({ name: 'x', customerId: buyer.id, currency: 'USD' }))).toBe('noRate')
    expect(await noOf(viewer.orders.create({ name: 'x', customerId: buyer.id }))).toBe('FORBIDDEN')
    const made = await order({ customerId: buyer.id })
    const share = (employeeId: string | null, of: string) => ({ employeeId: employeeId ?? '', role: '销售', share: of })
    const [me, they] = [office.sales.employeeId, office.colleague.employeeId]
    expect(
      await noOf(sales.orders.setPeople({ id: made.id, version: made.version, people: [share(me, '60'), share(they, '39.99')] })),
    ).toBe('shareNotWhole')
    const before = digest()
    await sales.orders.setPeople({ id: made.id, version: made.version, people: [share(me, '60'), share(they, '40')] })
    expect((await sales.orders.parts({ id: made.id })).people.map(({ share: of }) => of)).toEqual(['60', '40'])
    expect((await sales.orders.parts({ id: made.id })).revisions[0]?.became).toHaveProperty('people')
    await undoLast(sales, 'order', made.id)
    expect(digest()).toBe(before)
  })

  it('are made of won opportunities', async () => {
    const buyer = await customer()
    const chance = await sales.opportunities.create({ name: `赢的 ${name}`, customerId: buyer.id, amount: 123_456 })
    expect(await noOf(sales.orders.fromOpportunity({ opportunityId: chance.id }))).toBe('opportunityNotWon')
    const [pipeline] = await sales.pipelines.list({})
    const won = pipeline?.stages.find(({ kind }) => kind === 'won')
    await sales.opportunities.move({ id: chance.id, version: chance.version, stageId: won?.id as never })
    const made = await sales.orders.fromOpportunity({ opportunityId: chance.id })
    expect(made).toMatchObject({ name: chance.name, customerId: buyer.id, totalFen: 123_456, opportunityId: chance.id })
  })

  it('are paid over their plans, the earliest first, and the customer’s strip agrees to the fen', async () => {
    const made = await order()
    const plan = (dueOn: string, amountFen: number): PlanInput => ({ dueOn, amountFen, isVoid: false, note: null })
    const planned = await sales.orders.setPlans({
      id: made.id,
      version: made.version,
      plans: [plan('2026-11-01', 30_000), plan('2099-01-01', 70_000)],
    })
    await sales.orders.confirm({ id: made.id, version: planned.version })
    expect((await plansOf(made.id)).map(({ state }) => state)).toEqual(['overdue', 'pending'])
    expect(await sales.orders.moneyOf({ customerId: made.customerId as never })).toEqual({
      orders: 1,
      totalFen: 100_000,
      receivedFen: 0,
      dueFen: 100_000,
      overdueFen: 30_000,
    })
    const before = digest()
    const all = [{ orderId: made.id, amountFen: 40_000 }]
    expect(await noOf(pay(made.customerId, 40_000))).toBe('restUnsaid')
    expect(await noOf(pay(made.customerId, 30_000, { allocations: all }))).toBe('aboveAmount')
    expect(
      await noOf(pay(made.customerId, 200_000, { allocations: [{ orderId: made.id, amountFen: 100_001 }], keepRest: true })),
    ).toBe('aboveOpen')
    expect(
      await noOf(
        sales.payments.add({
          customerId: made.customerId as never,
          receivedOn: '2026-11-20',
          method: 'cash',
          amountFen: 1,
          keepRest: true,
        }),
      ),
    ).toBe('FORBIDDEN')
    const first = await pay(made.customerId, 40_000, { allocations: all, reference: ` R-1 ${name}` })
    expect(first).toMatchObject({ kind: 'payment', allocatedFen: 40_000, restFen: 0, reference: `R-1 ${name}` })
    expect(await plansOf(made.id)).toMatchObject([
      { state: 'done', receivedFen: 30_000 },
      { state: 'partial', receivedFen: 10_000 },
    ])
    expect(await noOf(pay(made.customerId, 1, { keepRest: true, reference: `R-1 ${name}` }))).toBe('referenceKnown')
    const second = await pay(made.customerId, 70_000, { allocations: [{ orderId: made.id, amountFen: 60_000 }], keepRest: true })
    expect(second).toMatchObject({ allocatedFen: 60_000, restFen: 10_000 })
    const same = { id: second.id, version: second.version, values: { reference: `R-1 ${name}` } }
    expect(await noOf(finance.payments.edit(same))).toBe('referenceTaken')
    expect(await sales.orders.get({ id: made.id })).toMatchObject({
      receivedFen: 100_000,
      dueFen: 0,
      overdueFen: 0,
      nextDueOn: null,
    })
    expect(await noOf(sales.orders.setLines({ id: made.id, version: 99, lines: [] }))).toBe('STALE')
    const { version } = await sales.orders.get({ id: made.id })
    expect(await noOf(sales.orders.setLines({ id: made.id, version, lines: [line('少了', '1', 1)] }))).toBe('totalBelowReceived')
    expect(await noOf(sales.orders.setPlans({ id: made.id, version, plans: [] }))).toBe('planReceived')
    expect(await noOf(sales.orders.cancel({ id: made.id, version }))).toBe('moneyAllocated')
    expect(await sales.orders.removeMany({ selection: { ids: [made.id] } })).toMatchObject({
      changed: 0,
      refused: 1,
      because: { moneyAllocated: 1 },
    })

    // A refund takes first what is for nothing, then what was said last.
    const refund = { receivedOn: '2026-11-21', method: 'transfer' as const }
    expect(await noOf(finance.payments.refund({ paymentId: second.id, amountFen: 70_001, ...refund }))).toBe('aboveReceived')
    const back = await finance.payments.refund({ paymentId: second.id, amountFen: 25_000, ...refund })
    expect(back).toMatchObject({ kind: 'refund', amountFen: 25_000, allocatedFen: -15_000, restFen: 0 })
    expect(await finance.payments.get({ id: second.id })).toMatchObject({ restFen: 0 })
    expect(await sales.orders.moneyOf({ customerId: made.customerId as never })).toMatchObject({
      receivedFen: 85_000,
      dueFen: 15_000,
    })
    expect((await plansOf(made.id)).map(({ receivedFen }) => receivedFen)).toEqual([30_000, 55_000])
    expect(
      (await sales.payments.ofOrder({ orderId: made.id })).map(({ amountFen }) => amountFen).toSorted((a, b) => a - b),
    ).toEqual([-15_000, 10_000, 30_000, 60_000])
    expect(await finance.payments.parts({ id: second.id })).toMatchObject({
      allocations: [{ orderName: made.name, amountFen: 60_000 }],
      refunds: [{ id: back.id }],
    })
    expect(await noOf(finance.payments.removeMany({ selection: { ids: [second.id] } }))).toBe('hasRefunds')

    for (const id of [back.id, second.id, first.id]) await undoLast(finance, 'payment', id)
    expect(digest()).toBe(before)
  })

  it('share one payment, which is said to be for others later; a rest stays in sight', async () => {
    const one = await order()
    const two = await order({ customerId: one.customerId, lines: [line('配件', '1', 30_000)] })
    const theirs = await order()
    const paid = await pay(one.customerId, 120_000, { allocations: [{ orderId: one.id, amountFen: 100_000 }], keepRest: true })
    const allocate = (allocations: { orderId: string; amountFen: number }[], version: number) =>
      finance.payments.allocate({ id: paid.id, version, allocations: allocations as never })
    expect(await noOf(allocate([{ orderId: theirs.id, amountFen: 5 }], paid.version))).toBe('otherCustomer')
    const before = digest()
    const moved = await allocate(
      [
        { orderId: one.id, amountFen: 90_000 },
        { orderId: two.id, amountFen: 30_000 },
      ],
      paid.version,
    )
    expect(moved).toMatchObject({ allocatedFen: 120_000, restFen: 0 })
    expect(await sales.orders.get({ id: two.id })).toMatchObject({ receivedFen: 30_000, dueFen: 0 })
    await finance.payments.refund({
      paymentId: paid.id,
      amountFen: 10_000,
      receivedOn: '2026-11-22',
      method: 'cash',
      orderId: one.id,
    })
    const { version } = await finance.payments.get({ id: paid.id })
    expect(await noOf(allocate([{ orderId: two.id, amountFen: 30_000 }], version))).toBe('belowRefunded')
    const kept = await sales.payments.ofCustomer({ customerId: one.customerId as never })
    expect(kept.map(({ kind }) => kind)).toEqual(['refund', 'payment'])
    await undoLast(finance, 'payment', kept[0]?.id ?? '')
    await undoLast(finance, 'payment', paid.id)
    expect(digest()).toBe(before)
  })

  it('an undo that would leave sums which do not agree is refused, and nothing goes back', async () => {
    const made = await order()
    const bigger = await sales.orders.setLines({ id: made.id, version: made.version, lines: [line('更多', '4', 50_000)] })
    await pay(made.customerId, 150_000, { allocations: [{ orderId: made.id, amountFen: 150_000 }] })
    const { entries } = await sales.history.ofRecord({ entity: 'order', id: made.id })
    const seq = entries.find(({ action }) => action === 'linesSet')?.seq ?? 0
    const before = digest()
    expect(await noOf(sales.history.undo({ seq }))).toBe('moneyUnsound')
    expect(digest()).toBe(before)
    expect((await sales.orders.get({ id: bigger.id })).totalFen).toBe(200_000)
  })

  it('go into the recycle bin alone or with their customer, and come back; payments too', async () => {
    const made = await order()
    const paid = await pay(made.customerId, 60_000, { allocations: [{ orderId: made.id, amountFen: 60_000 }] })
    const together = digest()
    const customer = { selection: { ids: [made.customerId as never] } }
    expect(await noOf(admin.customers.removeMany(customer))).toBe('moneyHangs')
    await finance.payments.removeMany({ selection: { ids: [paid.id] } })
    expect(await sales.orders.get({ id: made.id })).toMatchObject({ receivedFen: 0, dueFen: 100_000 })
    await undoLast(finance, 'payment', paid.id)
    expect(digest()).toBe(together)
    await finance.payments.removeMany({ selection: { ids: [paid.id] } })
    const before = digest()
    await admin.customers.removeMany(customer)
    expect((await admin.orders.get({ id: made.id })).deletedAt).not.toBeNull()
    await admin.customers.restoreMany(customer)
    expect(digest()).toBe(before)
    await sales.orders.removeMany({ selection: { ids: [made.id] } })
    expect((await sales.recycleBin.list({ kind: 'order' })).rows.find(({ id }) => id === made.id)).toMatchObject({
      mayRestore: true,
    })
    await sales.recycleBin.restoreOrders({ selection: { ids: [made.id] } })
    expect(digest()).toBe(before)
    await finance.recycleBin.restorePayments({ selection: { ids: [paid.id] } })
    expect(await finance.payments.get({ id: paid.id })).toMatchObject({ deletedAt: null, restFen: 60_000, allocatedFen: 0 })
  })

  it('are reached by their owner and through the customer; many are given away at once by who may', async () => {
    const made = await order()
    expect(await noOf(colleague.orders.get({ id: made.id }))).toBe('NOT_FOUND')
    const given = { selection: { ids: [made.id] }, values: { ownerId: office.colleague.employeeId } }
    expect(await sales.orders.editMany(given)).toMatchObject({ changed: 0, refused: 1 })
    const before = digest()
    const done = await admin.orders.editMany(given)
    expect(await colleague.orders.get({ id: made.id })).toMatchObject({ customerName: null, may: { edit: true } })
    expect(await sales.orders.get({ id: made.id })).toMatchObject({ may: { edit: true } })
    expect((await colleague.orders.list({ search: `订单 ${name}` })).rows.map(({ id }) => id)).toEqual([made.id])
    const sums = await colleague.orders.sums({
      selection: { which: {}, except: [] },
      sums: [
        { field: 'totalFen', sum: 'sum' },
        { field: 'dueFen', sum: 'sum' },
      ],
    })
    expect(sums.map(({ value }) => value)).toEqual([100_000, 100_000])
    await admin.history.undoBatch({ batchId: done.batchId ?? '' })
    expect(digest()).toBe(before)
  })

  it('go for good with their customer, and alone without their payments', async () => {
    const made = await order()
    const paid = await pay(made.customerId, 50, { allocations: [{ orderId: made.id, amountFen: 50 }] })
    const back = await finance.payments.refund({ paymentId: paid.id, amountFen: 50, receivedOn: '2026-11-22', method: 'cash' })
    await admin.orders.removeMany({ selection: { ids: [made.id] } })
    await admin.recycleBin.purge({ kind: 'order', selection: { ids: [made.id] }, confirmCount: 1 })
    expect(await noOf(admin.orders.get({ id: made.id }))).toBe('NOT_FOUND')
    expect(await finance.payments.get({ id: paid.id })).toMatchObject({ allocatedFen: 0, restFen: 0 })
    const again = await order({ customerId: made.customerId })
    const other = await pay(again.customerId, 70, { allocations: [{ orderId: again.id, amountFen: 70 }] })
    for (const { id } of [back, paid, other]) await finance.payments.removeMany({ selection: { ids: [id] } })
    await admin.customers.removeMany({ selection: { ids: [made.customerId as never] } })
    await admin.customers.purgeMany({ selection: { ids: [made.customerId as never] }, confirmCount: 1 })
    const left = [...TABLES.slice(0, 6), 'order_revision'].map((table) =>
      raw()
        .prepare(
          `select count(*) from ${table} where ${table === 'sales_order' || table === 'payment' ? 'customer_id' : table === 'payment_allocation' ? 'order_id' : 'order_id'} in (?, ?)`,
        )
        .pluck()
        .get(made.customerId, again.id),
    )
    expect(left).toEqual([0, 0, 0, 0, 0, 0, 0])
  })
})
