import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import { type EntityDescriptor, type FieldDescriptor, findField } from '../../../src-shared/kernel/entity.ts'
import { CHANGED_IN } from '../../../src-shared/kernel/changedIn.ts'
import { FILTER_DEPTH } from '../../../src-shared/kernel/filter/limits.ts'
import type { Filter, Rule } from '../../../src-shared/kernel/list.ts'
import { cleanText } from '../../../src-shared/kernel/cleaning/text.ts'
import { OPENED_BY_ME, relatedOf } from '../../../src-shared/kernel/filter/fields.ts'
import { BadInput, Forbidden } from '../errors.ts'
import { mayAskBy } from '../policy.ts'
import { columnSql } from './column.ts'
import { liesElsewhere, poolsThatHide } from './pools.ts'
import { relatedSql } from './related.ts'

type Condition = RawBuilder<SqlBool>

/**
 * Null counts as "not equal" and "does not contain"; parts of a text are found without the case of a–z; % and _ are letters. `driver` is the rule that
 * an index may answer; `reached`: the rows are asked about through others.
 */
export function filterSql(
  actor: Actor,
  entity: EntityDescriptor,
  filter: Filter,
  alias: string,
  options: { driver?: unknown; depth?: number; reached?: boolean } = {},
): Condition {
  const { driver, depth = 0, reached = false } = options
  if (depth > FILTER_DEPTH) throw new BadInput('filterTooDeep', ['filter'])
  const parts = filter.rules.map((rule) =>
    'rules' in rule
      ? filterSql(actor, entity, rule, alias, { depth: depth + 1, reached })
      : unlessPooled(
          { actor, entity, alias, reached },
          rule,
          rule === driver ? bareRuleSql(actor, entity, rule, alias) : ruleSql(actor, entity, rule, alias),
        ),
  )
  if (parts.length === 0) return filter.not ? sql<SqlBool>`0 = 1` : sql<SqlBool>`1 = 1`
  const joined = sql<SqlBool>`(${sql.join(parts, filter.combinator === 'and' ? sql` and ` : sql` or `)})`
  return filter.not ? sql<SqlBool>`not coalesce(${joined}, 0)` : joined
}

/** As an index can answer it: only where null and false are the same, among conditions that all must hold. */
export function bareRuleSql(actor: Actor, entity: EntityDescriptor, rule: Rule, alias: string): Condition {
  const field = askedField(actor, entity, rule)
  if (field.type === 'birthday') return birthdaySql(columnSql(alias, field), rule, values(rule, field))
  const column = columnSql(alias, field)
  if (rule.operator === 'in') return listSql(column, values(rule, field))
  if (rule.operator === 'between') return betweenSql(column, values(rule, field))
  return compareSql(column, rule, field, { bare: true })
}

/** Records that the commands of a batch wrote, or something that hangs on them, as the journal tells it; what somebody took back of it does not count. */
function changedInSql(entity: EntityDescriptor, rule: Rule, alias: string): Condition {
  if (rule.operator !== '=' || typeof rule.value !== 'string') throw new BadInput('operatorDoesNotFit', ['filter', rule.field])
  const written = (table: string) => sql`from command c join journal j on j.seq = c.seq
    where c.batch_id = ${rule.value} and c.undoes is null and j.tbl = ${table}`
  const parts = (entity.dependents ?? []).map(
    (table) =>
      sql`select d.${sql.ref(`${entity.table}_id`)} from ${sql.table(table)} d where d.id in (select j.row_id ${written(table)})`,
  )
  return sql<SqlBool>`${sql.ref(`${alias}.id`)} in (${sql.join([sql`select j.row_id ${written(entity.table)}`, ...parts], sql` union all `)})`
}

