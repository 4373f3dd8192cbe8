import { sql } from 'kysely'
import type { FOLLOW_UP_KINDS } from '../../../src-shared/features/follow-ups/entity.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { insertInto } from '../../kernel/records/write.ts'

export type Brought = {
  readonly kind: (typeof FOLLOW_UP_KINDS)[number]
  readonly text: string
  readonly happenedAt: string
  readonly nextAt: string | null
  readonly authorId: string | null
}

/**
 * What was said before somebody was a customer becomes his history, with its own authors and times. `planAt`: when he is next to be
 * contacted; what is planned for him already stays.
 */
export async function bringFollowUps(
  context: CommandContext,
  { customerId, contactId, planAt }: { customerId: string; contactId: string | null; planAt: string | null },
  rows: readonly Brought[],
): Promise<void> {
  const at = context.now()
  for (const row of rows)
    await insertInto(context.tx, 'follow_up', {
      id: context.newId(),
      customerId,
      contactId,
      ...row,
      createdAt: at,
      createdBy: context.actor.userId || null,
      updatedAt: at,
    })
  if (rows.length === 0 && planAt === null) return
  await sql`update customer set
      last_follow_up_at = (select max(happened_at) from follow_up where customer_id = ${customerId} and deleted_at is null and internal = 0),
      next_follow_up_at = coalesce(next_follow_up_at, ${planAt}), status = iif(status = 'potential' and ${rows.length > 0 ? 1n : 0n}, 'active', status),
      updated_at = ${at}, version = version + 1 where id = ${customerId}`.execute(context.tx)
}
