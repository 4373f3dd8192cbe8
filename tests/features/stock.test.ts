// Stock over all three wires: moves, what is kept for orders, what is missing and bought, taken back whole; who may what.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tableDigests, wholeDigest } from '../../src-main/kernel/digest.ts'
import type { MoveInput } from '../../src-shared/features/stock/model.ts'
import type { Client } from '../support/backend.ts'
import { failureOf, type Office, openOffice } from '../support/factories.ts'
import { stockFaults } from '../support/stockFaults.ts'
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
const digest = () => wholeDigest(tableDigests(raw()))
const lastSeq = () => raw().prepare('select max(seq) from command').pluck().get() as number
const noOf = (call: Promise<unknown>) => failureOf(call).then(({ code, data }) => (code === 'REFUSED' ? data['reason'] : code))

describe.each(wires)('stock over %s', (name) => {
  const connect = connectOver(name, () => office)
  let admin: Client
  let manager: Client
  let sales: Client
  let viewer: Client
  let home: never
  let things = 0
  beforeAll(async () => {
    admin = await connect(office.admin)
    manager = await connect(office.manager)
    sales = await connect(office.sales)
    viewer = await connect(office.viewer)
    home = (await admin.stock.warehouses({})).find(({ isDefault }) => isDefault)?.id as never
  })
  const product = async (costFen?: number) => {
    const made = await admin.products.create({ name: `货${++things} ${name}`, unit: '件', stocked: true })
    if (costFen !== undefined) await admin.products.addCost({ productId: made.id, costFen, validFrom: '2026-01-01' })
    return made
  }
  const move = (kind: MoveInput['kind'], productId: string, quantity: string, more: Partial<MoveInput> = {}) =>
    manager.stock.move({ kind, warehouseId: home, lines: [{ productId: productId as never, quantity }], ...more })
  const order = async (productId: string, quantity: string) => {
    const customer = await sales.customers.create({ name: `买家${++things} ${name}` })
    return sales.orders.create({
      name: `订单${things}`,
      customerId: customer.id,
      lines: [{ productId: productId as never, name: '货', quantity, priceFen: 100 }],
    })
  }
  const confirmed = async (productId: string, quantity: string) => {
    const made = await order(productId, quantity)
    return sales.orders.confirm({ id: made.id, version: made.version })
  }
  const levelOf = async (productId: string) =>
    (
      await sales.stock.list({ filter: { combinator: 'and', rules: [{ field: 'productId', operator: '=', value: productId }] } })
    ).rows.find(({ warehouseId }) => warehouseId === home)
  /** As it stands now: taking something back is a version, too. */
  const now = async (id: string) => {
    const { version } = await sales.orders.get({ id: id as never })
    return { id: id as never, version }
  }
  const lineOf = (id: string, quantity: string) => ({ productId: id as never, name: '货', quantity, priceFen: 100 })
  /** Does it, takes it back and does it again: the first time leaves what there was, to the digest. */
  const twice = async <T>(client: Client, act: () => Promise<T>): Promise<T> => {
    const before = digest()
    await act()
    await client.history.undo({ seq: lastSeq() })
    expect(digest()).toBe(before)
    expect(stockFaults(raw())).toEqual([])
    return act()
  }

  it('comes in, leaves, goes over and is counted; a row of the list sums the moves exactly', async () => {
    const { id, name: called } = await product()
    await twice(manager, () => move('in', id, '10.5', { reason: '期初' }))
    await move('out', id, '0.0001')
    const other = await admin.stock.createWarehouse({ name: `二号仓 ${name}` })
    await twice(manager, () => move('transfer', id, '2.25', { toId: other.id }))
    await move('count', id, '8')
    expect(await levelOf(id)).toMatchObject({ name: called, onHand: 8, reserved: 0, available: 8, unit: '件' })
    const { rows } = await manager.stock.moves({ id: (await levelOf(id))?.id as never })
    expect(rows.map(({ kind, quantity, after }) => [kind, quantity, after])).toEqual([
      ['count', '-0.2499', '8'],
      ['transfer', '-2.25', '8.2499'],
      ['out', '-0.0001', '10.4999'],
      ['in', '10.5', '10.5'],
    ])
    expect(rows[1]?.otherName).toBe(other.name)
    expect(rows[3]).toMatchObject({ reason: '期初', byName: '孙悦', forced: false })
    const filter = { combinator: 'and' as const, rules: [{ field: 'productId', operator: '=' as const, value: id }] }
    const [sum] = await manager.stock.sums({
      selection: { which: { filter }, except: [] },
      sums: [{ field: 'onHand', sum: 'sum' }],
    })
    expect(sum?.value).toBe(10.25)
    expect((await manager.stock.list({ search: called, sort: [{ field: 'name', direction: 'asc' }] })).rows).toHaveLength(2)
    expect(await noOf(admin.stock.editWarehouse({ id: other.id, version: other.version, archived: true }))).toBe('warehouseFull')
  })

  it('never falls below nothing without the right to and a reason, which is written down', async () => {
    const { id, name: called } = await product()
    await move('in', id, '3')
    const refused = await failureOf(move('out', id, '5'))
    expect(refused.data).toMatchObject({
      reason: 'notEnough',
      detail: { product: called, warehouse: '默认仓库', onHand: '3', asked: '5', lacks: `${called} · 默认仓库 3 / 5` },
    })
    expect(await noOf(move('out', id, '5', { beyond: true, reason: '急' }))).toBe('FORBIDDEN')
    const out = (reason: string | null) =>
      admin.stock.move({ kind: 'out', warehouseId: home, lines: [{ productId: id, quantity: '5' }], beyond: true, reason })
    expect(await noOf(out(' '))).toBe('stockReasonMissing')
    await twice(admin, () => out('先发后补'))
    const level = await levelOf(id)
    expect(level).toMatchObject({ onHand: -2, reserved: 0, available: -2 })
    expect((await admin.stock.moves({ id: level?.id as never })).rows[0]).toMatchObject({ forced: true, reason: '先发后补' })
    expect(await noOf(sales.stock.move({ kind: 'in', warehouseId: home, lines: [{ productId: id, quantity: '1' }] }))).toBe(
      'FORBIDDEN',
    )
    expect(await noOf(move('in', id, '0'))).toBe('nothingMoved')
    expect(await noOf(move('transfer', id, '1'))).toBe('sameWarehouse')
    const service = await admin.products.create({ name: `安装 ${name}` })
    expect(await noOf(move('in', service.id, '1'))).toBe('notStocked')
  })

  it('what came in is not taken back once it has left', async () => {
    const { id } = await product()
    await move('in', id, '4')
    const came = lastSeq()
    await move('out', id, '3')
    const before = digest()
    expect((await failureOf(manager.history.undo({ seq: came }))).data['reason']).toBe('goodsGone')
    expect(digest()).toBe(before)
    await manager.history.undo({ seq: lastSeq() })
    await manager.history.undo({ seq: came })
    expect(await levelOf(id)).toBeUndefined()
  })

  it('is kept for who confirmed first; a later order gets what is left and says what is missing', async () => {
    const { id } = await product(7_00)
    await move('in', id, '5')
    const first = await order(id, '4')
    const one = await twice(sales, async () => sales.orders.confirm(await now(first.id)))
    expect(one.shortage).toBeUndefined()
    const two = await confirmed(id, '3.5')
    expect(two.shortage).toMatchObject({ lines: [{ quantity: '2.5', unit: '件' }] })
    expect(two.shortage?.number).toMatch(/^CG-\d{6}-\d{4}$/)
    expect(await levelOf(id)).toMatchObject({ onHand: 5, reserved: 5, available: 0, waiting: 2.5 })
    expect(await sales.stock.ofOrder({ orderId: two.id })).toMatchObject([{ wanted: '3.5', kept: '1', short: '2.5', sent: '0' }])
    // What is kept for the asking order is free for it, what is kept for others is not.
    const free = async (orderId: string | null) =>
      (await sales.stock.available({ productIds: [id], orderId: orderId as never }))[0]?.available
    expect([await free(null), await free(one.id), await free(two.id)]).toEqual(['0', '4', '1'])
    expect(await noOf(move('out', id, '1'))).toBe('notEnough')
    // Another line more asks behind everybody, one less lets go; what is asked for already is not asked for twice.
    const amended = await sales.orders.setLines({
      id: two.id,
      version: two.version,
      lines: [lineOf(id, '6')],
    })
    expect(amended.shortage?.lines).toMatchObject([{ quantity: '2.5' }])
    await sales.orders.cancel({ id: one.id, version: one.version })
    expect(await sales.stock.ofOrder({ orderId: two.id })).toMatchObject([{ kept: '5', short: '1' }])
    expect(await noOf(sales.orders.deliver({ id: two.id, version: amended.version }))).toBe('notEnough')
    expect(stockFaults(raw())).toEqual([])
  })

  it('leaves with the order, more or less with its lines, and comes back when it is called off', async () => {
    const { id } = await product()
    await move('in', id, '9')
    const open = await confirmed(id, '4')
    const sent = await twice(sales, async () => sales.orders.deliver(await now(open.id)))
    expect(await levelOf(id)).toMatchObject({ onHand: 5, reserved: 0 })
    expect(await sales.stock.ofOrder({ orderId: open.id })).toMatchObject([{ wanted: '0', sent: '4' }])
    const { changed, because } = await sales.orders.removeMany({ selection: { ids: [open.id] } })
    expect([changed, because]).toEqual([0, { goodsOut: 1 }])
    expect(sent.status).toBe('delivered')
    await twice(sales, async () => sales.orders.setLines({ ...(await now(open.id)), lines: [lineOf(id, '6')] }))
    expect(await levelOf(id)).toMatchObject({ onHand: 3 })
    await twice(sales, async () => sales.orders.cancel(await now(open.id)))
    expect(await levelOf(id)).toMatchObject({ onHand: 9, reserved: 0 })
    expect(stockFaults(raw())).toEqual([])
  })

  it('deleted orders, and those of deleted customers, ask for nothing until they come back', async () => {
    const { id } = await product()
    await move('in', id, '5')
    const open = await confirmed(id, '2')
    await twice(sales, () => sales.orders.removeMany({ selection: { ids: [open.id] } }))
    expect(await levelOf(id)).toMatchObject({ reserved: 0 })
    await sales.recycleBin.restoreOrders({ selection: { ids: [open.id] }, withCustomers: false })
    expect(await levelOf(id)).toMatchObject({ reserved: 2 })
    await twice(sales, () => sales.customers.removeMany({ selection: { ids: [String(open.customerId)] } }))
    expect(await levelOf(id)).toMatchObject({ reserved: 0 })
    await sales.customers.restoreMany({ selection: { ids: [String(open.customerId)] } })
    expect(await levelOf(id)).toMatchObject({ reserved: 2 })
  })

  it('what is missing is bought: asked for, approved, received in parts, and then the order is delivered', async () => {
    const { id } = await product(7_00)
    await move('in', id, '1')
    const open = await confirmed(id, '4')
    const purchaseId = open.shortage?.purchaseId as never
    const get = () => manager.purchases.get({ id: purchaseId })
    expect(await get()).toMatchObject({ state: 'draft', amountFen: 21_00, authorName: '王海峰' })
    // What it costs is not for everybody who sells it.
    expect(await sales.purchases.get({ id: purchaseId })).toMatchObject({ amountFen: null })
    expect((await sales.purchases.parts({ id: purchaseId })).lines).toMatchObject([
      { quantity: '3', open: '3', priceFen: null, orderId: open.id },
    ])
    expect(await noOf(sales.purchases.submit({ id: purchaseId, version: 1 }))).toBe('FORBIDDEN')
    const line = (await manager.purchases.parts({ id: purchaseId })).lines[0]
    const receive = async (quantity: string) =>
      manager.purchases.receive({
        id: purchaseId,
        version: (await get()).version,
        lines: [{ lineId: line?.id as never, quantity }],
      })
    expect(await noOf(receive('1'))).toBe('notApproved')
    const handed = await twice(manager, async () => manager.purchases.submit({ id: purchaseId, version: (await get()).version }))
    expect(handed.state).toBe('pending')
    expect(await noOf(manager.purchases.cancel({ id: purchaseId, version: handed.version }))).toBe('pendingApproval')
    const [asked] = await admin.approvals.ofRecord({ subject: 'purchase', id: purchaseId })
    expect(asked?.summary).toMatchObject({ amountFen: 21_00 })
    const approve = () => admin.approvals.approve({ id: asked?.id as never, version: asked?.version ?? 0 })
    await approve()
    await admin.history.undo({ seq: lastSeq() })
    expect((await get()).state).toBe('pending')
    await admin.history.undo({ seq: lastSeq() })
    expect(await get()).toMatchObject({ state: 'approved', progress: 0 })
    expect(await levelOf(id)).toMatchObject({ incoming: 3 })
    await twice(manager, () => receive('1.5'))
    expect(await get()).toMatchObject({ state: 'partial', progress: 50 })
    expect(await levelOf(id)).toMatchObject({ onHand: 2.5, reserved: 2.5, incoming: 1.5 })
    expect((await failureOf(receive('2'))).data).toMatchObject({ reason: 'aboveOrdered', detail: { open: '1.5' } })
    await receive('1.5')
    expect(await get()).toMatchObject({ state: 'received', progress: 100 })
    const arrived = (await sales.notifications.list({})).rows
    expect(arrived.some(({ kind }) => kind === 'goodsArrived')).toBe(true)
    expect((await manager.notifications.list({})).rows.some(({ kind }) => kind === 'stockShort')).toBe(true)
    await twice(sales, async () => sales.orders.deliver(await now(open.id)))
    expect(await levelOf(id)).toMatchObject({ onHand: 0, reserved: 0, incoming: 0 })
    expect(stockFaults(raw())).toEqual([])
  })

  it('taking the confirmation back takes the request with it, but not one that others went on with', async () => {
    const { id } = await product()
    const made = await order(id, '2')
    const open = await sales.orders.confirm({ id: made.id, version: made.version })
    const seq = lastSeq()
    const purchaseId = open.shortage?.purchaseId as never
    await manager.purchases.edit({
      id: purchaseId,
      version: (await manager.purchases.get({ id: purchaseId })).version,
      values: { supplier: '华东五金' },
    })
    const undone = await sales.history.undo({ seq })
    expect(undone.because).toMatchObject({ changedSince: 1 })
    expect((await manager.purchases.get({ id: purchaseId })).supplier).toBe('华东五金')
    expect((await sales.orders.get({ id: made.id })).status).toBe('draft')
    expect(stockFaults(raw())).toEqual([])
  })

  it('purchases are written by hand, without prices where a flow does not go by the amount', async () => {
    const { id } = await product()
    const line = { productId: id, quantity: '2', priceFen: 3_33 }
    const made = await twice(manager, () => manager.purchases.create({ supplier: ' 华东  五金 ', lines: [line] }))
    expect(made).toMatchObject({ supplier: '华东 五金', state: 'draft', amountFen: 6_66, warehouseName: '默认仓库' })
    const rewritten = await twice(manager, async () =>
      manager.purchases.setLines({
        id: made.id,
        version: (await manager.purchases.get({ id: made.id })).version,
        lines: [{ ...line, quantity: '3', priceFen: null }],
      }),
    )
    expect(rewritten.amountFen).toBe(0)
    expect(await noOf(manager.purchases.setLines({ id: made.id, version: 1, lines: [] }))).toBe('STALE')
    const off = await manager.purchases.cancel({ id: made.id, version: rewritten.version, reason: '不买了' })
    expect(off).toMatchObject({ state: 'cancelled', cancelReason: '不买了' })
    expect(await noOf(manager.purchases.edit({ id: made.id, version: off.version, values: { note: 'x' } }))).toBe('ended')
    expect(await noOf(sales.purchases.create({ lines: [line] }))).toBe('FORBIDDEN')
    expect(await noOf(viewer.purchases.list({}))).toBe('FORBIDDEN')
  })

  it('what lies in stock is neither deleted nor said to be kept in none', async () => {
    const { id, version } = await product()
    await move('in', id, '1')
    const refused = await failureOf(admin.products.removeMany({ selection: { ids: [id] } }))
    expect(refused.data['reason']).toBe('hasStock')
    expect(await noOf(admin.products.edit({ id, version, values: { stocked: false } }))).toBe('hasStock')
    const many = await admin.products.editMany({ selection: { ids: [id] }, values: { stocked: false } })
    expect(many).toMatchObject({ changed: 0, refused: 1, because: { hasStock: 1 } })
    await move('count', id, '0')
    expect((await admin.products.removeMany({ selection: { ids: [id] } })).changed).toBe(1)
  })

  it('warehouses: one serves orders, one that is used stays, names stand once', async () => {
    const made = await twice(admin, () => admin.stock.createWarehouse({ name: `城北 ${name}` }))
    expect(await noOf(admin.stock.createWarehouse({ name: `城北 ${name}`.toUpperCase() }))).toBe('nameTaken')
    const served = await twice(admin, async () => {
      const { version = 0 } = (await admin.stock.warehouses({})).find(({ id }) => id === made.id) ?? {}
      return admin.stock.editWarehouse({ id: made.id, version, isDefault: true })
    })
    expect((await admin.stock.warehouses({}))[0]).toMatchObject({ id: made.id, isDefault: true })
    expect(await noOf(admin.stock.removeWarehouse({ id: made.id }))).toBe('defaultStays')
    const first = (await admin.stock.warehouses({})).find(({ id }) => id === home)
    await admin.stock.editWarehouse({ id: home, version: first?.version ?? 0, isDefault: true })
    expect(await noOf(admin.stock.removeWarehouse({ id: home }))).toBe('defaultStays')
    const after = (await admin.stock.warehouses({})).find(({ id }) => id === made.id)
    await admin.stock.editWarehouse({ id: made.id, version: after?.version ?? 0, archived: true })
    const { id } = await product()
    expect(await noOf(move('in', id, '1', { warehouseId: made.id }))).toBe('warehouseArchived')
    expect(await noOf(manager.stock.createWarehouse({ name: 'x' }))).toBe('FORBIDDEN')
    await twice(admin, () => admin.stock.removeWarehouse({ id: served.id }))
  })
})
