import { sql } from 'kysely'
import { followUpEntity } from '../../../src-shared/features/follow-ups/entity.ts'
import type { FollowUp } from '../../../src-shared/features/follow-ups/model.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { ReadDb } from '../../kernel/database.ts'
import { countRows, listRows } from '../../kernel/records/select.ts'

type Page = { rows: FollowUp[]; hasMore: boolean; count: number }

/** Newest first; `before` is the instant of the last one already shown. */
export async function followUpsOf(
  db: ReadDb,
  actor: Actor,
  input: { customerId: string; before?: string | undefined; limit: number },
): Promise<Page> {
  const ofCustomer = { field: 'customerId', operator: '=' as const, value: input.customerId }
  const rules = input.before ? [ofCustomer, { field: 'happenedAt', operator: '<' as const, value: input.before }] : [ofCustomer]
  const page = await listRows(db, actor, followUpEntity, {
    filter: { combinator: 'and', rules },
    sort: [{ field: 'happenedAt', direction: 'desc' }],
    offset: 0,
    limit: input.limit,
  })
  const { count } = await countRows(db, actor, followUpEntity, { filter: { combinator: 'and', rules: [ofCustomer] } })
  return { rows: page.rows as FollowUp[], hasMore: page.hasMore, count }
}

/** The customer's row repeats when he was last contacted and when next, because lists sort by it. */
export async function carryToCustomer(context: CommandContext, customerId: string, nextAt?: string | null): Promise<void> {
  const at = context.now()
  await sql`update customer set
      last_follow_up_at = (select max(happened_at) from follow_up where customer_id = ${customerId} and deleted_at is null),
      next_follow_up_at = ${nextAt === undefined ? sql`next_follow_up_at` : sql.val(nextAt)},
      status = ${nextAt === undefined ? sql`status` : sql`iif(status = 'potential', 'active', status)`},
      updated_at = ${at}, version = version + 1 where id = ${customerId}`.execute(context.tx)
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
