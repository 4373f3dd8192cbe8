import { sql } from 'kysely'
import type { EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { QueryContext } from '../context.ts'
import { plain } from '../database.ts'
import { customerReach, rowsFor } from '../policy.ts'

type Row = { readonly id: string; readonly ownerId?: string | null; readonly mayEdit?: boolean | undefined }

/**
 * The rows of a page, those marked that the actor sees and may not change: by the policy that the commands ask. Rows whose owner he
 * reaches are known by themselves; one statement answers for the others.
 */
export async function withMayEdit<Of extends Row>(
  { db, actor }: Pick<QueryContext, 'db' | 'actor'>,
  entity: EntityDescriptor,
  rows: Of[],
): Promise<Of[]> {
  const reach = customerReach(actor, 'edit')
  if (reach === 'all' || rows.length === 0) return rows
  const asked = rows.filter(({ ownerId }) => !ownerId || !reach.includes(ownerId)).map(({ id }) => id)
  if (asked.length === 0) return rows
  const { rows: open } = await sql<{ id: string }>`
    select t.id from ${sql.table(entity.table)} t where t.id in (select value from json_each(${JSON.stringify(asked)}))
      and ${rowsFor(actor, entity, 't', 'edit')}`.execute(plain(db))
  const closed = new Set(asked)
  for (const { id } of open) closed.delete(id)
  return closed.size === 0 ? rows : rows.map((row) => (closed.has(row.id) ? { ...row, mayEdit: false } : row))
}
