import { sql } from 'kysely'
import type { CommandContext } from '../../kernel/context.ts'
import { plain } from '../../kernel/database.ts'
import { reserve } from './orders.ts'
import { levelAt, type NewMove, post } from './store.ts'
import { defaultWarehouse, insertWarehouse } from './warehouses.ts'

const PIECE = 10_000

/** Invented stock of the goods that are kept in any, in two warehouses, and what is kept of it for open orders. @returns how many products */
export async function seedStock(
  context: CommandContext,
  { second, reason }: { second: string; reason: string },
  roll: () => number,
): Promise<number> {
  const { rows: goods } = await sql<{ id: string }>`
    select id from product where stocked = 1 and deleted_at is null and not exists (select 1 from stock_level) order by id`.execute(
    plain(context.tx),
  )
  if (goods.length === 0) {
    context.unchanged()
    return 0
  }
  const { id: first } = await defaultWarehouse(context.tx)
  const other = await insertWarehouse(context, second, 1)
  const moves: NewMove[] = []
  for (const [n, { id }] of goods.entries()) {
    // Of some there is nothing: orders lack them.
    if (n % 7 !== 0)
      moves.push({ levelId: await levelAt(context, id, first), kind: 'in', units: PIECE * (5 + Math.floor(roll() * 60)) })
    if (n % 5 === 0)
      moves.push({ levelId: await levelAt(context, id, other), kind: 'in', units: PIECE * (2 + Math.floor(roll() * 20)) })
  }
  await post(context, moves, { reason, beyond: false })
  const { rows: orders } = await sql<{ id: string }>`
    select id from sales_order where status = 'confirmed' and deleted_at is null order by signed_on, id`.execute(
    plain(context.tx),
  )
  for (const { id } of orders) await reserve(context, id)
  context.record({ entity: 'stock', id: '', action: 'seeded', detail: { count: goods.length } })
  return goods.length
}
