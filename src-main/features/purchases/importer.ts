import { purchaseEntity, purchaseLineEntity } from '../../../src-shared/features/purchases/entity.ts'
import { may } from '../../../src-shared/kernel/actor.ts'
import { cleanText } from '../../../src-shared/kernel/cleaning/text.ts'
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
import { ordersSaid } from '../orders/public.ts'
import { requireSoundStock } from '../stock/public.ts'
import { askedOfNew } from './importRows.ts'
import { writePurchases } from './importWrite.ts'
import { requireSoundPurchases } from './states.ts'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const purchaseOf = (parts: Parts): Values => parts.purchase?.[0] ?? {}
const lineOf = (parts: Parts): Values => parts.purchaseLine?.[0] ?? {}

function tell(row: CleanRow, field: string, code: string, level: CellProblem['level'] = 'error'): void {
  row.problems.push({ column: null, field, level, code })
}

function tidy(values: Values): void {
  for (const key of ['number', 'supplier', 'cancelReason'] as const) {
    const plain = cleanText(text(values[key]))
    if (plain === '') delete values[key]
    else values[key] = plain
  }
}

/** What a line costs a piece, where its row says only what it comes to. */
function priced(row: CleanRow, line: Values): void {
  const { priceFen, lineFen, quantity } = line
  for (const key of ['priceFen', 'lineFen'] as const)
    if (typeof line[key] === 'number' && line[key] < 0) {
      tell(row, `purchaseLine.${key}`, 'amount.negative', 'warning')
      delete line[key]
    }
  if (typeof priceFen === 'number' || typeof lineFen !== 'number' || typeof quantity !== 'number' || lineFen < 0) return
  if (quantity > 0) line['priceFen'] = Math.round(lineFen / quantity)
}

function finish(row: CleanRow): void {
  const values = (row.parts.purchase ??= [{}])[0] ?? {}
  row.parts.purchase = [values]
  tidy(values)
  // What waits for a decision is asked about here again.
  if (values['state'] === 'pending') {
    tell(row, 'purchase.state', 'purchase.asked', 'warning')
    delete values['state']
  }
  const line = (row.parts.purchaseLine ??= [{}])[0] ?? {}
  row.parts.purchaseLine = [line]
  if (text(line['productId']) === '') tell(row, 'purchaseLine.productId', 'stock.productless')
  const { quantity, received } = line
  if (typeof quantity !== 'number') tell(row, 'purchaseLine.quantity', 'stock.quantityless')
  else if (quantity <= 0) tell(row, 'purchaseLine.quantity', 'stock.nothingMoved')
  else if (typeof received === 'number' && received > quantity) tell(row, 'purchaseLine.received', 'purchase.aboveOrdered')
  if (typeof received === 'number' && received < 0) tell(row, 'purchaseLine.received', 'stock.negative')
  if (values['state'] === 'partial' && typeof received !== 'number') tell(row, 'purchase.state', 'purchase.partial', 'warning')
  priced(row, line)
}

const DEFAULT = 'select id from warehouse where archived = ? order by is_default desc, position, id limit 1'
const STOCKED = 'select stocked from product where id = ?'

function place(row: CleanRow, given: Placing): void {
  const { read, actor, now } = given
  const [values, line] = [purchaseOf(row.parts), lineOf(row.parts)]
  if (text(values['warehouseId']) === '') values['warehouseId'] = read(DEFAULT, '0')[0]?.['id']
  const productId = text(line['productId'])
  if (productId !== '' && read(STOCKED, productId)[0]?.['stocked'] === 0) tell(row, 'purchaseLine.productId', 'stock.notStocked')
  const arrives = Number(line['received'] ?? 0) > 0 || values['state'] === 'received'
  if (arrives && !may(actor, 'purchases.receive')) tell(row, 'purchaseLine.received', 'purchase.mayNotReceive')
  else if (arrives) tell(row, 'purchaseLine.received', 'purchase.receives', 'warning')
  const [order] = ordersSaid(row, { word: text(line['orderNumber']), home: '', field: 'purchaseLine.orderNumber' }, given)
  if (order) line['orderId'] = order.orderId
  if (text(values['createdAt']) > now || text(line['receivedAt']) > now) tell(row, 'purchase.createdAt', 'dayAhead', 'warning')
}