function ruleSql(actor: Actor, entity: EntityDescriptor, rule: Rule, alias: string): Condition {
  if (rule.field === CHANGED_IN) return changedInSql(entity, rule, alias)
  if (rule.field === OPENED_BY_ME) return openedRuleSql(actor, entity, rule, alias)
  const related = relatedOf(entity, rule.field)
  if (related)
    return relatedSql(actor, { entity, alias, related }, rule, (other, of, inner) =>
      filterSql(actor, other, of, inner, { reached: true }),
    )
  const field = askedField(actor, entity, rule)
  if (field.type === 'tags') return tagSql(entity, rule, alias)
  if (field.type === 'multiSelect') return severalSql(columnSql(alias, field), rule)
  if (field.type === 'birthday' && rule.operator !== 'null' && rule.operator !== 'notNull')
    return birthdaySql(columnSql(alias, field), rule, values(rule, field))
  const column = columnSql(alias, field)
  switch (rule.operator) {
    case 'null':
      return sql<SqlBool>`(${column} is null or ${column} = '')`
    case 'notNull':
      return sql<SqlBool>`(${column} is not null and ${column} <> '')`
    case 'contains':
      return likeSql(column, like('%', text(rule), '%'))
    case 'doesNotContain':
      return sql<SqlBool>`not ${likeSql(column, like('%', text(rule), '%'))}`
    case 'beginsWith':
      return likeSql(column, like('', text(rule), '%'))
    case 'in':
      return inSql(column, values(rule, field))
    case 'notIn':
      return sql<SqlBool>`not ${inSql(column, values(rule, field))}`
    case 'between':
      return sql<SqlBool>`coalesce(${betweenSql(column, values(rule, field))}, 0)`
    case 'notWithin':
      return sql<SqlBool>`not coalesce(${betweenSql(column, values(rule, field))}, 0)`
    case 'within':
    case 'under':
      throw new BadInput('operatorDoesNotFit', ['filter', rule.field])
    default:
      return compareSql(column, rule, field, { bare: false })
  }
}

/** Records that the actor opened, found from the short list of them. */
function openedRuleSql(actor: Actor, entity: EntityDescriptor, rule: Rule, alias: string): Condition {
  const range = Array.isArray(rule.value) ? rule.value : null
  if (rule.operator !== 'notNull' && rule.operator !== 'null' && (rule.operator !== 'between' || range?.length !== 2))
    throw new BadInput('operatorDoesNotFit', ['filter', rule.field])
  const within = rule.operator === 'between' ? sql`and o.at between ${range?.[0]} and ${range?.[1]}` : sql``
  const opened = sql`(select o.record_id from recent_record o where o.user_id = ${actor.userId} and o.entity = ${entity.name} ${within})`
  return sql<SqlBool>`${sql.ref(`${alias}.id`)} ${rule.operator === 'null' ? sql`not in` : sql`in`} ${opened}`
}

type Asked = { actor: Actor; entity: EntityDescriptor; alias: string; reached: boolean }
/** Who asks through what is his own, an opportunity, does not learn what a pool hides of its customer: there no answer fits. */
function unlessPooled({ actor, entity, alias, reached }: Asked, { field }: Rule, rule: Condition): Condition {
  if (!reached && !(entity.ownerKey && entity.parentKey)) return rule
  const pools = findField(entity, field) ? poolsThatHide(actor, entity, field) : []
  return pools.length === 0 ? rule : sql<SqlBool>`(${rule} and ${liesElsewhere(entity, alias, pools)})`
}

function askedField(actor: Actor, entity: EntityDescriptor, rule: Rule): FieldDescriptor {
  const field = findField(entity, rule.field)
  if (!field) throw new BadInput('unknownField', ['filter', rule.field])
  if (!mayAskBy(actor, entity, field.key)) throw new Forbidden(`${entity.feature}.fields`, [field.key])
  return field
}

const likeSql = (column: RawBuilder<unknown>, pattern: string): Condition =>
  sql<SqlBool>`coalesce(${column} like ${pattern} escape '\\', 0)`
const betweenSql = (column: RawBuilder<unknown>, [from, to]: readonly (string | number | null)[]): Condition =>
  sql<SqlBool>`${column} between ${from} and ${to}`

function compareSql(column: RawBuilder<unknown>, rule: Rule, field: FieldDescriptor, { bare }: { bare: boolean }): Condition {
  const value = scalar(rule, field)
  if (value === null) {
    if (rule.operator === '=') return sql<SqlBool>`${column} is null`
    if (rule.operator === '!=') return sql<SqlBool>`${column} is not null`
    throw new BadInput('valueMissing', ['filter', rule.field])
  }
  if (rule.operator === '!=') return sql<SqlBool>`${column} is not ${value}`
  const operators = { '=': sql`=`, '<': sql`<`, '<=': sql`<=`, '>': sql`>`, '>=': sql`>=` } as const
  const operator = operators[rule.operator as keyof typeof operators]
  return bare ? sql<SqlBool>`${column} ${operator} ${value}` : sql<SqlBool>`coalesce(${column} ${operator} ${value}, 0)`
}

const listSql = (column: RawBuilder<unknown>, list: readonly (string | number | null)[]): Condition =>
  sql<SqlBool>`${column} in (${sql.join(list.map((value) => sql.val(value)))})`

/** Null in the list asks for empty cells too. */
function inSql(column: RawBuilder<unknown>, list: readonly (string | number | null)[]): Condition {
  const given = list.filter((value) => value !== null)
  const parts: Condition[] = []
  if (given.length > 0) parts.push(sql<SqlBool>`coalesce(${listSql(column, given)}, 0)`)
  if (given.length < list.length) parts.push(sql<SqlBool>`${column} is null`)
  return parts.length === 0 ? sql<SqlBool>`0 = 1` : sql<SqlBool>`(${sql.join(parts, sql` or `)})`
}

