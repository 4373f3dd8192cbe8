// What an opportunity is about, line by line, over all three wires: what it comes to, whose amount it is, what a product is to cost, undo.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LineInput } from '../../src-shared/features/opportunities/lines.ts'
import type { Client } from '../support/backend.ts'
import { actorOf, addPerson, failureOf, type Office, openOffice } from '../support/factories.ts'
import { connectOver, wires } from '../support/wires.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(async () => {
  expect(office.running.faults).toEqual([])
  await office.close()
})
const TABLES = ['opportunity', 'opportunity_line']
const digest = () =>
  JSON.stringify(
    TABLES.map((table) =>
      (office.running.backend.database.raw.prepare(`select * from ${table} order by id`).all() as Record<string, unknown>[]).map(
        (row) => Object.entries(row).filter(([column]) => column !== 'version' && column !== 'updated_at'),
      ),
    ),
  )
const noOf = (call: Promise<unknown>) => failureOf(call).then(({ code, data }) => (code === 'REFUSED' ? data['reason'] : code))
const line = (name: string, values: Partial<LineInput> = {}): LineInput => ({
  productId: null,
  name,
  unit: null,
  quantity: '1',
  priceFen: 10_000,
  discount: '0',
  ...values,
})

describe.each(wires)('lines of opportunities over %s', (name) => {
  const connect = connectOver(name, () => office)
  let admin: Client
  let sales: Client
  let viewer: Client
  beforeAll(async () => {
    admin = await connect(office.admin)
    sales = await connect(office.sales)
    viewer = await connect(office.viewer)
  })
  const begun = (amount?: number) => sales.opportunities.create({ name: `有明细的 ${name}`, ...(amount && { amount }) })
  /** The steps of a record that set its lines, the newest first. */
  const settings = async (id: string) => {
    const { entries } = await sales.history.ofRecord({ entity: 'opportunity', id })
    return entries.filter(({ action }) => action === 'linesSet')
  }

  it('the amount becomes their sum, exactly; an undo takes lines and amount back together', async () => {
    const row = await begun(99)
    const before = digest()
    const lines = [
      line('螺丝', { quantity: '2.5', priceFen: 333, discount: '12.5' }),
      line('法兰', { quantity: '3' }),
      line('待报价', { priceFen: null }),
    ]
    const saved = await sales.opportunities.setLines({ id: row.id, version: row.version, lines })
    // 2.5 × 3.33 less 12.5 % is 7.284375, rounded once.
    expect(saved).toMatchObject({ amount: 30_728, amountByHand: false, weighted: 3073 })
    const stored = await sales.opportunities.lines({ id: row.id })
    expect(stored.map(({ name: of, amountFen }) => [of, amountFen])).toEqual([
      ['螺丝', 728],
      ['法兰', 30_000],
      ['待报价', null],
    ])
    const reordered = [...stored].reverse().map(({ amountFen: _sum, ...one }) => one)
    await sales.opportunities.setLines({ id: row.id, version: saved.version, lines: reordered })
    expect((await sales.opportunities.lines({ id: row.id })).map(({ id }) => id)).toEqual(reordered.map(({ id }) => id))
    for (const { seq } of await settings(row.id)) await sales.history.undo({ seq })
    expect(digest() === before).toBe(true)
  })

  it('an amount set by hand beside lines stays, until somebody takes the sum again', async () => {
    const row = await begun()
    const first = await sales.opportunities.setLines({ id: row.id, version: row.version, lines: [line('球阀')] })
    const byHand = await sales.opportunities.edit({ id: row.id, version: first.version, values: { amount: 8_000 } })
    expect(byHand).toMatchObject({ amount: 8_000, amountByHand: true })
    const [ball] = await sales.opportunities.lines({ id: row.id })
    const { amountFen: _sum, ...kept } = ball ?? { ...line('球阀'), id: '', amountFen: 0 }
    const more = await sales.opportunities.setLines({ id: row.id, version: byHand.version, lines: [kept, line('闸阀')] })
    expect(more).toMatchObject({ amount: 8_000, amountByHand: true })
    const taken = await sales.opportunities.setLines({
      id: row.id,
      version: more.version,
      lines: [kept, line('闸阀')],
      byHand: false,
    })
    expect(taken).toMatchObject({ amount: 20_000, amountByHand: false })
    const none = await sales.opportunities.setLines({ id: row.id, version: taken.version, lines: [] })
    expect(none).toMatchObject({ amount: 20_000, amountByHand: false })
  })

  it('of a product stay with it', async () => {
    const product = await admin.products.create({ name: `减速机 ${name}`, unit: '台', priceFen: 50_000 })
    const row = await begun()
    const saved = await sales.opportunities.setLines({
      id: row.id,
      version: row.version,
      lines: [line(product.name, { productId: product.id, unit: '台', quantity: '2', priceFen: 42_000 })],
    })
    expect(saved).toMatchObject({ amount: 84_000, productName: product.name })
  })

  it('refuses what is no line, what is older than what stands there, and who may not edit; nothing is written then', async () => {
    const row = await begun()
    const before = digest()
    const set = (lines: LineInput[], version = row.version) => sales.opportunities.setLines({ id: row.id, version, lines })
    expect(await noOf(set([line('没有数量', { quantity: '0' })]))).toBe('quantityMissing')
    expect(await noOf(set([line('谁的产品', { productId: '01AAAAAAAAAAAAAAAAAAAAAAAA' })]))).toBe('productUnknown')
    expect(await noOf(set([line('太贵', { quantity: '999999', priceFen: 900_000_000_000 })]))).toBe('sumTooLarge')
    expect(await noOf(set([line('折扣', { discount: '101' })]))).toBe('BAD_REQUEST')
    expect(await noOf(set([line('过时')], row.version - 1))).toBe('STALE')
    expect(await noOf(viewer.opportunities.setLines({ id: row.id, version: row.version, lines: [] }))).toBe('FORBIDDEN')
    expect(digest()).toBe(before)
  })

  it('show who must not see amounts what is wanted, and no money of it', async () => {
    const row = await begun()
    await sales.opportunities.setLines({ id: row.id, version: row.version, lines: [line('球阀', { quantity: '3' })] })
    const { userId } = await addPerson(office.running, {
      name: `不看钱 ${name}`,
      roles: [{ permissions: { 'opportunities.read': 'all' }, fieldRights: { 'opportunity.amount': 'hidden' } }],
    })
    const blind = await connect(actorOf(office.running, userId))
    expect(await blind.opportunities.get({ id: row.id })).toMatchObject({ amount: null, amountByHand: null, weighted: null })
    expect(await blind.opportunities.lines({ id: row.id })).toMatchObject([
      { name: '球阀', quantity: '3', priceFen: null, amountFen: null },
    ])
    expect((await blind.opportunities.list({ search: row.name })).rows.length).toBeGreaterThan(0)
  })
})
