import { type RawBuilder, sql } from 'kysely'
import { columnOf, type FieldDescriptor, isCustomKey } from '../../../src-shared/kernel/entity.ts'

/**
 * Where the value of a field stands. Of an added field the path is written out and not bound: an index on the same expression
 * may answer it.
 */
export const columnSql = (alias: string, key: string): RawBuilder<unknown> =>
  isCustomKey(key) ? sql.raw(`(${alias}.custom ->> '$.${key}')`) : sql.ref(`${alias}.${columnOf(key)}`)

/** What a list goes by: a key beside the field, a select of the company in the order of its options, else the value itself. */
export function orderSql(alias: string, field: FieldDescriptor): RawBuilder<unknown> {
  if (field.sortColumn !== undefined) return sql.ref(`${alias}.${field.sortColumn}`)
  const column = columnSql(alias, field.key)
  if (!field.choices || field.choices.length === 0) return column
  const ranks = field.choices.map(({ value }, rank) => sql`when ${value} then ${rank}`)
  return sql`(case ${column} ${sql.join(ranks, sql` `)} end)`
}
