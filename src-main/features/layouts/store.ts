import type { Layout, StoredLayout } from '../../../src-shared/features/layouts/model.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { ReadDb, WriteTx } from '../../kernel/database.ts'

type Kept = StoredLayout & { id: string }

export async function listLayouts(db: ReadDb | WriteTx): Promise<Kept[]> {
  const rows = await (db as ReadDb)
    .selectFrom('formLayout')
    .select(['id', 'entity', 'layout', 'version'])
    .orderBy('entity')
    .execute()
  return rows.map(({ id, entity, layout, version }) => ({
    id,
    entity: entity as StoredLayout['entity'],
    layout: JSON.parse(layout) as Layout,
    version,
  }))
}

/** @returns the id of the layout */
export async function saveLayout(
  context: CommandContext,
  known: Kept | undefined,
  entity: string,
  layout: Layout,
): Promise<string> {
  const at = context.now()
  if (known) {
    await context.tx
      .updateTable('formLayout')
      .set((eb) => ({ layout: JSON.stringify(layout), updatedAt: at, version: eb('version', '+', 1) }))
      .where('id', '=', known.id)
      .execute()
    return known.id
  }
  const id = context.newId()
  await context.tx
    .insertInto('formLayout')
    .values({ id, entity, layout: JSON.stringify(layout), createdAt: at, updatedAt: at })
    .execute()
  return id
}

export async function deleteLayout(tx: WriteTx, id: string): Promise<void> {
  await tx.deleteFrom('formLayout').where('id', '=', id).execute()
}
