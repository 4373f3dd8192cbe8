import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import { columnOf, type EntityDescriptor, type FieldDescriptor, fieldOf } from '../../../src-shared/kernel/entity.ts'
import type { ReadDb, WriteTx } from '../database.ts'
import { mayAskBy } from '../policy.ts'
import { matchSearch } from '../searchQuery.ts'
import { isDeal, isSource } from '../searchSources.ts'
import { columnSql } from './column.ts'

/** Whether the words of a list are those of the index: deals are many and thin, their lists read titles and numbers. */
const isIndexed = (name: string): boolean => isSource(name) && !isDeal(name)

/** The recycle bin is not in the search index, and neither is every kind of record. */
export async function withWords(
  db: ReadDb | WriteTx,
  actor: Actor,
  entity: EntityDescriptor,
  { words, most, deleted }: { words: string; most: number; deleted: boolean },
): Promise<{ where: RawBuilder<SqlBool>; capped: boolean }> {
  if (deleted || !isIndexed(entity.name)) return { where: titleLike(actor, entity, words), capped: false }
  const { ids, capped } = await matchSearch(db, actor, words, { entity: entity.name, limit: most })
  return { where: sql<SqlBool>`t.id in (select value from json_each(${JSON.stringify(ids)}))`, capped }
}

/** By the title, its pinyin, and what stands once, such as a number, unless the actor must not learn it. */
function titleLike(actor: Actor, entity: EntityDescriptor, words: string): RawBuilder<SqlBool> {
  const pattern = `%${words.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  const title = fieldOf(entity, entity.title)
  const columns = isIndexed(entity.name)
    ? [columnSql('t', title)]
    : [
        columnSql('t', title),
        ...entity.fields.flatMap(({ single, key }) =>
          single && mayAskBy(actor, entity, key) ? [sql.ref(`t.${columnOf(key)}`)] : [],
        ),
      ]
  const syllables = isIndexed(entity.name) ? null : syllablesOf(title)
  return sql<SqlBool>`(${sql.join(
    [
      ...columns.map((column) => sql`coalesce(${column}, '') like ${pattern} escape '\\'`),
      // The syllables of a sort key stand apart; nobody types them so.
      ...(syllables ? [sql`replace(coalesce(${syllables}, ''), ' ', '') like ${pattern} escape '\\'`] : []),
    ],
    sql` or `,
  )})`
}

const syllablesOf = ({ sortColumn, sortSql }: FieldDescriptor): RawBuilder<unknown> | null =>
  sortSql !== undefined ? sql.raw(sortSql.replaceAll('{t}', 't')) : sortColumn === undefined ? null : sql.ref(`t.${sortColumn}`)
