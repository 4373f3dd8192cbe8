import { sql } from 'kysely'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'

/** Counts a customer of a pool among those its member opened today; who is not limited opens what he likes. */
export async function openInPool(context: CommandContext, id: string): Promise<{ used: number; most: number | null }> {
  const { tx, actor } = context
  context.unchanged()
  const customer = await tx.selectFrom('customer').select(['poolId', 'deletedAt']).where('id', '=', id).executeTakeFirst()
  const sight = actor.pools?.find((pool) => pool.id === customer?.poolId)
  if (!customer?.poolId || customer.deletedAt !== null || !sight || !actor.employeeId) throw new Refusal('notMember')
  const { viewedOn } = sight
  if (viewedOn === null) return { used: 0, most: null }
  const pool = await tx.selectFrom('pool').select('dailyViews').where('id', '=', customer.poolId).executeTakeFirstOrThrow()
  const { rows } = await sql<{ n: number; seen: number }>`
    select count(*) as n, coalesce(sum(customer_id = ${id}), 0) as seen from pool_view
    where employee_id = ${actor.employeeId} and day = ${viewedOn} and pool_id = ${customer.poolId}`.execute(tx)
  const { n = 0, seen = 0 } = rows[0] ?? {}
  if (seen > 0) return { used: n, most: pool.dailyViews }
  if (pool.dailyViews !== null && n >= pool.dailyViews) throw new Refusal('dailyViews', { used: n, most: pool.dailyViews })
  await tx
    .insertInto('poolView')
    .values({ employeeId: actor.employeeId, day: viewedOn, poolId: customer.poolId, customerId: id })
    .execute()
  return { used: n + 1, most: pool.dailyViews }
}
