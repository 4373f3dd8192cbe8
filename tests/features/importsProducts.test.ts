// A list of products: known again by number or by name and specification, categories made from their paths, costs from a day on.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { exportList } from '../../src-main/features/exports/public.ts'
import { undoImport } from '../../src-main/features/imports/public.ts'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { startBackend, type TestBackend } from '../support/backend.ts'
import { gridOf, saved } from '../support/editedExport.ts'
import { actorOf, addPerson, administrator } from '../support/factories.ts'
import { bring, csvFile, digestOf, outFile, rowsOf, textFile } from './importFixtures.ts'

let backend: TestBackend
let admin: Actor
beforeAll(async () => {
  backend = await startBackend()
  await backend.start()
  admin = administrator(backend)
})
afterAll(() => backend.dispose())

const HEAD = ['产品编号', '品名', '规格', '产品分类', '单位', '单价(元)', '成本', '成本生效日', '税率', '状态']
const ROWS = [
  ['P-1', '不锈钢法兰', 'DN50', '五金/法兰', '个', '¥1,280.5', '900', '2026-01-01', '13%', '在售'],
  ['', '螺丝', 'M6', '五金/紧固件/螺丝', '箱', '88', '', '', '0.13', '上架'],
  ['', '螺丝', 'M8', '五金/紧固件/螺丝', '箱', '1.2万', '', '', '', '下架'],
  ['P-1', '不锈钢法兰', 'DN50', '', '', '', '', '', '', ''],
  ['', '', '', '五金', '', '', '', '', '', ''],
  ['', '怪价', '', '', '', '-3', '', '', '四十', ''],
]
const products = () =>
  rowsOf(
    backend,
    `select p.number, p.name, p.spec, c.path, p.unit, p.price_fen as price, p.tax_rate as rate, p.status from product p
     left join product_category c on c.id = p.category_id order by p.name_sort, p.spec`,
  )
const bringProducts = (rows: readonly (readonly string[])[], options: Parameters<typeof bring>[3] = {}, actor = admin) =>
  bring(backend, actor, csvFile(rows), { entity: 'product', ...options })

it('makes products with their categories, each once; a second time nothing doubles, an undo leaves nothing', async () => {
  const before = digestOf(backend)
  const first = await bringProducts([HEAD, ...ROWS])
  expect(first).toMatchObject({ rowsRead: 6, created: 4, skipped: 1, failed: 1 })
  expect(products()).toEqual([
    {
      number: 'P-1',
      name: '不锈钢法兰',
      spec: 'DN50',
      path: '五金/法兰',
      unit: '个',
      price: 128_050,
      rate: '13',
      status: 'onSale',
    },
    { number: null, name: '怪价', spec: null, path: null, unit: null, price: null, rate: null, status: 'onSale' },
    { number: null, name: '螺丝', spec: 'M6', path: '五金/紧固件/螺丝', unit: '箱', price: 8_800, rate: '13', status: 'onSale' },
    {
      number: null,
      name: '螺丝',
      spec: 'M8',
      path: '五金/紧固件/螺丝',
      unit: '箱',
      price: 1_200_000,
      rate: null,
      status: 'offSale',
    },
  ])
  expect(rowsOf(backend, 'select cost_fen as fen, valid_from as day from product_cost')).toEqual([
    { fen: 90_000, day: '2026-01-01' },
  ])
  const stands = digestOf(backend)
  expect(await bringProducts([HEAD, ...ROWS])).toMatchObject({ created: 0, updated: 0, failed: 1 })
  expect(digestOf(backend)).toBe(stands)
  await undoImport(backend.backend, admin, first.importId)
  expect(digestOf(backend)).toBe(before)
})

it('an update says prices anew and a further cost, and leaves the rest', async () => {
  await bringProducts([HEAD, ...ROWS.slice(0, 3)])
  const done = await bringProducts(
    [
      ['产品编号', '标准价', '成本价', '成本生效日期'],
      ['P-1', '1300', '950', '2026-06-01'],
      ['P-9', '1', '', ''],
    ],
    { onDuplicate: 'update' },
  )
  expect(done).toMatchObject({ created: 0, updated: 1, failed: 1 })
  expect(products()[0]).toMatchObject({ number: 'P-1', name: '不锈钢法兰', path: '五金/法兰', price: 130_000 })
  expect(rowsOf(backend, 'select cost_fen as fen, valid_from as day from product_cost order by day')).toEqual([
    { fen: 90_000, day: '2026-01-01' },
    { fen: 95_000, day: '2026-06-01' },
  ])
})

it('an exported file that nobody edited changes nothing; an edited one changes exactly the edited cells', async () => {
  const out = outFile()
  await exportList(backend.backend, admin, { entity: 'product', out, format: 'xlsx' })
  const before = digestOf(backend)
  expect(await bring(backend, admin, out, { entity: 'product', onDuplicate: 'update' })).toMatchObject({
    created: 0,
    updated: 0,
    failed: 0,
  })
  expect(digestOf(backend)).toBe(before)
  const stood = products()
  const grid = await gridOf(out)
  const at = (header: string) => (grid[0] ?? []).indexOf(header)
  const row = grid.find((cells) => cells[at('规格')] === 'M6') ?? []
  row[at('标准价')] = 99.5
  row[at('分类')] = '五金/螺丝'
  row[at('成本')] = 60
  expect(
    await bring(backend, admin, await saved(backend, grid, 'xlsx'), { entity: 'product', onDuplicate: 'update' }),
  ).toMatchObject({
    created: 0,
    updated: 1,
    failed: 0,
  })
  expect(products()).toEqual(stood.map((one) => (one['spec'] === 'M6' ? { ...one, price: 9_950, path: '五金/螺丝' } : one)))
  expect(
    rowsOf(backend, "select c.cost_fen as fen from product_cost c join product p on p.id = c.product_id where p.spec = 'M6'"),
  ).toEqual([{ fen: 6_000 }])
})

it('is for who writes products; costs are written by who may', async () => {
  const { userId } = await addPerson(backend, {
    name: '录入员',
    roles: [
      {
        permissions: { 'imports.run': 'all', 'products.read': 'all', 'products.write': 'all' },
        fieldRights: { 'product.costFen': 'hidden' },
      },
    ],
  })
  const clerk = actorOf(backend, userId)
  await bringProducts([HEAD, ['P-7', '垫片', '', '', '', '1', '0.5', '', '', '']], {}, clerk).catch(() => null)
  expect(rowsOf(backend, "select 1 from product_cost c join product p on p.id = c.product_id where p.number = 'P-7'")).toEqual([])
  const { 'products.write': _gone, ...permissions } = admin.permissions
  await expect(bringProducts([HEAD, ROWS[0] ?? []], {}, { ...admin, permissions })).rejects.toMatchObject({
    needs: 'products.write',
  })
})

it('reads a list as it is pasted, tabs and all', async () => {
  const file = textFile('货号\t商品名称\t计量单位\t售价\nK-1\t扳手\t把\t35\n', 'tsv')
  expect(await bring(backend, admin, file, { entity: 'product' })).toMatchObject({ created: 1 })
  expect(products().find(({ number }) => number === 'K-1')).toMatchObject({ unit: '把', price: 3_500 })
})