/** By month and day, as the index has them. */
function birthdaySql(column: RawBuilder<unknown>, rule: Rule, monthDays: readonly (string | number | null)[]): Condition {
  if (rule.operator !== 'in' && rule.operator !== 'notIn') throw new BadInput('operatorDoesNotFit', ['filter', rule.field])
  const has = sql<SqlBool>`(${column} is not null and ${listSql(sql`substr(${column}, -5)`, monthDays)})`
  return rule.operator === 'in' ? has : sql<SqlBool>`not ${has}`
}

/** Of a field of several options: whether one of those asked for is among them. Options hold no comma. */
function severalSql(column: RawBuilder<unknown>, rule: Rule): Condition {
  const has = (value: unknown): Condition =>
    value === null || value === undefined
      ? sql<SqlBool>`${column} is null`
      : sql<SqlBool>`coalesce(instr(',' || ${column} || ',', ${`,${String(value)},`}) > 0, 0)`
  const given = Array.isArray(rule.value) ? rule.value : [rule.value]
  const any = given.length === 0 ? sql<SqlBool>`0 = 1` : sql<SqlBool>`(${sql.join(given.map(has), sql` or `)})`
  switch (rule.operator) {
    case 'null':
      return sql<SqlBool>`${column} is null`
    case 'notNull':
      return sql<SqlBool>`${column} is not null`
    case '=':
    case 'in':
    case 'contains':
      return any
    case '!=':
    case 'notIn':
    case 'doesNotContain':
      return sql<SqlBool>`not ${any}`
    default:
      throw new BadInput('operatorDoesNotFit', ['filter', rule.field])
  }
}

function tagSql(entity: EntityDescriptor, rule: Rule, alias: string): Condition {
  const has = (names: readonly (string | number | null)[]) =>
    sql<SqlBool>`exists (select 1 from record_tag rt join tag on tag.id = rt.tag_id where rt.entity = ${entity.name} and rt.record_id = ${sql.ref(`${alias}.id`)} and tag.name_key in (${sql.join(
      names.map((name) => sql.val(cleanText(String(name ?? '')).toLowerCase())),
    )}))`
  const any = sql<SqlBool>`exists (select 1 from record_tag rt where rt.entity = ${entity.name} and rt.record_id = ${sql.ref(`${alias}.id`)})`
  if (rule.operator === 'null') return sql<SqlBool>`not ${any}`
  if (rule.operator === 'notNull') return any
  const names = (Array.isArray(rule.value) ? rule.value : [rule.value ?? null]).map((value) =>
    typeof value === 'boolean' ? String(value) : value,
  )
  if (rule.operator === 'in' || rule.operator === '=' || rule.operator === 'contains') return has(names)
  if (rule.operator === 'notIn' || rule.operator === '!=' || rule.operator === 'doesNotContain')
    return sql<SqlBool>`not ${has(names)}`
  throw new BadInput('operatorDoesNotFit', ['filter', rule.field])
}

const like = (before: string, value: string, after: string): string =>
  `${before}${value.replace(/[\\%_]/g, (sign) => `\\${sign}`)}${after}`

function text(rule: Rule): string {
  if (typeof rule.value !== 'string' || rule.value === '') throw new BadInput('valueMissing', ['filter', rule.field])
  return rule.value
}

function values(rule: Rule, field: FieldDescriptor): (string | number | null)[] {
  const isRange = rule.operator === 'between' || rule.operator === 'notWithin'
  if (!Array.isArray(rule.value) || (isRange && rule.value.length !== 2))
    throw new BadInput('valueMissing', ['filter', rule.field])
  return rule.value.map((value) => asColumn(value, rule, field))
}

function scalar(rule: Rule, field: FieldDescriptor): string | number | null {
  if (Array.isArray(rule.value)) throw new BadInput('valueMissing', ['filter', rule.field])
  return asColumn(rule.value ?? null, rule, field)
}

/** Strict columns hold text or integers; a value of the other kind would silently match nothing. */
function asColumn(value: string | number | boolean | null, rule: Rule, field: FieldDescriptor): string | number | null {
  if (value === null) return null
  if (field.type === 'boolean') return value === true || value === 1 || value === 'true' ? 1 : 0
  const numeric = field.type === 'number' || field.type === 'money'
  if (numeric !== (typeof value === 'number')) throw new BadInput('valueDoesNotFit', ['filter', rule.field])
  return value as string | number
}
