// Undo of orders reached through their customer, and of merges whose money has gone on since.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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
const lastSeq = () => raw().prepare('select max(seq) from command').pluck().get() as number
const digest = () =>
  JSON.stringify(
    ['sales_order', 'order_line', 'payment', 'payment_allocation', 'customer'].map((table) =>
      (raw().prepare(`select * from ${table} order by id`).all() as Record<string, unknown>[]).map((row) =>
        Object.entries(row).filter(([column]) => column !== 'version' && column !== 'updated_at'),
      ),
    ),
  )
const lines = [{ name: '设备', quantity: '2', priceFen: 50_000 }]

describe.each(wires)('orders taken back over %s', (name) => {
  const connect = connectOver(name, () => office)
  let admin: Client
  let manager: Client
  let sales: Client
  let finance: Client
  beforeAll(async () => {
    admin = await connect(office.admin)
    manager = await connect(office.manager)
    sales = await connect(office.sales)
    finance = await connect(office.finance)
  })

  it('come back by who gave them away, or moved them to another customer, as they were reached', async () => {
    const customer = await sales.customers.create({ name: `经手 ${name}` })
    const other = await sales.customers.create({ name: `另一家 ${name}` })
    const made = await sales.orders.create({ name: `经手订单 ${name}`, customerId: customer.id, lines })
    // Its owner is nobody's below her; that she may give it away comes from its customer alone.
    await admin.orders.editMany({ selection: { ids: [made.id] }, values: { ownerId: office.service.employeeId } })
    const before = digest()
    const given = await manager.orders.editMany({
      selection: { ids: [made.id] },
      values: { ownerId: office.admin.employeeId },
    })
    expect(given).toMatchObject({ changed: 1 })
    expect(await manager.history.undoBatch({ batchId: given.batchId ?? '' })).toMatchObject({ kept: 0 })
    expect(digest()).toBe(before)
    const { version } = await sales.orders.get({ id: made.id })
    await sales.orders.edit({ id: made.id, version, values: { customerId: other.id } })
    const seq = lastSeq()
    // The other customer is no longer hers: what she took off her own comes back all the same.
    await admin.customers.editMany({ selection: { ids: [other.id] }, values: { ownerId: office.admin.employeeId } })
    expect((await failureOf(sales.orders.get({ id: made.id }))).code).toBe('NOT_FOUND')
    expect(await sales.history.undo({ seq })).toMatchObject({ kept: 0 })
    expect(await sales.orders.get({ id: made.id })).toMatchObject({ customerId: customer.id })
  })

  it('keep two customers one while money of one stands for an order of the other', async () => {
    const [keep, gone] = [
      await sales.customers.create({ name: `留下 ${name}` }),
      await sales.customers.create({ name: `并入 ${name}` }),
    ]
    const made = await sales.orders.create({ name: `并入订单 ${name}`, customerId: gone.id, lines })
    const customers = [keep, gone].map(({ id, version }) => ({ id, version }))
    await admin.merges.merge({ survivorId: keep.id, customers })
    const seq = lastSeq()
    const paid = await finance.payments.add({
      customerId: keep.id,
      receivedOn: '2026-11-20',
      method: 'transfer',
      amountFen: 30_000,
      allocations: [{ orderId: made.id, amountFen: 30_000 }],
    })
    const before = digest()
    expect((await failureOf(admin.merges.unmerge({ seq }))).data).toMatchObject({ reason: 'moneyUnsound' })
    expect((await failureOf(admin.history.undo({ seq }))).data).toMatchObject({ reason: 'moneyUnsound' })
    expect(digest()).toBe(before)
    await finance.payments.allocate({ id: paid.id, version: paid.version, allocations: [] })
    await admin.merges.unmerge({ seq })
    expect(await admin.orders.get({ id: made.id })).toMatchObject({ customerId: gone.id, receivedFen: 0 })
    expect(await finance.payments.get({ id: paid.id })).toMatchObject({ customerId: keep.id, restFen: 30_000 })
  })
})

describe('what was known of an order', () => {
  const connect = connectOver(wires[0] ?? '', () => office)
  type Known = Record<string, unknown>
  const rowsOf = (id: string) =>
    raw().prepare('select was, became from order_revision where order_id = ? order by seq, rowid').all(id) as {
      was: string
      became: string
    }[]
  const last = (id: string) => JSON.parse(rowsOf(id).at(-1)?.became ?? '{}') as Known
  /** All that the rows say together, and that each begins where those before it ended. */
  const known = (id: string): Known => {
    let sum: Known = {}
    for (const row of rowsOf(id)) {
      const was = JSON.parse(row.was) as Known
      expect(Object.fromEntries(Object.keys(was).map((key) => [key, sum[key] ?? null]))).toEqual(was)
      sum = { ...sum, ...(JSON.parse(row.became) as Known) }
    }
    return sum
  }

  it('is whole and only added to: merges, other products, undo and redo among it; a purge leaves none', async () => {
    const admin = await connect(office.admin)
    const [keep, gone] = [await admin.customers.create({ name: '合并留下' }), await admin.customers.create({ name: '合并并入' })]
    const [a, b] = [
      await admin.products.create({ name: '甲型', priceFen: 100 }),
      await admin.products.create({ name: '乙型', priceFen: 100 }),
    ]
    const line = (product: typeof a) => ({ productId: product.id, name: '设备', quantity: '1', priceFen: 100 })
    const made = await admin.orders.create({ name: '有变更', customerId: gone.id, lines: [line(a)] })
    const creation = lastSeq()
    await admin.merges.merge({ survivorId: keep.id, customers: [keep, gone].map(({ id, version }) => ({ id, version })) })
    expect(last(made.id)).toEqual({ customerId: keep.id })
    await admin.merges.unmerge({ seq: lastSeq() })
    expect(last(made.id)).toEqual({ customerId: gone.id })
    // Of one price and cost: only the lines tell it.
    const { version } = await admin.orders.get({ id: made.id })
    const before = digest()
    await admin.orders.setLines({ id: made.id, version, lines: [line(b)] })
    expect(last(made.id)).toMatchObject({ lines: [{ productId: b.id }] })
    await admin.history.undo({ seq: lastSeq() })
    expect(digest()).toBe(before)
    expect(last(made.id)).toMatchObject({ lines: [{ productId: a.id }] })
    await admin.history.undo({ seq: lastSeq() })
    expect(known(made.id)).toMatchObject({ customerId: gone.id, lines: [{ productId: b.id }] })
    expect(rowsOf(made.id)).toHaveLength(6)
    await admin.history.undo({ seq: lastSeq() })
    // What never was has been known all the same.
    await admin.history.undo({ seq: creation })
    expect(known(made.id)['deletedAt']).toEqual(expect.any(String))
    await admin.history.undo({ seq: lastSeq() })
    expect(known(made.id)['deletedAt']).toBeNull()
    expect(() => raw().exec('delete from order_revision')).toThrow('only ever added to')
    await admin.orders.removeMany({ selection: { ids: [made.id] } })
    expect(last(made.id)).toEqual({ deletedAt: expect.any(String) as string })
    await admin.recycleBin.purge({ kind: 'order', selection: { ids: [made.id] }, confirmCount: 1 })
    expect(rowsOf(made.id)).toEqual([])
  })
})
