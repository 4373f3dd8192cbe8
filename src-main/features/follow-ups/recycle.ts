import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { followUpEntity } from '../../../src-shared/features/follow-ups/entity.ts'
import { requireAuthor } from '../../../src-shared/features/follow-ups/rules.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import { sql } from 'kysely'
import type { CommandContext } from '../../kernel/context.ts'
import { onlyReads } from '../../kernel/policy.ts'
import { loadForWrite, setDeleted, type StoredRow } from '../../kernel/records/write.ts'
import { markFilesOf } from '../files/public.ts'
import { carryRestored } from './store.ts'

export const author = (context: CommandContext) => ({
  employeeId: context.actor.employeeId,
  editsAll: context.actor.permissions['customers.edit'] === 'all',
})

/** What was written down is left as it is while the customer lies in a pool. */
export async function requireOutOfPool(context: CommandContext, row: StoredRow): Promise<void> {
  const customer = await loadForWrite(context, customerEntity, String(row['customerId']), 'read')
  if (onlyReads(context.actor, customer['poolId'])) throw new Refusal('inPool')
}

/** Answers and files go into the recycle bin with what they hang on, and come back with it. */
export async function markBeside(context: CommandContext, id: string, deleted: boolean): Promise<void> {
  const at = context.now()
  const to = deleted ? sql`deleted_at = ${at}, deleted_with = ${id}` : sql`deleted_at = null, deleted_with = null`
  const which = deleted ? sql`reply_to = ${id} and deleted_at is null` : sql`deleted_with = ${id}`
  const { rows } = await sql<{ id: string }>`
    update follow_up set ${to}, updated_at = ${at}, version = version + 1 where ${which} returning id`.execute(context.tx)
  for (const recordId of [id, ...rows.map((row) => row.id)]) await markFilesOf(context, { entity: 'followUp', recordId }, deleted)
}

/**
 * Out of the recycle bin, with its answers and files, and with the plan it had made.
 * @throws Refusal notYours, inPool, or deleted when its customer is still there
 */
export async function bringBackFollowUp(context: CommandContext, row: StoredRow): Promise<void> {
  await requireOutOfPool(context, row)
  requireAuthor(author(context), row['authorId'] as string | null)
  const customerId = String(row['customerId'])
  const customer = await loadForWrite(context, customerEntity, customerId, 'read')
  if (customer.deletedAt !== null) throw new Refusal('deleted')
  await setDeleted(context, followUpEntity, row.id, false)
  await markBeside(context, row.id, false)
  const { happenedAt, nextAt } = row as unknown as { happenedAt: string; nextAt: string | null }
  await carryRestored(context, { id: row.id, customerId, happenedAt, nextAt })
}
