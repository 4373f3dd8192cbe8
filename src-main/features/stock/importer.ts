import { sql } from 'kysely'
import { stockMoveEntity } from '../../../src-shared/features/stock/moveEntity.ts'
import { may } from '../../../src-shared/kernel/actor.ts'
import { unitsOf } from '../../../src-shared/kernel/documents/units.ts'
import { cleanText } from '../../../src-shared/kernel/cleaning/text.ts'
import { plain } from '../../kernel/database.ts'
import type {
  CellProblem,
  CleanRow,
  Importer,
  Likeness,
  Parts,
  Placing,
  RowKey,
  RowRecord,
  Values,
} from '../../kernel/importer.ts'
import { writeMoves } from './importWrite.ts'
import { requireSoundStock } from './sound.ts'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const moveOf = (parts: Parts): Values => parts.stockMove?.[0] ?? {}

function tell(row: CleanRow, field: string, code: string, level: CellProblem['level'] = 'error'): void {
  row.problems.push({ column: null, field: `stockMove.${field}`, level, code })
}

function finish(row: CleanRow): void {
  const values = (row.parts.stockMove ??= [{}])[0] ?? {}
  row.parts.stockMove = [values]
  for (const key of ['reason', 'doc'] as const) {
    const plainText = cleanText(text(values[key]))
    if (plainText === '') delete values[key]
    else values[key] = plainText
  }
  if (text(values['productId']) === '') tell(row, 'productId', 'stock.productless')
  const { quantity } = values
  if (typeof quantity !== 'number') tell(row, 'quantity', 'stock.quantityless')
  else if (values['kind'] === undefined) {
    values['kind'] = 'count'
    tell(row, 'quantity', 'stock.counted', 'warning')
  }
  if (typeof quantity !== 'number') return
  // What is said to leave stands below zero in many a register.
  if (quantity < 0 && values['kind'] === 'out') values['quantity'] = -quantity
  else if (quantity < 0) tell(row, 'quantity', 'stock.negative')
  else if (quantity === 0 && values['kind'] !== 'count') tell(row, 'quantity', 'stock.nothingMoved')
}

const DEFAULT = 'select id from warehouse where archived = ? order by is_default desc, position, id limit 1'
const STOCKED = 'select stocked from product where id = ?'

function place(row: CleanRow, { read, now }: Placing): void {
  const values = moveOf(row.parts)
  if (text(values['warehouseId']) === '') values['warehouseId'] = read(DEFAULT, '0')[0]?.['id']
  const productId = text(values['productId'])
  if (productId !== '' && read(STOCKED, productId)[0]?.['stocked'] === 0) tell(row, 'productId', 'stock.notStocked')
  if (values['kind'] === 'transfer' && (text(values['toId']) === '' || values['toId'] === values['warehouseId']))
    tell(row, 'toId', 'stock.sameWarehouse')
  if (text(values['movedAt']) > now) tell(row, 'movedAt', 'dayAhead', 'warning')
}

function matchRecord(parts: Parts): RowRecord {
  const values = moveOf(parts)
  const { quantity } = values
  const units = typeof quantity === 'number' ? unitsOf(String(quantity)) * (values['kind'] === 'in' ? 1 : -1) : 0
  const said = (key: string): string | null => text(values[key]) || null
  return {
    name: said('doc'),
    phones: [],
    own: {
      product: said('productId'),
      warehouse: said('warehouseId'),
      kind: said('kind'),
      // A count keeps by how much it was off, not what was found.
      units: values['kind'] === 'count' ? null : String(units),
      at: said('movedAt'),
      reason: said('reason'),
      doc: said('doc'),
      stands: said('stands'),
    },
  }
}

/** A count says anew what lies there, unless it is the one of that day; what came or left without a day is looked for by all the rest. */
const keys = (parts: Parts): RowKey[] => {
  const { product, warehouse, kind, units, at } = matchRecord(parts).own ?? {}
  if (!product || !warehouse || (kind === 'count' && !at)) return []
  return [{ kind: 'move', key: JSON.stringify({ product, warehouse, kind, units, at: at ?? null }) }]
}

