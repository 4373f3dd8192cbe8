import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { CommandContext } from '../../kernel/context.ts'

type Written = { customerId: string; happenedAt: string; nextAt: string | null | undefined; internal: boolean }
/** Internal words without a plan of their own say nothing of what is planned. */
const PLANS = sql<SqlBool>`(internal = 0 or next_at is not null)`

/**
 * The customer's row repeats when he was last contacted and when next, because lists sort by it. A plan is set by who writes
 * one; without one, what was planned up to this contact is done and what lies after it stays.
 */
export async function carryNew(context: CommandContext, { customerId, happenedAt, nextAt, internal }: Written): Promise<void> {
  if (internal) {
    // Words among colleagues are no contact: only a plan they set is carried.
    if (nextAt !== undefined) await writeCarried(context, customerId, sql.val(nextAt))
    return
  }
  const plan = nextAt === undefined ? sql`iif(next_follow_up_at > ${happenedAt}, next_follow_up_at, null)` : sql.val(nextAt)
  await writeCarried(context, customerId, plan, sql`iif(status = 'potential', 'active', status)`)
}

/** A changed plan of an earlier contact leaves alone what was planned later. */
export async function carryEdited(
  context: CommandContext,
  { id, customerId, oldNextAt, nextAt }: { id: string; customerId: string; oldNextAt: string | null; nextAt: string | null },
): Promise<void> {
  const newest = sql`(select id from follow_up where customer_id = ${customerId} and deleted_at is null and ${PLANS} order by happened_at desc, id desc limit 1)`
  const plan = sql`iif(next_follow_up_at is ${oldNextAt} or ${newest} = ${id}, ${nextAt}, next_follow_up_at)`
  await writeCarried(context, customerId, plan)
}

/** The plan that went with a removed contact falls back to that of the newest one left; one set otherwise stays. */
export async function carryRemoved(context: CommandContext, customerId: string, oldNextAt: string | null): Promise<void> {
  const left = sql`(select next_at from follow_up where customer_id = ${customerId} and deleted_at is null and ${PLANS} order by happened_at desc, id desc limit 1)`
  await writeCarried(
    context,
    customerId,
    oldNextAt === null ? sql`next_follow_up_at` : sql`iif(next_follow_up_at = ${oldNextAt}, ${left}, next_follow_up_at)`,
  )
}

type Carried = { id: string; customerId: string; happenedAt: string; nextAt: string | null }

/** The plan that left with a removed contact comes back with it, unless another was set or it was met in the meantime. */
export async function carryRestored(context: CommandContext, { id, customerId, happenedAt, nextAt }: Carried): Promise<void> {
  const newest = await context.tx
    .selectFrom('followUp')
    .select(['id', 'happenedAt', 'nextAt'])
    .where('customerId', '=', customerId)
    .where('deletedAt', 'is', null)
    .where('id', '!=', id)
    .where((eb) => eb.or([eb('internal', '=', 0), eb('nextAt', 'is not', null)]))
    .orderBy('happenedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  const isNewest = !newest || newest.happenedAt < happenedAt || (newest.happenedAt === happenedAt && newest.id < id)
  const isAhead = nextAt !== null && (isNewest || (newest.nextAt === null && newest.happenedAt < nextAt))
  const plan = isAhead
    ? sql`iif(next_follow_up_at is ${newest?.nextAt ?? null}, ${nextAt}, next_follow_up_at)`
    : sql`next_follow_up_at`
  await writeCarried(context, customerId, plan)
}

async function writeCarried(
  context: CommandContext,
  customerId: string,
  plan: RawBuilder<unknown>,
  status: RawBuilder<unknown> = sql`status`,
): Promise<void> {
  await sql`update customer set
      last_follow_up_at = (select max(happened_at) from follow_up where customer_id = ${customerId} and deleted_at is null and internal = 0),
      next_follow_up_at = ${plan}, status = ${status},
      updated_at = ${context.now()}, version = version + 1 where id = ${customerId}`.execute(context.tx)
}

export async function contactIsOf(context: CommandContext, contactId: string, customerId: string): Promise<boolean> {
  const row = await context.tx
    .selectFrom('contact')
    .select('id')
    .where('id', '=', contactId)
    .where('customerId', '=', customerId)
    .where('deletedAt', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}
