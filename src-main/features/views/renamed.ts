import { sql } from 'kysely'
import type { Viewed, ViewDefinition } from '../../../src-shared/features/views/model.ts'
import { type Renamed, withRenamed } from '../../../src-shared/kernel/filter/renamed.ts'
import type { Entity } from '../../../src-shared/kernel/procedure.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { entityIn } from '../../kernel/livingEntities.ts'

/** The list of the pools shows customers. */
const shownIn = (viewed: Viewed): Entity => (viewed === 'pool' ? 'customer' : viewed)

/**
 * Views ask by the new word from now on, in the same command: without it they would find nothing and say nothing of it.
 * @returns how many views asked by the old one
 */
export async function renameInViews(context: CommandContext, renamed: Renamed): Promise<number> {
  const { rows } = await sql<{ id: string; entity: Viewed; definition: string }>`
    select id, entity, definition from list_view where instr(definition, ${JSON.stringify(renamed.from)}) > 0 order by id`.execute(
    context.tx,
  )
  let changed = 0
  for (const { id, entity, definition } of rows) {
    const before = JSON.parse(definition) as ViewDefinition
    if (before.filter === null) continue
    const filter = withRenamed(before.filter, entityIn(context, shownIn(entity)), renamed, (name) =>
      entityIn(context, name as Entity),
    )
    const after = JSON.stringify({ ...before, filter })
    if (after === JSON.stringify(before)) continue
    await context.tx
      .updateTable('listView')
      .set((eb) => ({ definition: after, updatedAt: context.now(), version: eb('version', '+', 1) }))
      .where('id', '=', id)
      .execute()
    changed++
  }
  return changed
}
