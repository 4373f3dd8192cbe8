import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { type FileHost, fileEntity } from '../../../src-shared/features/files/entity.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { rowsById } from '../../kernel/records/select.ts'
import { loadForWrite, setDeleted, type StoredRow } from '../../kernel/records/write.ts'
import { hostOf, requireOutOfPool } from './store.ts'

/** The row for who brought it, and for whoever may edit the customer. */
export async function loadOwn(context: CommandContext, id: string): Promise<StoredRow> {
  const row = await loadForWrite(context, fileEntity, id, 'read')
  requireOutOfPool(context, await loadForWrite(context, customerEntity, String(row['customerId']), 'read'))
  if (row['authorId'] !== null && row['authorId'] === context.actor.employeeId) return row
  const customers = await rowsById(context.tx, context.actor, customerEntity, [String(row['customerId'])], {
    deleted: true,
    verb: 'edit',
  })
  if (customers.length === 0) throw new Refusal('notYours')
  return row
}

/**
 * Out of the recycle bin, for who brought it and whoever may edit the customer.
 * @throws Refusal notDeleted, notYours, inPool, or deleted when what it hangs on is still there
 */
export async function bringBackFile(context: CommandContext, id: string): Promise<StoredRow> {
  const row = await loadOwn(context, id)
  if (row.deletedAt === null) throw new Refusal('notDeleted')
  await hostOf(context, row['entity'] as FileHost, String(row['recordId']))
  await setDeleted(context, fileEntity, row.id, false)
  return row
}
