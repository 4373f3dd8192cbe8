import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import { columnOf, type EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { ReadDb, WriteTx } from '../database.ts'
import { isIndexed } from '../searchDocs.ts'
import { matchSearch } from '../searchQuery.ts'

/** The recycle bin is not in the search index, and neither is every kind of record. */
export async function withWords(
  db: ReadDb | WriteTx,
  actor: Actor,
  entity: EntityDescriptor,
  { words, most, deleted }: { words: string; most: number; deleted: boolean },
): Promise<{ where: RawBuilder<SqlBool>; capped: boolean }> {
  if (deleted || !isIndexed(entity.name)) return { where: titleLike(entity, words), capped: false }
  const { ids, capped } = await matchSearch(db, actor, words, { entity: entity.name, limit: most })
  return { where: sql<SqlBool>`t.id in (select value from json_each(${JSON.stringify(ids)}))`, capped }
}

/** By the title, its pinyin, and what stands once, such as a number. */
function titleLike(entity: EntityDescriptor, words: string): RawBuilder<SqlBool> {
  const pattern = `%${words.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  const titled = entity.fields.find(({ key }) => key === entity.title)?.sortColumn
  const columns = [
    columnOf(entity.title),
    ...(isIndexed(entity.name) ? [] : [titled, ...entity.fields.flatMap(({ single, key }) => (single ? [columnOf(key)] : []))]),
  ].flatMap((column) => column ?? [])
  return sql<SqlBool>`(${sql.join(
    // The syllables of a sort key stand apart; nobody types them so.
    columns.map(
      (column) =>
        sql`replace(coalesce(t.${sql.ref(column)}, ''), ${column === titled ? ' ' : ''}, '') like ${pattern} escape '\\'`,
    ),
    sql` or `,
  )})`
}
