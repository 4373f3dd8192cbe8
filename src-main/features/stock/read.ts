import { type RawBuilder, sql } from 'kysely'
import type { Availability, Move, OrderStock, Reservation } from '../../../src-shared/features/stock/model.ts'
import { keptFor } from '../../../src-shared/features/stock/rules.ts'
import { quantityOf } from '../../../src-shared/kernel/documents/units.ts'
import type { QueryContext } from '../../kernel/context.ts'
import { plain } from '../../kernel/database.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { rowsFor } from '../../kernel/policy.ts'
import { standingOf } from './orders.ts'
import { among, levelsOf, queuesOf } from './store.ts'
import { defaultWarehouse } from './warehouses.ts'

const seesOrder = (context: QueryContext): RawBuilder<unknown> => rowsFor(context.actor, entityIn(context, 'order'), 't')
const seesPurchase = (context: QueryContext): RawBuilder<unknown> => rowsFor(context.actor, entityIn(context, 'purchase'), 'p')

type StoredMove = Omit<Move, 'quantity' | 'after' | 'forced'> & {
  units: number
  after: number
  forced: number
  ordered: number | null
  bought: number | null
}
/** A page of the moves of a level, the newest first, each with what lay there after it. */
export async function movesOf(
  context: QueryContext,
  { id, offset, limit }: { id: string; offset: number; limit: number },
): Promise<{ rows: Move[]; hasMore: boolean; capped: boolean }> {
  const { rows } = await sql<StoredMove>`
    select m.id, m.kind, m.units, m.after, m.reason, m.forced, m.order_id as "orderId", m.purchase_id as "purchaseId",
      coalesce(t.number, p.number, m.doc) as doc, w.name as "otherName", e.name as "byName", m.created_at as at,
      ${seesOrder(context)} as ordered, ${seesPurchase(context)} as bought
    from (select *, sum(units) over (order by id) as after from stock_move where level_id = ${id}) m
    left join sales_order t on t.id = m.order_id left join purchase p on p.id = m.purchase_id
    left join warehouse w on w.id = m.other_id left join employee e on e.id = m.by_employee_id
    order by m.id desc limit ${BigInt(limit + 1)} offset ${BigInt(offset)}`.execute(plain(context.db))
  return {
    rows: rows.slice(0, limit).map(({ units, after, forced, ordered, bought, ...move }): Move => {
      const unseen = (move.orderId !== null && ordered !== 1) || (move.purchaseId !== null && bought !== 1)
      return {
        ...move,
        ...(unseen && { orderId: null, purchaseId: null, doc: null }),
        quantity: quantityOf(units),
        after: quantityOf(after),
        forced: forced === 1,
      }
    }),
    hasMore: rows.length > limit,
    capped: false,
  }
}

/** Who asks for pieces of a level, in the order in which they are served. */
export async function reservationsOf(context: QueryContext, id: string): Promise<Reservation[]> {
  const level = (await levelsOf(context.db, [id])).get(id)
  const queue = (await queuesOf(context.db, [id])).get(id) ?? []
  if (!level) return []
  const kept = keptFor(level.onHand, queue)
  const ids = [...kept.keys()]
  const { rows } = await sql<{ id: string; name: string; number: string | null; seen: number }>`
    select t.id, t.name, t.number, ${seesOrder(context)} as seen from sales_order t where t.id ${among(ids)}`.execute(
    plain(context.db),
  )
  const orders = new Map(rows.map((row) => [row.id, row]))
  return ids.map((orderId) => {
    const order = orders.get(orderId)
    const wanted = queue.reduce((sum, one) => sum + (one.orderId === orderId ? one.wanted : 0), 0)
    return {
      orderId,
      orderName: order?.seen === 1 ? order.name : null,
      orderNumber: order?.seen === 1 ? order.number : null,
      wanted: quantityOf(wanted),
      kept: quantityOf(kept.get(orderId) ?? 0),
    }
  })
}

type Free = { productId: string; stocked: number; levelId: string | null; onHand: number | null; coming: number }
/** What of products is free in the warehouse that serves orders; what is kept for the asking order counts as free. */
export async function availableOf(
  context: QueryContext,
  { productIds, orderId }: { productIds: readonly string[]; orderId: string | null },
): Promise<Availability[]> {
  const { id } = await defaultWarehouse(context.db)
  const { rows } = await sql<Free>`
    select p.id as "productId", p.stocked, l.id as "levelId", l.on_hand as "onHand",
      (select coalesce(sum(max(x.units - x.received, 0)), 0) from purchase_line x join purchase o on o.id = x.purchase_id
        where x.product_id = p.id and o.warehouse_id = ${id} and o.stage = 'approved') as coming
    from product p left join stock_level l on l.product_id = p.id and l.warehouse_id = ${id} where p.id ${among(productIds)}`.execute(
    plain(context.db),
  )
  const queues = await queuesOf(
    context.db,
    rows.flatMap(({ levelId }) => levelId ?? []),
  )
  const own = orderId !== null && (await isSeen(context, orderId)) ? orderId : null
  return rows.map(({ productId, stocked, levelId, onHand, coming }) => {
    const queue = levelId === null ? [] : (queues.get(levelId) ?? [])
    const kept = keptFor(onHand ?? 0, queue)
    const others = [...kept].reduce((sum, [order, units]) => sum + (order === own ? 0 : units), 0)
    return {
      productId: productId as Availability['productId'],
      stocked: stocked === 1,
      onHand: quantityOf(onHand ?? 0),
      reserved: quantityOf(others),
      available: quantityOf((onHand ?? 0) - others),
      incoming: quantityOf(coming),
    }
  })
}

async function isSeen(context: QueryContext, orderId: string): Promise<boolean> {
  const { rows } = await sql`select 1 from sales_order t where t.id = ${orderId} and ${seesOrder(context)}`.execute(context.db)
  return rows.length > 0
}

/** How an order that the caller sees stands with stock. */
export async function orderStockOf(context: QueryContext, orderId: string): Promise<OrderStock[]> {
  const standing = await standingOf(context.db, orderId)
  const levels = await levelsOf(
    context.db,
    standing.map(({ levelId }) => levelId),
  )
  return standing.flatMap(({ levelId, productId, wanted, kept, sent }) => {
    const level = levels.get(levelId)
    if (!level) return []
    return [
      {
        productId: productId as OrderStock['productId'],
        name: level.product,
        unit: level.unit,
        warehouseName: level.warehouse,
        wanted: quantityOf(wanted),
        kept: quantityOf(kept),
        short: quantityOf(wanted - kept),
        sent: quantityOf(sent),
      },
    ]
  })
}
