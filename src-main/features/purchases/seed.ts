import { sql } from 'kysely'
import type { CommandContext } from '../../kernel/context.ts'
import { plain } from '../../kernel/database.ts'
import { levelAt, post } from '../stock/public.ts'
import { costsToday, insertPurchase, linesOf, markOf, type PurchaseRow, put } from './store.ts'

type Lack = { orderId: string; productId: string; warehouseId: string; units: number }
/** Invented purchases of what open orders lack: one still to hand in, one on its way, one that has partly arrived. @returns how many */
export async function seedPurchases(context: CommandContext, suppliers: readonly string[]): Promise<number> {
  const { rows } = await sql<Lack>`
    select r.order_id as "orderId", l.product_id as "productId", l.warehouse_id as "warehouseId", r.wanted as units
    from stock_reservation r join stock_level l on l.id = r.level_id where l.on_hand = 0 order by r.id limit 6`.execute(
    plain(context.tx),
  )
  if (rows.length === 0) {
    context.unchanged()
    return 0
  }
  const costs = await costsToday(
    context,
    rows.map(({ productId }) => productId),
  )
  let made = 0
  for (const [n, supplier] of suppliers.entries()) {
    const lacks = rows.filter((_, at) => at % suppliers.length === n)
    const [first] = lacks
    if (!first) continue
    const id = await insertPurchase(context, {
      values: { supplier },
      derived: { warehouseId: first.warehouseId },
      lines: lacks.map(({ productId, orderId, units }) => ({
        productId,
        orderId,
        units,
        priceFen: costs.get(productId) ?? null,
        note: null,
      })),
    })
    made++
    if (n > 0) await arrive(context, id, n > 1)
  }
  context.record({ entity: 'purchase', id: '', action: 'seeded', detail: { count: made } })
  return made
}

async function arrive(context: CommandContext, id: string, isHere: boolean): Promise<void> {
  // The program itself has no rights to be looked at by.
  const { rows } = await sql<PurchaseRow>`select * from purchase where id = ${id}`.execute(context.tx)
  const [row] = rows
  if (!row) throw new Error(`the purchase ${id} was just made and is not there`)
  const lines = await linesOf(context.tx, id)
  await put(context, id, { stage: 'approved', mark: markOf(row, lines) })
  const [first] = lines
  if (!isHere || !first) return
  const levelId = await levelAt(context, first.productId, row.warehouseId)
  const units = Math.max(1, Math.floor(first.units / 2))
  const of = { purchaseId: id, purchaseLineId: first.id, doc: row.number }
  await post(context, [{ levelId, kind: 'in', units, ...of }], { reason: null, beyond: false })
}
