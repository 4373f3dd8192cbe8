// Every command of products, their categories, costs and price lists over all wires: success, refusals, rights, history, undo.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CategoryId } from '../../src-shared/features/products/model.ts'
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

describe.each(wires)('products over %s', (name) => {
  const connect = connectOver(name, () => office)
  let manager: Client
  let sales: Client
  let finance: Client
  beforeAll(async () => {
    manager = await connect(office.manager)
    sales = await connect(office.sales)
    finance = await connect(office.finance)
  })
  const product = (values: Partial<Parameters<Client['products']['create']>[0]> = {}) =>
    manager.products.create({ name: `法兰 ${name}`, ...values })
  const category = (title: string, parentId: CategoryId | null = null) =>
    manager.products.createCategory({ name: `${title} ${name}`, parentId })
  const entries = async (entity: 'product' | 'priceList' | 'productCategory', id: string) =>
    (await manager.history.ofRecord({ entity, id })).entries
  const undoLast = async (entity: 'product' | 'priceList' | 'productCategory', id: string) => {
    const [last] = await entries(entity, id)
    return manager.history.undo({ seq: last?.seq ?? 0 })
  }

  const named = (value: string) => ({ combinator: 'and' as const, rules: [{ field: 'name', operator: '=' as const, value }] })

  it('create cleans what was typed, begins on sale and is written into history', async () => {
    const row = await product({
      name: ' 不锈钢　法兰 ',
      priceFen: 12_800,
      taxRate: '13.00%',
      barcode: '690 1234 567',
      unit: '个',
    })
    expect(row).toMatchObject({
      name: '不锈钢法兰',
      priceFen: 12_800,
      taxRate: '13',
      barcode: '6901234567',
      unit: '个',
      status: 'onSale',
      costFen: null,
      version: 1,
    })
    expect(await entries('product', row.id)).toMatchObject([{ action: 'created', procedure: 'products.create' }])
    expect((await sales.products.get({ id: row.id })).name).toBe('不锈钢法兰')
  })

  it('a number stands once, also in the recycle bin; one that is given uses up none of the rule', async () => {
    const first = await product({ number: `N-${name}` })
    expect(first.number).toBe(`N-${name}`)
    expect(await failureOf(product({ number: `N-${name}` }))).toMatchObject({ code: 'REFUSED', data: { reason: 'uniqueTaken' } })
    await manager.products.removeMany({ selection: { ids: [first.id] } })
    expect(await failureOf(product({ number: `N-${name}` }))).toMatchObject({ data: { reason: 'uniqueTaken' } })
  })

  it('what is no price, rate or category is turned away and nothing is written', async () => {
    const row = await product()
    const edit = (values: object) => failureOf(manager.products.edit({ id: row.id, version: 1, values }))
    expect(await edit({ priceFen: -1 })).toMatchObject({ code: 'BAD_REQUEST' })
    expect(await edit({ taxRate: '101' })).toMatchObject({ code: 'BAD_REQUEST' })
    expect(await edit({ categoryId: '01ZZZZZZZZZZZZZZZZZZZZZZZZ' })).toMatchObject({ data: { reason: 'categoryUnknown' } })
    expect(await manager.products.get({ id: row.id })).toMatchObject({ version: 1 })
  })

  it('edit merges other fields, is STALE on the same and says the category by its way', async () => {
    const [metal, wood] = [await category('五金'), await category('木材')]
    const row = await product()
    await manager.products.edit({ id: row.id, version: 1, values: { categoryId: metal.id } })
    await manager.products.edit({ id: row.id, version: 1, values: { spec: 'DN50' } })
    const stale = await failureOf(manager.products.edit({ id: row.id, version: 1, values: { categoryId: wood.id } }))
    expect(stale).toMatchObject({ code: 'STALE', data: { conflict: { fields: [{ field: 'categoryId', current: metal.id }] } } })
    expect(stale.data['conflict']).toMatchObject({ names: { [metal.id]: `五金 ${name}`, [wood.id]: `木材 ${name}` } })
    expect(await manager.products.get({ id: row.id })).toMatchObject({ categoryName: `五金 ${name}`, spec: 'DN50', version: 3 })
    expect((await entries('product', row.id))[1]?.changes).toMatchObject([
      { field: 'categoryId', afterLabel: `五金 ${name}`, beforeLabel: null },
    ])
    await manager.products.edit({ id: row.id, version: 3, values: { spec: 'DN50' } })
    expect(await manager.products.get({ id: row.id })).toMatchObject({ version: 3 })
  })

  it('many are taken off sale, removed and brought back as one step each', async () => {
    const given = { name: `多选 ${name}` }
    const ids = [(await product(given)).id, (await product(given)).id, (await product({ ...given, status: 'offSale' })).id]
    const selection = { ids }
    expect(await manager.products.previewMany({ act: 'edit', selection, values: { status: 'offSale' } })).toEqual({
      changed: 2,
      refused: 0,
      unchanged: 1,
    })
    const off = await manager.products.editMany({ selection, values: { status: 'offSale' } })
    expect(off).toMatchObject({ changed: 2, refused: 0, unchanged: 1 })
    expect((await entries('product', ids[0] ?? ''))[0]).toMatchObject({ action: 'takenOffSale' })
    await manager.history.undoBatch({ batchId: off.batchId ?? '' })
    const standing = async () => Promise.all(ids.map(async (id) => (await manager.products.get({ id: id as never })).status))
    expect(await standing()).toEqual(['onSale', 'onSale', 'offSale'])
    expect(await manager.products.removeMany({ selection })).toMatchObject({ changed: 3 })
    const listed = async () => (await manager.products.list({ filter: named(`多选 ${name}`) })).rows.length
    expect(await listed()).toBe(0)
    expect(await failureOf(manager.products.edit({ id: ids[0] as never, version: 1, values: { spec: 'x' } }))).toMatchObject({
      data: { reason: 'deleted' },
    })
    const binned = async (search: string) => (await manager.recycleBin.list({ kind: 'product', search, limit: 50 })).rows
    expect((await binned(`多选 ${name}`)).map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
    expect((await binned(`多选 ${name}`))[0]).toMatchObject({ customerName: null, mayRestore: true, mayPurge: false })
    expect(await manager.products.restoreMany({ selection })).toMatchObject({ changed: 3 })
    expect(await listed()).toBe(3)
    expect(await binned(`多选 ${name}`)).toEqual([])
    const one = { ids: ['01ZZZZZZZZZZZZZZZZZZZZZZZZ'] }
    expect(await manager.products.removeMany({ selection: one })).toMatchObject({ changed: 0, refused: 1 })
  })
  it('cells are read as a sheet gives them; what they do not understand stays', async () => {
    const row = await product()
    const block = {
      fields: ['priceFen', 'taxRate', 'status', 'costFen'],
      rows: [{ id: row.id, version: 1, cells: ['¥1,280.50', '13%', '下架', '3'] }],
      news: [['88', null, null, null]],
    }
    const checked = await manager.products.checkCells(block)
    expect(checked).toMatchObject({ changed: 1, cells: 3, notCreated: 1 })
    expect(checked.problems).toMatchObject([
      { field: 'costFen', code: 'readOnly' },
      { field: 'name', code: 'required' },
    ])
    await manager.products.editCells(block)
    expect(await manager.products.get({ id: row.id })).toMatchObject({ priceFen: 128_050, taxRate: '13', status: 'offSale' })
  })

  it('categories are named, moved and removed; never under themselves, never from under a product', async () => {
    const metal = await category('金属')
    const screw = await category('螺丝', metal.id)
    const small = await category('小螺丝', screw.id)
    expect(small.path).toBe(`金属 ${name}/螺丝 ${name}/小螺丝 ${name}`)
    expect(await failureOf(category('螺丝', metal.id))).toMatchObject({ data: { reason: 'nameTaken' } })
    const move = (id: CategoryId, version: number, parentId: CategoryId | null) =>
      manager.products.editCategory({ id, version, parentId })
    expect(await failureOf(move(metal.id, 1, small.id))).toMatchObject({ data: { reason: 'underItself' } })
    await manager.products.editCategory({ id: metal.id, version: 1, name: `五金件 ${name}` })
    const paths = async () =>
      (await manager.products.categories({})).filter(({ path }) => path.includes(name)).map(({ path }) => path)
    expect(await paths()).toContain(`五金件 ${name}/螺丝 ${name}/小螺丝 ${name}`)
    const row = await product({ categoryId: small.id })
    expect(row.categoryName).toBe(`五金件 ${name}/螺丝 ${name}/小螺丝 ${name}`)
    expect(await failureOf(manager.products.removeCategory({ id: small.id }))).toMatchObject({
      data: { reason: 'categoryNotEmpty', detail: { products: 1, children: 0 } },
    })
    expect(await failureOf(manager.products.removeCategory({ id: screw.id }))).toMatchObject({
      data: { reason: 'categoryNotEmpty', detail: { products: 0, children: 1 } },
    })
    expect(await failureOf(move(metal.id, 1, null))).toMatchObject({ code: 'STALE' })
    await undoLast('productCategory', metal.id)
    expect((await manager.products.get({ id: row.id })).categoryName).toBe(`金属 ${name}/螺丝 ${name}/小螺丝 ${name}`)
    const under = async (id: CategoryId) =>
      (
        await manager.products.list({
          filter: { combinator: 'and', rules: [{ field: 'categoryId', operator: 'under', value: id }] },
        })
      ).rows.map(({ id: found }) => found)
    expect(await under(metal.id)).toEqual([row.id])
  })

  it('taking a move back never closes a circle', async () => {
    const [a, b] = [await category('甲类'), await category('乙类')]
    await manager.products.editCategory({ id: a.id, version: 1, parentId: b.id })
    await manager.products.editCategory({ id: a.id, version: 2, parentId: null })
    await manager.products.editCategory({ id: b.id, version: 1, parentId: a.id })
    const [last] = await entries('productCategory', a.id)
    expect(await failureOf(manager.history.undo({ seq: last?.seq ?? 0 }))).toMatchObject({
      data: { reason: 'categoryUnderItself' },
    })
    const empty = await category('空的')
    await manager.products.removeCategory({ id: empty.id })
    expect((await manager.products.categories({})).some(({ id }) => id === empty.id)).toBe(false)
  })

  it('a cost counts from its day on; the list shows that of today and only to whom it is open', async () => {
    const row = await product()
    await manager.products.addCost({ productId: row.id, costFen: 5_000, validFrom: '2026-01-01' })
    await manager.products.addCost({ productId: row.id, costFen: 6_000, validFrom: '2999-01-01', note: '涨价' })
    expect(await manager.products.get({ id: row.id })).toMatchObject({ costFen: 5_000, costFrom: '2026-01-01' })
    expect(await failureOf(manager.products.addCost({ productId: row.id, costFen: 1, validFrom: '2026-01-01' }))).toMatchObject({
      data: { reason: 'dayTaken', detail: { day: '2026-01-01' } },
    })
    const [later, first] = await finance.products.costs({ id: row.id })
    expect([later?.costFen, first?.costFen, later?.note]).toEqual([6_000, 5_000, '涨价'])
    await finance.products.editCost({ id: first?.id as never, version: 1, costFen: 5_500 })
    expect((await finance.products.get({ id: row.id })).costFen).toBe(5_500)
    expect(await failureOf(finance.products.editCost({ id: first?.id as never, version: 1, costFen: 1 }))).toMatchObject({
      code: 'STALE',
    })
    const [corrected] = await entries('product', row.id)
    await finance.history.undo({ seq: corrected?.seq ?? 0 })
    expect((await finance.products.get({ id: row.id })).costFen).toBe(5_000)
    await finance.products.removeCost({ id: later?.id as never })
    expect(await finance.products.costs({ id: row.id })).toHaveLength(1)
    expect(await sales.products.get({ id: row.id })).toMatchObject({ costFen: null, costFrom: null })
    expect(await failureOf(sales.products.costs({ id: row.id }))).toMatchObject({ code: 'FORBIDDEN' })
    const byCost = { combinator: 'and' as const, rules: [{ field: 'costFen', operator: '>' as const, value: 1 }] }
    expect(await failureOf(sales.products.list({ filter: byCost }))).toMatchObject({ code: 'FORBIDDEN' })
    expect(
      (await finance.products.list({ filter: byCost, sort: [{ field: 'costFen', direction: 'desc' }] })).rows[0]?.costFen,
    ).toBe(5_000)
  })

  it('price lists stand in an order, name products once, and go with their prices', async () => {
    const row = await product({ priceFen: 1_000 })
    const values = { name: `A 级 ${name}`, level: 'A' as const, validFrom: '2026-01-01', validTo: null, enabled: true }
    const list = await manager.products.createPriceList(values)
    expect(list).toMatchObject({ level: 'A', items: 0, version: 1 })
    expect(await failureOf(manager.products.createPriceList(values))).toMatchObject({ data: { reason: 'nameTaken' } })
    expect(await failureOf(manager.products.editPriceList({ id: list.id, version: 1, validTo: '2025-12-31' }))).toMatchObject({
      data: { reason: 'endsBeforeItBegins' },
    })
    expect(await manager.products.setPrices({ id: list.id, prices: [{ productId: row.id, priceFen: 900 }] })).toEqual({
      changed: 1,
    })
    expect(await manager.products.setPrices({ id: list.id, prices: [{ productId: row.id, priceFen: 900 }] })).toEqual({
      changed: 0,
    })
    expect(await sales.products.priceItems({ id: list.id })).toMatchObject([
      { productId: row.id, standardFen: 1_000, priceFen: 900 },
    ])
    expect(await sales.products.pricesOf({ id: row.id })).toEqual([{ listId: list.id, priceFen: 900 }])
    const unknown = { productId: '01ZZZZZZZZZZZZZZZZZZZZZZZZ' as never, priceFen: 1 }
    expect(await failureOf(manager.products.setPrices({ id: list.id, prices: [unknown] }))).toMatchObject({
      data: { reason: 'productUnknown', detail: { count: 1 } },
    })
    await manager.products.editPriceList({ id: list.id, version: 1, enabled: false })
    expect((await manager.products.priceLists({})).find(({ id }) => id === list.id)).toMatchObject({ enabled: false, items: 1 })
    await manager.products.removePriceList({ id: list.id })
    expect(await sales.products.pricesOf({ id: row.id })).toEqual([])
    const [gone] = (await manager.history.recent({ mine: true, limit: 1 })).entries
    await manager.history.undo({ seq: gone?.seq ?? 0 })
    expect(await sales.products.pricesOf({ id: row.id })).toHaveLength(1)
  })

  it('who only reads writes nothing, and who may not read finds nothing', async () => {
    const row = await product()
    const selection = { ids: [row.id] }
    for (const call of [
      () => sales.products.create({ name: 'x' }),
      () => sales.products.editMany({ selection, values: { status: 'offSale' } }),
      () => sales.products.createCategory({ name: 'x', parentId: null }),
      () => sales.products.createPriceList({ name: 'x', level: null, validFrom: '2026-01-01', validTo: null, enabled: true }),
      () => sales.products.addCost({ productId: row.id, costFen: 1, validFrom: '2026-01-01' }),
      () => finance.products.edit({ id: row.id, version: 1, values: { spec: 'x' } }),
    ])
      expect(await failureOf(call())).toMatchObject({ code: 'FORBIDDEN' })
    const nobody = await connect({ ...office.sales, permissions: { 'customers.read': 'all' } })
    expect(await failureOf(nobody.products.list({}))).toMatchObject({ code: 'FORBIDDEN' })
    expect(await failureOf(nobody.history.ofRecord({ entity: 'product', id: row.id }))).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('the sums of a list are exact', async () => {
    await product({ name: `求和甲 ${name}`, priceFen: 101 })
    await product({ name: `求和乙 ${name}`, priceFen: 202 })
    const which = {
      filter: {
        combinator: 'and' as const,
        rules: [
          { field: 'name', operator: 'beginsWith' as const, value: '求和' },
          { field: 'name', operator: 'contains' as const, value: name },
        ],
      },
    }
    expect(await sales.products.sums({ selection: { which, except: [] }, sums: [{ field: 'priceFen', sum: 'sum' }] })).toEqual([
      { field: 'priceFen', sum: 'sum', value: 303, count: 2 },
    ])
    expect(await sales.products.count(which)).toEqual({ count: 2, capped: false })
  })
})
