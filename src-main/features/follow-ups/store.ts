import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { followUpEntity } from '../../../src-shared/features/follow-ups/entity.ts'
import type { FollowUp } from '../../../src-shared/features/follow-ups/model.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { ReadDb } from '../../kernel/database.ts'
import { countRows, listRows } from '../../kernel/records/select.ts'

type Page = { rows: FollowUp[]; hasMore: boolean; count: number }

/** Newest first; `before` is the last one already shown: its instant, and its id because several may share an instant. */
export async function followUpsOf(
  db: ReadDb,
  actor: Actor,
  input: { customerId: string; before?: { happenedAt: string; id: string } | undefined; limit: number },
): Promise<Page> {
  const ofCustomer = { field: 'customerId', operator: '=' as const, value: input.customerId }
  const page = await listRows(
    db,
    actor,
    followUpEntity,
    {
      filter: { combinator: 'and', rules: [ofCustomer] },
      sort: [{ field: 'happenedAt', direction: 'desc' }],
      offset: 0,
      limit: input.limit,
    },
    input.before && { where: sql<SqlBool>`(t.happened_at, t.id) < (${input.before.happenedAt}, ${input.before.id})` },
  )
  const { count } = await countRows(db, actor, followUpEntity, { filter: { combinator: 'and', rules: [ofCustomer] } })
  return { rows: page.rows as FollowUp[], hasMore: page.hasMore, count }
}

/**
 * The customer's row repeats when he was last contacted and when next, because lists sort by it. A plan is set by who writes
 * one; without one, what was planned up to this contact is done and what lies after it stays.
 */
export async function carryNew(
  context: CommandContext,
  { customerId, happenedAt, nextAt }: { customerId: string; happenedAt: string; nextAt: string | null | undefined },
): Promise<void> {
  const plan = nextAt === undefined ? sql`iif(next_follow_up_at > ${happenedAt}, next_follow_up_at, null)` : sql.val(nextAt)
  await writeCarried(context, customerId, plan, sql`iif(status = 'potential', 'active', status)`)
}

/** A changed plan of an earlier contact leaves alone what was planned later. */
export async function carryEdited(
  context: CommandContext,
  { id, customerId, oldNextAt, nextAt }: { id: string; customerId: string; oldNextAt: string | null; nextAt: string | null },
): Promise<void> {
  const newest = sql`(select id from follow_up where customer_id = ${customerId} and deleted_at is null order by happened_at desc, id desc limit 1)`
  const plan = sql`iif(next_follow_up_at is ${oldNextAt} or ${newest} = ${id}, ${nextAt}, next_follow_up_at)`
  await writeCarried(context, customerId, plan)
}

/** The plan that went with a removed contact falls back to that of the newest one left; one set otherwise stays. */
export async function carryRemoved(context: CommandContext, customerId: string, oldNextAt: string | null): Promise<void> {
  const left = sql`(select next_at from follow_up where customer_id = ${customerId} and deleted_at is null order by happened_at desc, id desc limit 1)`
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
      last_follow_up_at = (select max(happened_at) from follow_up where customer_id = ${customerId} and deleted_at is null),
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
