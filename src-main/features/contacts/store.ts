import type { Contact } from '../../../src-shared/features/contacts/model.ts'
import type { CommandContext, QueryContext } from '../../kernel/context.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { listRows } from '../../kernel/records/select.ts'

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
