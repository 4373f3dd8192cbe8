import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { type Actor, may } from '../../../src-shared/kernel/actor.ts'
import { columnOf, type EntityDescriptor, findField, isCustomKey } from '../../../src-shared/kernel/entity.ts'
import { MOST_DECIMALS } from '../../../src-shared/kernel/custom/values.ts'
import type { ListInput, Sort, Which } from '../../../src-shared/kernel/list.ts'
import { plain, type ReadDb, type WriteTx } from '../database.ts'
import { BadInput, Forbidden, NotFound } from '../errors.ts'
import { type CustomerVerb, maskOf, mayAskBy, rowsFor } from '../policy.ts'
import { matchSearch } from '../searchQuery.ts'
import { columnSql, orderSql } from './column.ts'
import { filterSql } from './filter.ts'
import { type Driver, driverAlong, driverOf, onTheWay } from './path.ts'

type Db = ReadDb | WriteTx
export type Rows = Record<string, unknown>[]

/** Words found more rows than are looked at: lists of a search show this many and say so. */
export const SEARCH_CAP = 1000

const COMMON = ['id', 'createdAt', 'updatedAt', 'deletedAt', 'version', 'issue'] as const

type Where = {
  where: RawBuilder<SqlBool>
  capped: boolean
  /** Words, or a condition with an index of its own, found few rows: they are sorted, not walked in order. So are those of the recycle bin. */
  narrow: boolean
}

/** The row predicate of a list: reach, recycle bin, filter, words. `along`: what serves the order when nothing is narrower; `counted`: no order; `most`: hits of words. */
export async function whereOf(
  db: Db,
  actor: Actor,
  entity: EntityDescriptor,
  which: Which,
  {
    verb = 'read',
    along = null,
    counted = false,
    most = SEARCH_CAP,
  }: { verb?: CustomerVerb; along?: Driver; counted?: boolean; most?: number } = {},
): Promise<Where> {
  const words = which.search?.trim() ?? ''
  const few = words === '' ? await driverOf(db, actor, entity, which, { verb, counted }) : null
  const driver = few ?? (words === '' ? along : null)
  const reached = rowsFor(actor, entity, 't', verb)
  const parts: RawBuilder<SqlBool>[] = [driver === 'owner' || !entity.ownerKey ? reached : onTheWay(reached)]
  if (entity.recyclable) parts.push(which.deleted ? sql<SqlBool>`t.deleted_at is not null` : sql<SqlBool>`t.deleted_at is null`)
  if (which.filter) parts.push(filterSql(actor, entity, which.filter, 't', { driver }))
  if (words === '') return { where: allOf(parts), capped: false, narrow: few !== null && few !== along }
  const found = await withWords(db, actor, entity, { words, most, deleted: which.deleted === true })
  return { where: allOf([...parts, found.where]), capped: found.capped, narrow: true }
}

/** The recycle bin is not in the search index. */
async function withWords(
  db: Db,
  actor: Actor,
  entity: EntityDescriptor,
  { words, most, deleted }: { words: string; most: number; deleted: boolean },
): Promise<Omit<Where, 'narrow'>> {
  if (deleted) return { where: titleLike(entity, words), capped: false }
  const { ids, capped } = await matchSearch(db, actor, words, { entity: entity.name, limit: most })
  return { where: sql<SqlBool>`t.id in (select value from json_each(${JSON.stringify(ids)}))`, capped }
}

