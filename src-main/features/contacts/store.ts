import type { Contact } from '../../../src-shared/features/contacts/model.ts'
import type { CommandContext, QueryContext } from '../../kernel/context.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { listRows } from '../../kernel/records/select.ts'
import { requireStillFree } from '../../kernel/records/sound.ts'
import { setDeleted, type StoredRow } from '../../kernel/records/write.ts'

/** The contacts of one customer: the main one first, then by age. A customer with more than 200 shows the first 200. */
export async function contactsOf(
  context: Pick<QueryContext, 'db' | 'actor' | 'entities'>,
  customerId: string,
): Promise<Contact[]> {
  const filter = { combinator: 'and' as const, rules: [{ field: 'customerId', operator: '=' as const, value: customerId }] }
  const { rows } = await listRows(context.db, context.actor, entityIn(context, 'contact'), {
    filter,
    sort: [{ field: 'createdAt', direction: 'asc' }],
    offset: 0,
    limit: 200,
  })
  return (rows as Contact[]).sort((a, b) => Number(b.isPrimary) - Number(a.isPrimary))
}

/** A customer has one main contact at most. */
export async function clearPrimary(context: CommandContext, customerId: string): Promise<void> {
  await context.tx
    .updateTable('contact')
    .set((eb) => ({ isPrimary: 0, updatedAt: context.now(), version: eb('version', '+', 1) }))
    .where('customerId', '=', customerId)
    .where('isPrimary', '=', 1)
    .execute()
}

/**
 * Out of the recycle bin; whoever became the main contact meanwhile stays it.
 * @throws Refusal uniqueTaken when somebody else has what may stand once
 */
export async function bringBackContact(context: CommandContext, row: StoredRow): Promise<void> {
  const entity = entityIn(context, 'contact')
  await requireStillFree(context, entity, row)
  const main = await context.tx
    .selectFrom('contact')
    .select('id')
    .where('customerId', '=', String(row['customerId']))
    .where('isPrimary', '=', 1)
    .where('deletedAt', 'is', null)
    // His customer may just have brought him along.
    .where('id', '!=', row.id)
    .executeTakeFirst()
  if (main) await context.tx.updateTable('contact').set({ isPrimary: 0 }).where('id', '=', row.id).execute()
  await setDeleted(context, entity, row.id, false)
}
