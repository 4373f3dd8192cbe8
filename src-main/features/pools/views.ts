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
  const { used, most, isOpen } = await countLook(context, { id, poolId: customer.poolId, viewedOn })
  if (!isOpen) throw new Refusal('dailyViews', { used, most })
  return { used, most }
}

/** Counts a look at a customer of a pool, unless no looks of the actor are counted there. @returns whether one was left. */
export async function look(context: CommandContext, { id, poolId }: { id: string; poolId: string }): Promise<boolean> {
  const viewedOn = context.actor.pools?.find((pool) => pool.id === poolId)?.viewedOn ?? null
  return viewedOn === null || (await countLook(context, { id, poolId, viewedOn })).isOpen
}

type Look = { id: string; poolId: string; viewedOn: string }
async function countLook({ tx, actor }: CommandContext, { id, poolId, viewedOn }: Look) {
  const employeeId = actor.employeeId ?? ''
  const { dailyViews: most } = await tx.selectFrom('pool').select('dailyViews').where('id', '=', poolId).executeTakeFirstOrThrow()
  const { rows } = await sql<{ n: number; seen: number }>`
    select count(*) as n, coalesce(sum(customer_id = ${id}), 0) as seen from pool_view
    where employee_id = ${employeeId} and day = ${viewedOn} and pool_id = ${poolId}`.execute(tx)
  const { n = 0, seen = 0 } = rows[0] ?? {}
  if (seen > 0) return { used: n, most, isOpen: true }
  if (most !== null && n >= most) return { used: n, most, isOpen: false }
  await tx.insertInto('poolView').values({ employeeId, day: viewedOn, poolId, customerId: id }).execute()
  return { used: n + 1, most, isOpen: true }
}
