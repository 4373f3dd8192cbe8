import type BetterSqlite3 from 'better-sqlite3'
import { uniqueFields } from '../../../src-shared/kernel/custom/rules.ts'
import { columnOf, type EntityDescriptor, type FieldDescriptor, isCustomKey } from '../../../src-shared/kernel/entity.ts'

const PREFIX = 'field_unique_'
const nameOf = (entity: EntityDescriptor, key: string): string => `${PREFIX}${entity.table}_${columnOf(key)}`

/**
 * What a company wants to stand once among living records is an index of the base itself: form, import, API, undo and restore meet the same
 * one, and the question before each write is answered by it.
 */
export const uniqueIndexSql = (entity: EntityDescriptor, { key }: Pick<FieldDescriptor, 'key'>): string =>
  `create unique index if not exists "${nameOf(entity, key)}" on "${entity.table}" (${
    isCustomKey(key) ? `custom ->> '$.${key}'` : `"${columnOf(key)}"`
  }) where deleted_at is null`

/** Brings the indexes in line with what is asked now, after an undo or at a start. @returns fields whose records are no longer single */
export function keepUniqueIndexes(raw: BetterSqlite3.Database, entities: Iterable<EntityDescriptor>): string[] {
  const wanted = new Map<string, string>()
  for (const entity of entities)
    if (entity.customizable)
      for (const field of uniqueFields(entity)) wanted.set(nameOf(entity, field.key), uniqueIndexSql(entity, field))
  const there = raw
    .prepare("select name from sqlite_master where type = 'index' and name like 'field\\_unique\\_%' escape '\\'")
    .pluck()
    .all() as string[]
  for (const name of there) if (!wanted.has(name)) raw.exec(`drop index "${name}"`)
  const failed: string[] = []
  for (const [name, statement] of wanted)
    if (!there.includes(name))
      try {
        raw.exec(statement)
      } catch (error) {
        if (!String((error as { code?: string }).code).startsWith('SQLITE_CONSTRAINT')) throw error
        failed.push(name)
      }
  return failed
}
