// Orders made in one click: of won opportunities with their lines, of accepted quotes as they were offered.
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
const lastSeq = () => office.running.backend.database.lastCommand().seq
const digest = () =>
  JSON.stringify(
    ['sales_order', 'order_line', 'quote', 'opportunity'].map((table) =>
      (raw().prepare(`select * from ${table} order by id`).all() as Record<string, unknown>[]).map((row) =>
        Object.entries(row).filter(([column]) => column !== 'version' && column !== 'updated_at'),
      ),
    ),
  )
const reasonOf = async (call: Promise<unknown>) => (await failureOf(call)).data['reason']

describe.each(wires)('orders made over %s', (name) => {
  const connect = connectOver(name, () => office)
  let admin: Client
  let sales: Client
  let colleague: Client
  beforeAll(async () => {
    admin = await connect(office.admin)
    sales = await connect(office.sales)
    colleague = await connect(office.colleague)
  })

  it('of a won opportunity have its lines, less what was agreed on below their sum', async () => {
    const customer = await sales.customers.create({ name: `赢单 ${name}` })
    const product = await admin.products.create({ name: `阀 ${name}`, priceFen: 100_00, unit: '个' })
    const chance = await sales.opportunities.create({ name: `带明细 ${name}`, customerId: customer.id })
    const line = { productId: product.id, name: product.name, unit: '个', quantity: '3', priceFen: 90_00, discount: '10' }
    const listed = await sales.opportunities.setLines({ id: chance.id, version: chance.version, lines: [line] })
    const agreed = await sales.opportunities.edit({ id: chance.id, version: listed.version, values: { amount: 240_00 } })
    const [pipeline] = await sales.pipelines.list({})
    const won = pipeline?.stages.find(({ kind }) => kind === 'won')
    await sales.opportunities.move({ id: chance.id, version: agreed.version, stageId: won?.id as never })
    await admin.products.editMany({ selection: { ids: [product.id] }, values: { status: 'offSale' } })
    const before = digest()
    const made = await sales.orders.fromOpportunity({ opportunityId: chance.id })
    expect(made).toMatchObject({ linesFen: 243_00, discountFen: 3_00, totalFen: 240_00, opportunityId: chance.id })
    expect((await sales.orders.parts({ id: made.id })).lines).toMatchObject([{ ...line, listPriceFen: 100_00 }])
    await sales.history.undo({ seq: lastSeq() })
    expect(digest()).toBe(before)
    // What was agreed on stays sold; nobody sells it anew.
    const { id, version } = await sales.orders.fromOpportunity({ opportunityId: chance.id })
    expect((await sales.orders.setLines({ id, version, lines: [line, line] })).linesFen).toBe(486_00)
    const anew = { name: `停售 ${name}`, customerId: customer.id }
    expect(await reasonOf(sales.orders.create({ ...anew, lines: [line] }))).toBe('productOffSale')
    const bare = await sales.orders.create(anew)
    expect(await reasonOf(sales.orders.setLines({ id: bare.id, version: bare.version, lines: [line] }))).toBe('productOffSale')
  })

  it('of an accepted quote are what was offered, once', async () => {
    const customer = await sales.customers.create({ name: `要货 ${name}`, level: 'A' })
    const product = await admin.products.create({ name: `垫 ${name}`, priceFen: 10_00, unit: '个' })
    const list = await admin.products.createPriceList({
      name: `A 级 ${name}`,
      level: 'A',
      validFrom: '2026-01-01',
      validTo: null,
      enabled: true,
    })
    const priced = (priceFen: number) => admin.products.setPrices({ id: list.id, prices: [{ productId: product.id, priceFen }] })
    await priced(8_00)
    const quote = await sales.quotes.create({
      name: `二期 ${name}`,
      customerId: customer.id,
      discountFen: 5_00,
      lines: [
        {
          productId: null,
          name: '接头',
          spec: 'Φ12',
          unit: '个',
          quantity: '100',
          priceFen: 45_00,
          discount: '2',
          taxRate: '13',
          note: '含垫片',
        },
        {
          productId: product.id,
          name: product.name,
          spec: null,
          unit: '个',
          quantity: '1',
          priceFen: 8_00,
          discount: '0',
          taxRate: null,
          note: null,
        },
      ],
    })
    await priced(9_00)
    expect(await reasonOf(sales.orders.fromQuote({ quoteId: quote.id }))).toBe('quoteNotAccepted')
    const sent = await sales.quotes.send({ id: quote.id, version: quote.version })
    await sales.quotes.accept({ id: quote.id, version: sent.version })
    expect((await failureOf(colleague.orders.fromQuote({ quoteId: quote.id }))).code).toBe('NOT_FOUND')
    expect(await sales.orders.ofQuote({ quoteId: quote.id })).toEqual([])
    const before = digest()
    const made = await sales.orders.fromQuote({ quoteId: quote.id })
    expect(made).toMatchObject({
      name: quote.name,
      customerId: customer.id,
      quoteId: quote.id,
      ownerId: office.sales.employeeId,
      linesFen: 4418_00,
      discountFen: 5_00,
      totalFen: quote.totalFen,
      taxFen: quote.taxFen,
    })
    expect((await sales.orders.parts({ id: made.id })).lines).toMatchObject([
      { name: '接头', note: 'Φ12 含垫片', discount: '2' },
      // By list what it was when it was offered.
      { name: product.name, listPriceFen: 8_00 },
    ])
    expect(await reasonOf(sales.orders.fromQuote({ quoteId: quote.id }))).toBe('quoteOrdered')
    expect((await sales.orders.ofQuote({ quoteId: quote.id })).map(({ id }) => id)).toEqual([made.id])
    await sales.history.undo({ seq: lastSeq() })
    expect(digest()).toBe(before)
    // Of which another was made since, it does not come back: by itself, by undo, or with its customer.
    const replaced = await sales.orders.fromQuote({ quoteId: quote.id })
    const { id: movedTo } = await sales.customers.create({ name: `改签 ${name}` })
    await sales.orders.edit({ id: replaced.id, version: replaced.version, values: { customerId: movedTo } })
    await sales.orders.removeMany({ selection: { ids: [replaced.id] } })
    const removed = lastSeq()
    const other = await sales.orders.fromQuote({ quoteId: quote.id })
    const back = () => sales.recycleBin.restoreOrders({ selection: { ids: [replaced.id] } })
    expect(await reasonOf(back())).toBe('quoteOrdered')
    expect(await reasonOf(sales.history.undo({ seq: removed }))).toBe('quoteOrdered')
    await sales.orders.removeMany({ selection: { ids: [other.id] } })
    await back()
    await admin.customers.removeMany({ selection: { ids: [movedTo] } })
    await sales.recycleBin.restoreOrders({ selection: { ids: [other.id] } })
    await admin.customers.restoreMany({ selection: { ids: [movedTo] } })
    expect((await sales.orders.get({ id: replaced.id })).deletedAt).not.toBeNull()
    expect(await reasonOf(back())).toBe('quoteOrdered')
    await sales.orders.removeMany({ selection: { ids: [other.id] } })
    // Without its quote an order stays, and says nothing of it any more.
    const again = await sales.orders.fromQuote({ quoteId: quote.id })
    await admin.quotes.removeMany({ selection: { ids: [quote.id] } })
    await admin.recycleBin.purge({ kind: 'quote', selection: { ids: [quote.id] }, confirmCount: 1 })
    expect(await sales.orders.get({ id: again.id })).toMatchObject({ quoteId: null, totalFen: quote.totalFen })

    // A list of later says nothing of what stands there. What a service is by list and what it costs is said with it, by who may.
    const set = async (lines: readonly object[], client = sales) => {
      const { version } = await client.orders.get({ id: again.id })
      return client.orders.setLines({ id: again.id, version, lines: lines as never, discountFen: 0 })
    }
    const gasket = { productId: product.id, name: product.name, quantity: '1', priceFen: 8_00, note: '备注' }
    const work = { name: '安装', quantity: '2', priceFen: 100_00 }
    const worth = { listPriceFen: 120_00, costFen: 60_00 }
    expect(await set([gasket])).toMatchObject({ listFen: 8_00, totalFen: 8_00 })
    expect((await failureOf(set([gasket, { ...work, ...worth }]))).code).toBe('FORBIDDEN')
    expect(await reasonOf(set([{ ...gasket, costFen: 1 }], admin))).toBe('priceOfProduct')
    expect(await reasonOf(set([gasket, { ...work, listPriceFen: 99_99 }], admin))).toBe('listBelowPrice')
    expect((await set([gasket, { ...work, ...worth }], admin)).listFen).toBe(248_00)
    // Called otherwise by somebody who does not see its cost it keeps that; agreeing asks the lists and costs of its day.
    const { version } = await set([gasket, { ...work, name: '安装与调试' }])
    await admin.products.addCost({ productId: product.id, costFen: 5_00, validFrom: '2026-01-01' })
    await sales.orders.confirm({ id: again.id, version, signedOn: '2026-05-01' })
    expect(await admin.orders.get({ id: again.id })).toMatchObject({ listFen: 249_00, costFen: 125_00 })
  })
})
