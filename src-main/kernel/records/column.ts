import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import { columnOf, type EntityDescriptor, type FieldDescriptor, isCustomKey } from '../../../src-shared/kernel/entity.ts'
import { FORMULA_FUNCTION, formulaNumber } from '../dialect/formulaFunction.ts'

const stored = (alias: string, key: string): string =>
  isCustomKey(key) ? `(${alias}.custom ->> '$.${key}')` : `${alias}."${columnOf(key)}"`

/**
 * Where the value of a field stands. Of an added field the path is written out and not bound: an index on the same expression
 * may answer it. A formula is worked out from what it rests on by the one evaluator that also fills the cells.
 */
export function columnSql(
  alias: string,
  { key, formula, computed }: Pick<FieldDescriptor, 'key' | 'formula' | 'computed'>,
): RawBuilder<unknown> {
  if (computed !== undefined) return sql.raw(`(${computed.replaceAll('{t}', alias)})`)
  if (formula)
    return sql.raw(
      `${FORMULA_FUNCTION}(${[formulaNumber(formula), ...formula.inputs.map((input) => stored(alias, input))].join(', ')})`,
    )
  return isCustomKey(key) ? sql.raw(stored(alias, key)) : sql.ref(`${alias}.${columnOf(key)}`)
}

/** When the actor last opened a record of the list. */
export const openedSql = (actor: Actor, entity: EntityDescriptor, alias: string): RawBuilder<unknown> =>
  sql`(select o.at from recent_record o where o.user_id = ${actor.userId} and o.entity = ${entity.name} and o.record_id = ${sql.ref(`${alias}.id`)})`

/** What a list goes by: a key beside the field, a birthday by its place in the year, a select of the company in the order of its options, else the value itself. */
export function orderSql(alias: string, field: FieldDescriptor): RawBuilder<unknown> {
  if (field.sortColumn !== undefined) return sql.ref(`${alias}.${field.sortColumn}`)
  if (field.sortSql !== undefined) return sql.raw(field.sortSql.replaceAll('{t}', alias))
  const column = columnSql(alias, field)
  if (field.type === 'birthday') return sql`(substr(${column}, -5) || ${column})`
  if (!field.choices || field.choices.length === 0 || field.freeEntry || field.type !== 'select') return column
  const ranks = field.choices.map(({ value }, rank) => sql`when ${value} then ${rank}`)
  return sql`(case ${column} ${sql.join(ranks, sql` `)} end)`
}