function matchRecord(parts: Parts): RowRecord {
  const [values, line] = [purchaseOf(parts), lineOf(parts)]
  const said = (value: unknown): string | null => text(value) || null
  return {
    name: said(values['number']),
    phones: [],
    own: {
      number: said(values['number']),
      supplier: said(values['supplier']),
      product: said(line['productId']),
      quantity: typeof line['quantity'] === 'number' ? String(line['quantity']) : null,
      day: said(values['createdAt'])?.slice(0, 10) ?? null,
    },
  }
}

/** By its number; without one by what is bought of whom. */
const keys = (parts: Parts): RowKey[] => {
  const { number, product } = matchRecord(parts).own ?? {}
  if (number) return [{ kind: 'number', key: number }]
  return product ? [{ kind: 'product', key: product }] : []
}

const likeness = (verdict: Likeness['verdict'], code: string, weight: number): Likeness => ({
  verdict,
  bits: weight,
  score: verdict === 'same' ? 0.99 : 0,
  reasons: weight > 0 ? [{ code, weight }] : [],
})
const DIFFERENT = likeness('different', '', -8)

function compare(row: RowRecord, there: RowRecord): Likeness {
  const [a, b] = [row.own ?? {}, there.own ?? {}]
  const isOneHome = !a['supplier'] || !b['supplier'] || a['supplier'] === b['supplier']
  if (a['number']) return a['number'] === b['number'] && isOneHome ? likeness('same', 'numberSame', 20) : DIFFERENT
  const isSame = (['supplier', 'product', 'quantity'] as const).every((key) => (a[key] ?? null) === (b[key] ?? null))
  return isSame && (!a['day'] || a['day'] === b['day']) ? likeness('same', 'labelSame', 12) : DIFFERENT
}

const COLUMNS = `p.id, p.number, p.supplier, p.created_at as createdAt, p.deleted_at as deletedAt`

/** Purchases with their lines, one row a line; what has arrived already goes into stock with them. */
export const purchaseImporter: Importer = {
  entity: 'purchase',
  parts: [purchaseEntity, purchaseLineEntity],
  lookedUp: { purchaseLine: purchaseLineEntity.fields.map(({ key }) => key) },
  identified: ['purchaseLine.productId', 'purchase.id'],
  unidentified: 'purchaseNotMapped',
  action: 'importedPurchases',
  gathers: (parts) => text(purchaseOf(parts)['number']) !== '',
  needs: 'purchases.write',
  creates: 'purchases.write',
  writes: {},
  presentPeople: [],
  repeatable: ['purchase.note'],
  words: {
    'purchase.state': {
      draft: ['草稿', '未提交', '新建', '待提交', 'new', 'open'],
      pending: ['审批中', '待审批', '审核中', 'in approval'],
      approved: [
        '待到货',
        '已批准',
        '已审批',
        '审批通过',
        '已下单',
        '采购中',
        '执行中',
        '未到货',
        'ordered',
        'confirmed',
        'to arrive',
      ],
      partial: ['部分到货', '部分入库', '部分收货', 'partly received', 'partly arrived'],
      received: ['已到货', '已入库', '已完成', '完成', '已收货', '全部到货', 'completed', 'done', 'closed', 'arrived'],
      cancelled: ['已取消', '取消', '作废', '已作废', '终止', 'canceled', 'void'],
    },
  },
  finish,
  finishEdited: (row) => {
    const values = row.parts.purchase?.[0]
    if (values) tidy(values)
  },
  place,
  matchRecord,
  keys,
  compare,
  candidates: {
    sql: `with w (kind, sought) as (select value ->> 'kind', value ->> 'key' from json_each(?))
      select ${COLUMNS}, null as productId, null as quantity from w cross join purchase p on p.number = w.sought where w.kind = 'number'
      union select ${COLUMNS}, l.product_id as productId, l.units / 10000.0 as quantity
        from w cross join purchase_line l on l.product_id = w.sought join purchase p on p.id = l.purchase_id
        where w.kind = 'product' and p.deleted_at is null limit 400`,
    parameter: (found) => JSON.stringify(found),
    read: (row) => ({
      id: text(row['id']),
      name: text(row['number']),
      ownerId: null,
      ownerName: null,
      deleted: row['deletedAt'] !== null,
      record: matchRecord({ purchase: [row], purchaseLine: [row] }),
    }),
  },
  sees: (actor) => may(actor, 'purchases.read'),
  afterUndo: async (context) => {
    await requireSoundStock(context)
    await requireSoundPurchases(context)
  },
  asked: askedOfNew,
  write: writePurchases,
}
