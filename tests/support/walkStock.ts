import type { MoveInput } from '../../src-shared/features/stock/model.ts'
import { type Op, onOne, raw, type Scene, some } from './walkScene.ts'

const STOCKED = 'deleted_at is null and stocked = 1'
const OPEN = 'archived = 0'
const idOf = (scene: Scene, table: string, where: string): never => some(scene, table, where)?.id ?? ('nobody' as never)
const pieces = ({ random }: Scene): string => `${1 + random.below(12)}.${random.below(10)}`

const moved = (scene: Scene): MoveInput => ({
  kind: scene.random.pick(['in', 'in', 'in', 'out', 'transfer', 'count'] as const),
  warehouseId: idOf(scene, 'warehouse', OPEN),
  toId: scene.random.chance(0.6) ? idOf(scene, 'warehouse', OPEN) : null,
  lines: Array.from({ length: 1 + scene.random.below(2) }, () => ({
    productId: idOf(scene, 'product', STOCKED),
    quantity: pieces(scene),
  })),
  reason: scene.random.pick(['期初', '报损', null]),
  beyond: scene.random.chance(0.2),
})
const bought = (scene: Scene) =>
  Array.from({ length: 1 + scene.random.below(2) }, () => ({
    productId: idOf(scene, 'product', STOCKED),
    quantity: pieces(scene),
    priceFen: scene.random.chance(0.5) ? scene.random.below(9_000) : null,
  }))

/** What five people do to warehouses, what lies in them, and purchases. */
export const stockOps: readonly Op[] = [
  ['stock.move', 9, (scene, { client }) => client.stock.move(moved(scene))],
  ['stock.createWarehouse', 1, (scene, { client }) => client.stock.createWarehouse({ name: `仓${scene.random.below(9)}` })],
  [
    'stock.editWarehouse',
    2,
    onOne('warehouse', '1', (scene, { client }, { id, version }) =>
      client.stock.editWarehouse({
        id,
        version,
        ...(scene.random.chance(0.4) ? { isDefault: true as const } : { archived: scene.random.chance(0.5) }),
      }),
    ),
  ],
  [
    'stock.removeWarehouse',
    1,
    onOne('warehouse', 'is_default = 0', (_scene, { client }, { id }) => client.stock.removeWarehouse({ id })),
  ],
  [
    'purchases.create',
    3,
    (scene, { client }) => client.purchases.create({ supplier: scene.random.pick(['华东五金', null]), lines: bought(scene) }),
  ],
  [
    'purchases.edit',
    2,
    onOne('purchase', '1', (scene, { client }, { id, version }) =>
      client.purchases.edit({
        id,
        version,
        values: { note: scene.random.pick(['急', null]), warehouseId: idOf(scene, 'warehouse', OPEN) },
      }),
    ),
  ],
  [
    'purchases.setLines',
    2,
    onOne('purchase', "stage = 'draft'", (scene, { client }, { id, version }) =>
      client.purchases.setLines({ id, version, lines: bought(scene) }),
    ),
  ],
  [
    'purchases.submit',
    5,
    onOne('purchase', "stage = 'draft'", (_scene, { client }, { id, version }) => client.purchases.submit({ id, version })),
  ],
  [
    'purchases.receive',
    6,
    onOne('purchase', "state in ('approved', 'partial')", (scene, { client }, { id, version }) => {
      const lines = raw(scene)
        .prepare('select id as lineId from purchase_line where purchase_id = ? and received < units order by id')
        .all(id) as { lineId: never }[]
      return client.purchases.receive({
        id,
        version,
        lines: lines.slice(0, 1).map((line) => ({ ...line, quantity: pieces(scene) })),
      })
    }),
  ],
  [
    'purchases.cancel',
    1,
    onOne('purchase', '1', (_scene, { client }, { id, version }) => client.purchases.cancel({ id, version })),
  ],
]
