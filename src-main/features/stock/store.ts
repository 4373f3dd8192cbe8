import { sql } from 'kysely'
import type { MoveKind } from '../../../src-shared/features/stock/model.ts'
import { MOST_UNITS, takeable, type Waiting } from '../../../src-shared/features/stock/rules.ts'
import { quantityOf } from '../../../src-shared/kernel/documents/units.ts'
import { may } from '../../../src-shared/kernel/actor.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { followRows } from '../../kernel/derived.ts'
import { Forbidden } from '../../kernel/errors.ts'
import { insertInto } from '../../kernel/records/write.ts'

type Db = ReadDb | WriteTx
export const among = (ids: readonly string[]) => sql`in (select value from json_each(${JSON.stringify(ids)}))`

/** What lies of a product in a warehouse, in units. */
export type Level = {
  id: string
  productId: string
  /** Its name with its specification. */
  product: string
  unit: string | null
  warehouseId: string
  warehouse: string
  onHand: number
  demand: number
}
export async function levelsOf(db: Db, ids: readonly string[]): Promise<Map<string, Level>> {
  const { rows } = await sql<Level>`
    select l.id, l.product_id as "productId", trim(p.name || ' ' || coalesce(p.spec, '')) as product, p.unit, l.warehouse_id as "warehouseId", w.name as warehouse,
      l.on_hand as "onHand", l.demand
    from stock_level l join product p on p.id = l.product_id join warehouse w on w.id = l.warehouse_id where l.id ${among(ids)}`.execute(
    plain(db),
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** The place of a product in a warehouse, made when nothing ever lay there. @returns its id */
export async function levelAt(context: CommandContext, productId: string, warehouseId: string): Promise<string> {
  const known = await context.tx
    .selectFrom('stockLevel')
    .select('id')
    .where('productId', '=', productId)
    .where('warehouseId', '=', warehouseId)
    .executeTakeFirst()
  if (known) return known.id
  const id = context.newId()
  const at = context.now()
  await insertInto(context.tx, 'stock_level', {
    id,
    productId,
    warehouseId,
    createdAt: at,
    createdBy: context.actor.userId || null,
    updatedAt: at,
  })
  return id
}

export type Queued = Waiting & { readonly id: string; readonly levelId: string; readonly position: number }
/** Who asks for pieces of these levels, in the order in which they asked. */
export async function queuesOf(db: Db, levelIds: readonly string[]): Promise<Map<string, Queued[]>> {
  const { rows } = await sql<Queued>`
    select id, level_id as "levelId", order_id as "orderId", wanted, position from stock_reservation
    where level_id ${among(levelIds)} order by level_id, position, id`.execute(plain(db))
  return Map.groupBy(rows, ({ levelId }) => levelId)
}

export type NewMove = {
  readonly levelId: string
  readonly kind: MoveKind
  /** Below zero for what leaves. */
  readonly units: number
  readonly otherId?: string
  readonly orderId?: string
  readonly purchaseId?: string
  readonly purchaseLineId?: string
  readonly doc?: string | null
  /** Of one that a file brings: its own id, when it was, and who did it. */
  readonly id?: string
  readonly createdAt?: string
  readonly byEmployeeId?: string | null
}
type Why = { readonly reason: string | null; readonly beyond: boolean; readonly orderId?: string }

const lackOf = ({ product, warehouse }: Level, there: number, asked: number): string =>
  `${product} · ${warehouse} ${quantityOf(there)} / ${quantityOf(asked)}`

/** The levels of which more would leave than may, with what may and what is asked. */
async function shortOf(context: CommandContext, moves: readonly NewMove[], orderId: string | null) {
  const leaving = new Map<string, number>()
  for (const { levelId, kind, units } of moves) if (kind !== 'count') leaving.set(levelId, (leaving.get(levelId) ?? 0) - units)
  const ids = [...leaving].flatMap(([id, units]) => (units > 0 ? [id] : []))
  const levels = await levelsOf(context.tx, ids)
  const queues = await queuesOf(context.tx, ids)
  return ids.flatMap((id) => {
    const level = levels.get(id) as Level
    const there = takeable(level.onHand, queues.get(id) ?? [], orderId)
    const asked = leaving.get(id) ?? 0
    return asked > there ? [{ level, there, asked }] : []
  })
}

/**
 * Writes moves. What is kept for orders stays, but for its own order, and nothing leaves that is not there, unless somebody with the
 * right gives a reason.
 * @throws Refusal notEnough (lacks, and of the first: product, warehouse, onHand, free, asked) | stockReasonMissing | tooMuch; Forbidden stock.negative
 */
export async function post(context: CommandContext, moves: readonly NewMove[], { reason, beyond, orderId }: Why): Promise<void> {
  if (moves.length === 0) return
  const short = await shortOf(context, moves, orderId ?? null)
  const [first] = short
  if (first && !beyond)
    throw new Refusal('notEnough', {
      product: first.level.product,
      warehouse: first.level.warehouse,
      onHand: quantityOf(first.level.onHand),
      free: quantityOf(first.there),
      asked: quantityOf(first.asked),
      lacks: short.map(({ level, there, asked }) => lackOf(level, there, asked)).join('; '),
    })
  if (first && !may(context.actor, 'stock.negative')) throw new Forbidden('stock.negative')
  if (first && !reason) throw new Refusal('stockReasonMissing')
  const forced = new Set(short.map(({ level }) => level.id))
  for (const move of moves)
    await insertInto(context.tx, 'stock_move', {
      id: context.newId(),
      byEmployeeId: context.actor.employeeId,
      createdAt: context.now(),
      ...move,
      reason,
      forced: forced.has(move.levelId) && move.units < 0 ? 1 : 0,
    })
  await follow(context, moves)
}

async function follow(context: CommandContext, moves: readonly NewMove[]): Promise<void> {
  const ids = [...new Set(moves.map(({ levelId }) => levelId))]
  await followRows(context, 'stock_level', ids)
  const lines = moves.flatMap(({ purchaseLineId }) => purchaseLineId ?? [])
  if (lines.length > 0) {
    await followRows(context, 'purchase_line', lines)
    await followRows(
      context,
      'purchase',
      moves.flatMap(({ purchaseId }) => purchaseId ?? []),
    )
  }
  for (const { product, onHand } of (await levelsOf(context.tx, ids)).values())
    if (Math.abs(onHand) > MOST_UNITS) throw new Refusal('tooMuch', { product })
}

/** Products by id that are kept in stock, those of the recycle bin too. */
export async function stockedAmong(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, { name: string; gone: number; stocked: number }>> {
  const { rows } = await sql<{ id: string; name: string; gone: number; stocked: number }>`
    select id, name, deleted_at is not null as gone, stocked from product where id ${among(ids)}`.execute(plain(db))
  return new Map(rows.map((row) => [row.id, row]))
}

/** Living products that are kept in stock. @throws Refusal productUnknown | notStocked (name) */
export async function requireStocked(tx: WriteTx, ids: readonly string[]): Promise<void> {
  const found = await stockedAmong(tx, ids)
  for (const id of ids) {
    const product = found.get(id)
    if (!product || product.gone === 1) throw new Refusal('productUnknown', { name: product?.name ?? '' })
    if (product.stocked === 0) throw new Refusal('notStocked', { name: product.name })
  }
}

/** Names of those of these products that lie somewhere, are asked for or on their way. */
export async function withStock(db: Db, productIds: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select p.id, p.name from product p where p.id ${among(productIds)} and (
      exists (select 1 from stock_level l where l.product_id = p.id and (l.on_hand <> 0 or l.demand <> 0))
      or exists (select 1 from purchase_line l join purchase o on o.id = l.purchase_id
        where l.product_id = p.id and l.received < l.units and o.stage <> 'cancelled'))`.execute(plain(db))
  return new Map(rows.map(({ id, name }) => [id, name]))
}