const likeness = (verdict: Likeness['verdict'], weight: number): Likeness => ({
  verdict,
  bits: weight,
  score: verdict === 'same' ? 0.99 : 0.5,
  reasons: weight > 0 ? [{ code: 'labelSame', weight }] : [],
})

/** One that stands there is the same; of two of one file nobody can tell, for the same may have come twice on a day. */
function compare(row: RowRecord, there: RowRecord): Likeness {
  const [a, b] = [row.own ?? {}, there.own ?? {}]
  const isSame =
    (['product', 'warehouse', 'kind', 'units', 'reason', 'doc'] as const).every((key) => (a[key] ?? null) === (b[key] ?? null)) &&
    (!a['at'] || a['at'] === b['at'])
  if (!isSame) return likeness('different', -8)
  return b['stands'] || a['doc'] ? likeness('same', 12) : likeness('maybe', 4)
}

const THERE = `m.id, m.kind, abs(m.units) / 10000.0 as quantity, m.reason, m.doc, m.created_at as "movedAt", l.product_id as "productId",
  l.warehouse_id as "warehouseId"`

/** Moves of stock: what came, left, went over to another warehouse or was found, one row each. */
export const stockImporter: Importer = {
  entity: 'stockMove',
  parts: [stockMoveEntity],
  identified: ['stockMove.quantity'],
  unidentified: 'stockNotMapped',
  action: 'importedStock',
  needs: 'stock.move',
  creates: 'stock.move',
  writes: {},
  presentPeople: [],
  repeatable: ['stockMove.reason'],
  words: {
    'stockMove.kind': {
      in: ['入库', '采购入库', '其他入库', '退货入库', '生产入库', '收货', 'receipt', 'received', 'stock in'],
      out: ['出库', '销售出库', '其他出库', '领用', '报损', '发货', 'issue', 'shipped', 'stock out'],
      transfer: ['调拨', '移库', '转仓', 'move'],
      count: [
        '盘点',
        '期初',
        '期初库存',
        '期初余额',
        '结存',
        '库存',
        '初始化',
        'opening',
        'opening balance',
        'stocktake',
        'on hand',
      ],
    },
  },
  finish,
  place,
  matchRecord,
  keys,
  compare,
  candidates: {
    sql: `with w as (select value ->> 'key' as sought from json_each(?))
      select ${THERE}, p.name from w cross join stock_level l on l.product_id = w.sought ->> 'product' and l.warehouse_id = w.sought ->> 'warehouse'
      join stock_move m on m.level_id = l.id and m.kind = w.sought ->> 'kind' join product p on p.id = l.product_id
      where m.order_id is null and m.purchase_id is null and (w.sought ->> 'units' is null or m.units = cast(w.sought ->> 'units' as integer))
        and (w.sought ->> 'at' is null or m.created_at = w.sought ->> 'at') limit 100`,
    parameter: (found) => JSON.stringify(found),
    read: (row) => ({
      id: text(row['id']),
      name: text(row['name']),
      ownerId: null,
      ownerName: null,
      deleted: false,
      record: matchRecord({ stockMove: [{ ...row, stands: 'yes' }] }),
    }),
  },
  there: async (db, actor, ids) => {
    if (!may(actor, 'stock.read')) return []
    const { rows } = await sql<Record<string, unknown>>`
      select ${sql.raw(THERE)}, p.name as "productName", w.name as "warehouseName", o.name as "toName", e.name as "byEmployeeName", null as "deletedAt"
      from stock_move m join stock_level l on l.id = m.level_id join product p on p.id = l.product_id join warehouse w on w.id = l.warehouse_id
      left join warehouse o on o.id = m.other_id left join employee e on e.id = m.by_employee_id
      where m.id in (select value from json_each(${JSON.stringify(ids)}))`.execute(plain(db))
    return rows
  },
  sees: (actor) => may(actor, 'stock.read'),
  afterUndo: requireSoundStock,
  write: writeMoves,
}