const allOf = (parts: readonly RawBuilder<SqlBool>[]): RawBuilder<SqlBool> => sql<SqlBool>`${sql.join(parts, sql` and `)}`
const titleLike = (entity: EntityDescriptor, words: string): RawBuilder<SqlBool> =>
  sql<SqlBool>`t.${sql.ref(columnOf(entity.title))} like ${`%${words.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`} escape '\\'`

/** @throws BadInput for a field that does not exist, Forbidden for one that must not be learned from its order. */
function orderOf(
  actor: Actor,
  entity: EntityDescriptor,
  sorts: readonly Sort[] | undefined,
  narrow: boolean,
): RawBuilder<unknown> {
  const wanted: readonly Sort[] = sorts && sorts.length > 0 ? sorts : [{ field: 'createdAt', direction: 'desc' }]
  const parts = wanted.map(({ field, direction }) => {
    const descriptor = findField(entity, field)
    if (!descriptor || descriptor.type === 'tags') throw new BadInput('unknownField', ['sort', field])
    if (!mayAskBy(actor, entity, field)) throw new Forbidden(`${entity.feature}.fields`, [field])
    // A unary plus keeps the planner from walking a sort index when the words already found few rows.
    const column = orderSql('t', descriptor)
    return sql`${narrow ? sql`+` : sql``}${column} ${direction === 'asc' ? sql`asc` : sql`desc`}`
  })
  const last = wanted.at(-1)?.direction === 'asc' ? sql`asc` : sql`desc`
  // The owner's index goes by age within an owner.
  if (wanted.at(-1)?.field === entity.ownerKey) parts.push(sql`${narrow ? sql`+` : sql``}t.created_at ${last}`)
  return sql`${sql.join(parts)}, ${narrow ? sql`+` : sql``}t.id ${last}`
}

const columnTexts = new WeakMap<EntityDescriptor, RawBuilder<unknown>>()
/** Columns of the model under its own keys: the descriptor's fields, the common ones, and the names behind references. */
function columnsSql(entity: EntityDescriptor): RawBuilder<unknown> {
  const known = columnTexts.get(entity)
  if (known) return known
  const own = entity.fields.filter((field) => field.type !== 'tags' && !isCustomKey(field.key)).map((field) => field.key)
  // A workspace without fields of its own does not even fetch the column.
  const keys = [...new Set([...COMMON, ...own, ...(hasCustom(entity) ? ['custom'] : [])])]
  const names = entity.fields.flatMap((field) => {
    const name = field.reference && field.key.endsWith('Id') ? nameTable[field.reference] : undefined
    return name
      ? [`(select n.name from ${name} n where n.id = t."${columnOf(field.key)}") as "${field.key.slice(0, -2)}Name"`]
      : []
  })
  // The keys are the program's own words; the text is the same at every call, so it is put together once.
  const text = sql.raw([...keys.map((key) => `t."${columnOf(key)}" as "${key}"`), ...names].join(', '))
  columnTexts.set(entity, text)
  return text
}

const hasCustom = (entity: EntityDescriptor): boolean => entity.fields.some(({ key }) => isCustomKey(key))

const nameTable: Partial<Record<string, string>> = { employee: 'employee', customer: 'customer', contact: 'contact' }

/**
 * Page of rows as the actor may see them. The inner select walks the index alone, so a far offset stays cheap; the cross join
 * keeps SQLite from turning the two round, which would walk the index once more for the outer order.
 */
export async function listRows(
  db: Db,
  actor: Actor,
  entity: EntityDescriptor,
  input: ListInput,
  extra: { where?: RawBuilder<SqlBool> } = {},
): Promise<{ rows: Rows; hasMore: boolean; capped: boolean }> {
  const along = driverAlong(actor, entity, input, input.sort)
  const { where: asked, capped, narrow } = await whereOf(db, actor, entity, input, { along })
  const where = extra.where ? allOf([asked, extra.where]) : asked
  const order = orderOf(actor, entity, input.sort, narrow || input.deleted === true)
  const table = sql.table(entity.table)
  const { rows } = await sql<Record<string, unknown>>`
    select ${columnsSql(entity)}
    from (select t.rowid as found from ${table} t where ${where} order by ${order} limit ${input.limit + 1} offset ${input.offset}) p
    cross join ${table} t on t.rowid = p.found order by ${order}`.execute(plain(db))
  return { rows: await finished(db, actor, entity, rows.slice(0, input.limit)), hasMore: rows.length > input.limit, capped }
}

/** So many entries of an order's index are looked through at once: well under a millisecond when the index holds what is asked. */
const WINDOW = 2000

/**
 * The same page when the first entries of its order already hold it, or null. A condition that many rows meet fills a page
 * from a short stretch; where it does not, the caller asks where nobody waits. Only orders without empty values: a bound
 * cannot be compared with nothing.
 */
export async function nearPage(
  db: Db,
  actor: Actor,
  entity: EntityDescriptor,
  input: ListInput,
): Promise<{ rows: Rows; hasMore: boolean; capped: boolean } | null> {
  const [sort = { field: 'createdAt', direction: 'desc' as const }, ...more] = input.sort ?? []
  const descriptor = findField(entity, sort.field)
  if (more.length > 0 || !entity.recyclable || !descriptor?.indexed || !NEVER_EMPTY.has(sort.field)) return null
  const along = driverAlong(actor, entity, input, input.sort)
  // What an index answers by itself is short already.
  if (along !== null) return null
  const parts: RawBuilder<SqlBool>[] = [onTheWay(rowsFor(actor, entity, 't')), sql<SqlBool>`t.deleted_at is null`]
  if (input.filter) parts.push(filterSql(actor, entity, input.filter, 't'))
  const order = orderOf(actor, entity, input.sort, false)
  const column = sql.ref(`t.${descriptor.sortColumn ?? columnOf(sort.field)}`)
  const table = sql.table(entity.table)
  const { rows: ends } = await sql<{ value: unknown; id: string }>`
    select ${column} as value, t.id from ${table} t where t.deleted_at is null order by ${order} limit 1 offset ${WINDOW}`.execute(
    plain(db),
  )
  const [end] = ends
  if (end) {
    const before = sql.raw(sort.direction === 'asc' ? '<' : '>')
    parts.push(sql<SqlBool>`(${column}, t.id) ${before} (${end.value}, ${end.id})`)
  }
  const { rows } = await sql<Record<string, unknown>>`
    select ${columnsSql(entity)}
    from (select t.rowid as found from ${table} t where ${allOf(parts)} order by ${order} limit ${input.limit + 1} offset ${input.offset}) p
    cross join ${table} t on t.rowid = p.found order by ${order}`.execute(plain(db))
  const hasMore = rows.length > input.limit
  // A page that is not full may go on behind the stretch.
  if (end && !hasMore) return null
  return { rows: await finished(db, actor, entity, rows.slice(0, input.limit)), hasMore, capped: false }
}
const NEVER_EMPTY: ReadonlySet<string> = new Set(['createdAt', 'updatedAt', 'name'])

/** Rows by id in any order, only those the actor reaches with the verb; deleted ones too when asked. */
export async function rowsById(
  db: Db,
  actor: Actor,
  entity: EntityDescriptor,
  ids: readonly string[],
  options: { deleted?: boolean; verb?: CustomerVerb } = {},
): Promise<Rows> {
  const { rows } = await sql<Record<string, unknown>>`
    select ${columnsSql(entity)} from ${sql.table(entity.table)} t
    where t.id in (select value from json_each(${JSON.stringify(ids)})) and ${onTheWay(rowsFor(actor, entity, 't', options.verb ?? 'read'))}
    ${entity.recyclable && !options.deleted ? sql`and t.deleted_at is null` : sql``}`.execute(plain(db))
  return finished(db, actor, entity, rows)
}

/** @throws NotFound for a row that does not exist, is deleted (unless asked for) or is out of reach: the three look alike. */
export async function getRow(
  db: Db,
  actor: Actor,
  entity: EntityDescriptor,
  id: string,
  options: { deleted?: boolean; verb?: CustomerVerb } = {},
): Promise<Record<string, unknown>> {
  const [row] = await rowsById(db, actor, entity, [id], options)
  if (!row) throw new NotFound(entity.name, id)
  return row
}

export async function countRows(
  db: Db,
  actor: Actor,
  entity: EntityDescriptor,
  which: Which,
): Promise<{ count: number; capped: boolean }> {
  const { where, capped } = await whereOf(db, actor, entity, which, { counted: true })
  const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(entity.table)} t where ${where}`.execute(
    plain(db),
  )
  return { count: rows[0]?.n ?? 0, capped }
}

export async function countRowsBy(
  db: Db,
  actor: Actor,
  entity: EntityDescriptor,
  which: Which,
  key: string,
): Promise<{ value: string | null; count: number }[]> {
  if (!findField(entity, key)) throw new BadInput('unknownField', ['field', key])
  if (!mayAskBy(actor, entity, key)) throw new Forbidden(`${entity.feature}.fields`, [key])
  const { where } = await whereOf(db, actor, entity, which)
  const column = columnSql('t', key)
  const { rows } = await sql<{ value: string | number | null; n: number }>`
    select ${column} as value, count(*) as n from ${sql.table(entity.table)} t where ${where} group by ${which.deleted ? sql`+` : sql``}${column} order by n desc limit 200`.execute(
    plain(db),
  )
  return rows.map(({ value, n }) => ({ value: value === null ? null : String(value), count: n }))
}

/**
 * The sum of a numeric field over the rows in reach, and how many of them have a value. What the actor sees masked or not at all he
 * learns by a sum as little as by an order.
 * @throws BadInput for what is not a number, Forbidden for a field that must not be asked by
 */
export async function sumRows(
  db: Db,
  actor: Actor,
  entity: EntityDescriptor,
  which: Which,
  key: string,
): Promise<{ sum: number; count: number; capped: boolean }> {
  const field = findField(entity, key)
  if (!field || (field.type !== 'number' && field.type !== 'money')) throw new BadInput('notANumberField', ['sum', key])
  if (!mayAskBy(actor, entity, key)) throw new Forbidden(`${entity.feature}.fields`, [key])
  const { where, capped } = await whereOf(db, actor, entity, which)
  const column = columnSql('t', key)
  // Numbers of the company may have decimals: they are added as whole millionths, which is exact.
  const scale = isCustomKey(key) && field.type === 'number' ? 10 ** MOST_DECIMALS : 1
  const whole = scale === 1 ? column : sql`cast(round(${column} * ${scale}) as integer)`
  const { rows } = await sql<{ sum: number; count: number }>`
    select coalesce(sum(${whole}), 0) as sum, count(${column}) as count from ${sql.table(entity.table)} t where ${where}`.execute(
    db,
  )
  const { sum, count } = rows[0] ?? { sum: 0, count: 0 }
  // Beyond this a number no longer holds every fen.
  if (!Number.isSafeInteger(sum)) throw new Error(`the sum of ${entity.name}.${key} is too large to be exact`)
  return { sum: sum / scale, count, capped }
}

/** Ids of a filter in a stable order after `after`, for batches that walk everything chunk by chunk. */
export async function idsAfter(
  db: Db,
  actor: Actor,
  entity: EntityDescriptor,
  which: Which,
  after: string,
  limit: number,
  verb: CustomerVerb,
): Promise<string[]> {
  const { where, narrow } = await whereOf(db, actor, entity, which, { verb })
  // Walked along the key unless few rows were found otherwise: a plus keeps the planner from it.
  const id = narrow ? sql`+t.id` : sql`t.id`
  const { rows } = await sql<{
    id: string
  }>`select t.id from ${sql.table(entity.table)} t where ${where} and ${id} > ${after} order by ${id} limit ${limit}`.execute(
    plain(db),
  )
  return rows.map((row) => row.id)
}

/** What a selection stands for is never cut off silently: more than any base holds. */
const EVERY_HIT = 100_000_000

/** Every id of a selection in the asked order: an export holds on to the order of the moment it began. */
export async function orderedIds(
  db: Db,
  actor: Actor,
  entity: EntityDescriptor,
  wanted: { which: Which; sort?: readonly Sort[] | undefined; only?: readonly string[] | undefined },
  verb: CustomerVerb,
): Promise<string[]> {
  const { where, narrow } = await whereOf(db, actor, entity, wanted.which, { verb, most: EVERY_HIT })
  const order = orderOf(actor, entity, wanted.sort, narrow || wanted.which.deleted === true || wanted.only !== undefined)
  const only = wanted.only ? sql`and t.id in (select value from json_each(${JSON.stringify(wanted.only)}))` : sql``
  const { rows } = await sql<{
    id: string
  }>`select t.id from ${sql.table(entity.table)} t where ${where} ${only} order by ${order}`.execute(plain(db))
  return rows.map((row) => row.id)
}

/** Every id of a search in the order of ids: a bulk action looks the words up once, because what it changes they may no longer find. */
export async function foundIds(db: Db, actor: Actor, entity: EntityDescriptor, which: Which): Promise<string[]> {
  const { where } = await whereOf(db, actor, entity, which, { most: EVERY_HIT })
  const { rows } = await sql<{ id: string }>`select t.id from ${sql.table(entity.table)} t where ${where}`.execute(plain(db))
  return rows.map((row) => row.id).sort()
}

async function finished(db: Db, actor: Actor, entity: EntityDescriptor, rows: Rows): Promise<Rows> {
  const booleans = entity.fields.filter(({ type, key }) => type === 'boolean' && !isCustomKey(key)).map(({ key }) => key)
  const tags = entity.fields.some((field) => field.type === 'tags')
    ? await tagsOf(
        db,
        entity,
        rows.map((row) => String(row['id'])),
      )
    : null
  // A role that sees no contacts reads no contact's name beside a follow-up either.
  const unseenNames = entity.fields.flatMap(({ key, reference }) =>
    reference === 'contact' && !may(actor, 'contacts.read') ? [`${key.slice(0, -2)}Name`] : [],
  )
  const custom = entity.fields.filter(({ key }) => isCustomKey(key)).map(({ key }) => key)
  const mask = maskOf(actor, entity)
  return rows.map((row) => {
    const whole: Record<string, unknown> = { ...row }
    for (const key of booleans) whole[key] = whole[key] === 1
    if (custom.length > 0) whole['custom'] = livingCustom(whole['custom'], custom)
    if (tags) whole['tags'] = tags.get(String(row['id'])) ?? []
    for (const key of unseenNames) whole[key] = null
    return mask(whole)
  })
}

/** Only what is defined and not put aside leaves the backend. */
function livingCustom(text: unknown, keys: readonly string[]): Record<string, unknown> {
  if (typeof text !== 'string' || text === '{}') return {}
  const all = JSON.parse(text) as Record<string, unknown>
  return Object.fromEntries(keys.flatMap((key) => (all[key] === undefined ? [] : [[key, all[key]]])))
}

async function tagsOf(db: Db, entity: EntityDescriptor, ids: readonly string[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  if (ids.length === 0) return found
  const { rows } = await sql<{ recordId: string; name: string }>`
    select rt.record_id as "recordId", tag.name from record_tag rt join tag on tag.id = rt.tag_id
    where rt.entity = ${entity.name} and rt.record_id in (select value from json_each(${JSON.stringify(ids)})) order by tag.name`.execute(
    plain(db),
  )
  for (const { recordId, name } of rows) found.set(recordId, [...(found.get(recordId) ?? []), name])
  return found
}
