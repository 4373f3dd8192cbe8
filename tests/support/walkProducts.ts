import type { NewProduct, PriceListValues } from '../../src-shared/features/products/model.ts'
import { gone, living, type Op, onOne, raw, type Row, type Scene, some } from './walkScene.ts'

const pickId = (scene: Scene, table: string, where = '1'): never | null => some(scene, table, where)?.id ?? null
const NAMES = ['法兰', '螺丝', '球阀', '轴承', '安装服务']
const fen = ({ random }: Scene): number => random.below(1_000_000)
const day = ({ random }: Scene): string => `2026-0${1 + random.below(9)}-1${random.below(9)}`
const chosen = (scene: Scene, where: string) => ({
  ids: Array.from({ length: 1 + scene.random.below(4) }, () => some(scene, 'product', where)?.id ?? 'nobody'),
})

const values = (scene: Scene): NewProduct => ({
  name: `${scene.random.pick(NAMES)}${scene.random.below(40)}`,
  categoryId: scene.random.chance(0.5) ? pickId(scene, 'product_category') : null,
  priceFen: scene.random.chance(0.8) ? fen(scene) : null,
  taxRate: scene.random.pick(['13', '6', '0', null]),
  stocked: scene.random.chance(0.6),
  ...(scene.random.chance(0.3) && { number: `W-${scene.random.below(60)}` }),
})
const list = (scene: Scene): PriceListValues => ({
  name: `价格表${scene.random.below(12)}`,
  level: scene.random.pick(['A', 'B', 'C', null]),
  validFrom: day(scene),
  validTo: scene.random.chance(0.3) ? day(scene) : null,
  enabled: scene.random.chance(0.8),
})
const prices = (scene: Scene) =>
  Array.from({ length: 1 + scene.random.below(4) }, () => some(scene, 'product', living)).flatMap((row) =>
    row ? [{ productId: row.id, priceFen: scene.random.chance(0.8) ? fen(scene) : null }] : [],
  )
const productOf = (scene: Scene, cost: Row): never =>
  raw(scene).prepare('select product_id from product_cost where id = ?').pluck().get(cost.id) as never

/** What five people do to products, their categories, costs and price lists. */
export const productOps: readonly Op[] = [
  ['products.create', 6, (scene, { client }) => client.products.create(values(scene))],
  [
    'products.edit',
    5,
    onOne('product', living, (scene, { client }, { id, version }) =>
      client.products.edit({ id, version, values: values(scene) }),
    ),
  ],
  [
    'products.editMany',
    3,
    (scene, { client }) =>
      client.products.editMany({
        selection: chosen(scene, living),
        values: { status: scene.random.pick(['onSale', 'offSale']), unit: scene.random.pick(['个', '箱']) },
      }),
  ],
  [
    'products.editCells',
    3,
    onOne('product', living, (scene, { client }, { id, version }) =>
      client.products.editCells({
        fields: ['priceFen', 'spec'],
        rows: [{ id, version, cells: [String(scene.random.below(900)), `DN${scene.random.below(90)}`] }],
      }),
    ),
  ],
  ['products.removeMany', 2, (scene, { client }) => client.products.removeMany({ selection: chosen(scene, living) })],
  ['products.restoreMany', 2, (scene, { client }) => client.products.restoreMany({ selection: chosen(scene, gone) })],
  [
    'products.createCategory',
    3,
    (scene, { client }) =>
      client.products.createCategory({
        name: `${scene.random.pick(NAMES)}类${scene.random.below(20)}`,
        parentId: scene.random.chance(0.6) ? pickId(scene, 'product_category') : null,
      }),
  ],
  [
    'products.editCategory',
    3,
    onOne('product_category', '1', (scene, { client }, { id, version }) =>
      client.products.editCategory({
        id,
        version,
        name: `${scene.random.pick(NAMES)}类${scene.random.below(20)}`,
        parentId: scene.random.chance(0.5) ? pickId(scene, 'product_category') : null,
      }),
    ),
  ],
  [
    'products.removeCategory',
    2,
    onOne('product_category', '1', (_scene, { client }, { id }) => client.products.removeCategory({ id })),
  ],
  [
    'products.addCost',
    3,
    onOne('product', living, (scene, { client }, { id }) =>
      client.products.addCost({ productId: id, costFen: fen(scene), validFrom: day(scene) }),
    ),
  ],
  [
    'products.editCost',
    2,
    onOne('product_cost', '1', (scene, { client }, { id, version }) =>
      client.products.editCost({ id, version, costFen: fen(scene), validFrom: day(scene) }),
    ),
  ],
  [
    'products.removeCost',
    1,
    onOne('product_cost', '1', async (scene, { client }, cost) => {
      await client.products.costs({ id: productOf(scene, cost) })
      return client.products.removeCost({ id: cost.id })
    }),
  ],
  ['products.createPriceList', 2, (scene, { client }) => client.products.createPriceList(list(scene))],
  [
    'products.editPriceList',
    2,
    onOne('price_list', '1', (scene, { client }, { id, version }) =>
      client.products.editPriceList({ id, version, ...list(scene), position: scene.random.below(6) }),
    ),
  ],
  [
    'products.removePriceList',
    1,
    onOne('price_list', '1', (_scene, { client }, { id }) => client.products.removePriceList({ id })),
  ],
  [
    'products.setPrices',
    3,
    onOne('price_list', '1', (scene, { client }, { id }) => {
      const wanted = prices(scene)
      return wanted.length === 0 ? Promise.resolve(null) : client.products.setPrices({ id, prices: wanted })
    }),
  ],
]
