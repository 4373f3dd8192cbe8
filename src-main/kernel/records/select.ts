import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { type Actor, may } from '../../../src-shared/kernel/actor.ts'
import { columnOf, type EntityDescriptor, findField, isCustomKey } from '../../../src-shared/kernel/entity.ts'
import { OPENED_BY_ME } from '../../../src-shared/kernel/filter/fields.ts'
import type { ListInput, Sort, Which } from '../../../src-shared/kernel/list.ts'
import { plain, type ReadDb, type WriteTx } from '../database.ts'
import { BadInput, Forbidden, NotFound } from '../errors.ts'
import { type Verb, mayAskBy, rowsFor } from '../policy.ts'
import { columnSql, openedSql, orderSql } from './column.ts'
import { customersInReach, withCustomCells } from './customCells.ts'
import { bareRuleSql, filterSql } from './filter.ts'
import { driversAlong, hasShared, isHeld, isWalked, NEVER_EMPTY, onTheWay, type Way } from './path.ts'
import { askerOf, knownSql, masks, poolsThatHide, sightOf } from './pools.ts'
import { nameTable } from './nameTable.ts'
import { settled } from './settle.ts'
import { allOf, whereOf } from './where.ts'

type Db = ReadDb | WriteTx
export type Rows = Record<string, unknown>[]

const COMMON = ['id', 'createdAt', 'updatedAt', 'deletedAt', 'version', 'issue'] as const

/** @throws BadInput for a field that does not exist, Forbidden for one that must not be learned from its order. */
function orderOf(
  actor: Actor,
  entity: EntityDescriptor,
  sorts: readonly Sort[] | undefined,
  narrow: boolean,
): RawBuilder<unknown> {
  const wanted: readonly Sort[] = sorts && sorts.length > 0 ? sorts : [{ field: 'createdAt', direction: 'desc' }]
  const sorted = narrow || !isWalked(wanted)
  const parts = wanted.map(({ field, direction }) => {
    if (field === OPENED_BY_ME) return sql`${openedSql(actor, entity, 't')} ${direction === 'asc' ? sql`asc` : sql`desc`}`
    const descriptor = findField(entity, field)
    if (!descriptor || descriptor.type === 'tags' || (descriptor.type === 'reference' && isCustomKey(field)))
      throw new BadInput('unknownField', ['sort', field])
    if (!mayAskBy(actor, entity, field)) throw new Forbidden(`${entity.feature}.fields`, [field])
    // A unary plus keeps the planner from walking a sort index when the words already found few rows.
    const column = knownSql(actor, entity, field, orderSql('t', descriptor))
    return sql`${sorted ? sql`+` : sql``}${column} ${direction === 'asc' ? sql`asc` : sql`desc`}`
  })
  const last = wanted.at(-1)?.direction === 'asc' ? sql`asc` : sql`desc`
  // The owner's index goes by age within an owner, and so do others.
  if (goesByAge(entity, wanted.at(-1)?.field)) parts.push(sql`${sorted ? sql`+` : sql``}t.created_at ${last}`)
  return sql`${sql.join(parts)}, ${sorted ? sql`+` : sql``}t.id ${last}`
}

const goesByAge = (entity: EntityDescriptor, field: string | undefined): boolean =>
  field !== undefined && (field === entity.ownerKey || findField(entity, field)?.byAge === true)

const columnTexts = new WeakMap<EntityDescriptor, RawBuilder<unknown>>()
/** Columns of the model under its own keys: the descriptor's fields, the common ones, and the names behind references. */
function columnsSql(entity: EntityDescriptor): RawBuilder<unknown> {
  const known = columnTexts.get(entity)
  if (known) return known
  const plainFields = entity.fields.filter((field) => field.type !== 'tags' && !isCustomKey(field.key))
  const own = plainFields.filter(({ computed }) => computed === undefined).map(({ key }) => key)
  const worked = plainFields.flatMap(({ key, computed }) =>
    computed === undefined ? [] : [`(${computed.replaceAll('{t}', 't')}) as "${key}"`],
  )
  // A workspace without fields of its own does not even fetch the column.
  const keys = [...new Set([...COMMON, ...own, ...(hasCustom(entity) ? ['custom'] : [])])]
  const names = entity.fields.flatMap((field) => {
    // Who made a record is an account; what it is called is its employee.
    if (field.reference === 'user')
      return [
        `(select n.name from user_account u join employee n on n.id = u.employee_id where u.id = t."${columnOf(field.key)}") as "${field.key}Name"`,
      ]
    const name = field.reference && field.key.endsWith('Id') ? nameTable[field.reference] : undefined
    const value = field.computed === undefined ? `t."${columnOf(field.key)}"` : `(${field.computed.replaceAll('{t}', 't')})`
    return name
      ? [
          `(select n.${name === 'product_category' ? 'path' : 'name'} from ${name} n where n.id = ${value}) as "${field.key.slice(0, -2)}Name"`,
        ]
      : []
  })
  // The keys are the program's own words; the text is the same at every call, so it is put together once.
  const text = sql.raw([...keys.map((key) => `t."${columnOf(key)}" as "${key}"`), ...worked, ...names].join(', '))
  columnTexts.set(entity, text)
  return text
}

const hasCustom = (entity: EntityDescriptor): boolean => entity.fields.some(({ key }) => isCustomKey(key))

/**
 * Page of rows as the actor may see them. The inner select walks the index alone, so a far offset stays cheap; the cross join
 * keeps SQLite from turning the two round, which would walk the index once more for the outer order.
 */
export async function listRows(
  db: Db,
  caller: Actor,
  entity: EntityDescriptor,
  input: ListInput,
  extra: { where?: RawBuilder<SqlBool>; sparse?: boolean; way?: number } = {},
): Promise<{ rows: Rows; hasMore: boolean; capped: boolean }> {
  const actor = await askerOf(db, caller, entity, input)
  const which = await settled(db, actor, entity, input)
  const ways = driversAlong(actor, entity, which, { sort: input.sort, shared: await hasShared(db, actor, entity) })
  const along = ways[extra.way ?? 0] ?? null
  // By owners all rows of the others are passed.
  const far = input.offset > FAR_OFF || !isHeld(entity, input.sort) || input.sort?.[0]?.field === entity.ownerKey
  const { where: asked, capped, narrow } = await whereOf(db, actor, entity, which, { along, far })
  const where = extra.where ? allOf([asked, extra.where]) : asked
  // Where hardly a row meets the conditions, looking through all at once is shorter than walking the order to its end.
  const order = orderOf(actor, entity, input.sort, narrow || input.deleted === true || extra.sparse === true)
  const table = sql.table(entity.table)
  const { rows } = await sql<Record<string, unknown>>`
    select ${columnsSql(entity)}
    from (select t.rowid as found from ${table} t where ${where} order by ${order} limit ${input.limit + 1} offset ${input.offset}) p
    cross join ${table} t on t.rowid = p.found order by ${order}`.execute(plain(db))
  return { rows: await finished(db, actor, entity, rows.slice(0, input.limit)), hasMore: rows.length > input.limit, capped }
}

/** From here on looking customers up one by one costs more than putting them together. */
const FAR_OFF = 500

/** So many entries of an order's index are looked through at once: well under a millisecond when the index holds what is asked. */
export const WINDOW = 2000

/**
 * The same page when the first entries of its order already hold it, or how many rows of it they hold, or null. A condition that many rows meet fills a page
 * from a short stretch; where it does not, the caller asks where nobody waits. Only orders without empty values: a bound
 * cannot be compared with nothing. `way`: which of the conditions that hold the order is gone along; null where there are not so many.
 */
export async function nearPage(
  db: Db,
  actor: Actor,
  entity: EntityDescriptor,
  input: ListInput,
  { window = WINDOW, way = 0 }: { window?: number; way?: number } = {},
): Promise<{ rows: Rows; hasMore: boolean; capped: boolean } | { found: number } | null> {
  const which = await settled(db, actor, entity, input)
  const shared = await hasShared(db, actor, entity)
  const along = driversAlong(actor, entity, which, { sort: input.sort, shared })[way] ?? null
  const near = nearOrder(actor, entity, input, along)
  if (near === null || (way > 0 && along === null)) return null
  const { sort, column } = near
  const living = entity.pooled ? sql<SqlBool>`t.deleted_at is null and t.pool_id is null` : sql<SqlBool>`t.deleted_at is null`
  const reached = rowsFor(actor, entity, 't', 'read', sightOf(entity, which, shared))
  // One owner's rows, or those of one city, have a stretch of their own.
  const driven = along === null ? null : along === 'owner' ? reached : bareRuleSql(actor, entity, along, 't')
  const stretch = driven ? allOf([driven, living]) : living
  const parts: RawBuilder<SqlBool>[] = along === 'owner' ? [stretch] : [stretch, onTheWay(reached)]
  if (which.filter) parts.push(filterSql(actor, entity, which.filter, 't', { driver: along }))
  const order = orderOf(actor, entity, input.sort, false)
  const table = sql.table(entity.table)
  const { rows: ends } = await sql<{ value: unknown; age: string; id: string }>`
    select ${column} as value, t.created_at as age, t.id from ${table} t where ${stretch} order by ${order} limit 1 offset ${window}`.execute(
    plain(db),
  )
  const [end] = ends
  if (end) {
    const before = sql.raw(sort.direction === 'asc' ? '<' : '>')
    // Exactly what the order goes by: an imported record may be older than its id.
    const bound = goesByAge(entity, sort.field)
      ? sql<SqlBool>`(${column}, t.created_at, t.id) ${before} (${end.value}, ${end.age}, ${end.id})`
      : sql<SqlBool>`(${column}, t.id) ${before} (${end.value}, ${end.id})`
    parts.push(bound)
  }
  const { rows } = await sql<Record<string, unknown>>`
    select ${columnsSql(entity)}
    from (select t.rowid as found from ${table} t where ${allOf(parts)} order by ${order} limit ${input.limit + 1} offset ${input.offset}) p
    cross join ${table} t on t.rowid = p.found order by ${order}`.execute(plain(db))
  const hasMore = rows.length > input.limit
  // A page that is not full may go on behind the stretch.
  if (end && !hasMore)
    return { found: rows.length > 0 ? input.offset + rows.length : await countUpTo(db, table, parts, input.offset) }
  return { rows: await finished(db, actor, entity, rows.slice(0, input.limit)), hasMore, capped: false }
}
/** The one order whose stretch has an end that can be compared with, or null: of what a condition on its field leaves, nothing is empty. */
function nearOrder(
  actor: Actor,
  entity: EntityDescriptor,
  input: ListInput,
  along: Way | null,
): { sort: Sort; column: RawBuilder<unknown> } | null {
  const [sort = { field: 'createdAt', direction: 'desc' as const }, ...more] = input.sort ?? []
  const descriptor = findField(entity, sort.field)
  const isFilled = NEVER_EMPTY.has(sort.field) || (along !== null && along !== 'owner' && along.field === sort.field)
  if (more.length > 0 || input.pool !== undefined || !entity.recyclable || !descriptor?.indexed || !isFilled) return null
  if (poolsThatHide(actor, entity, sort.field).length > 0) return null
  return { sort, column: sql.ref(`t.${descriptor.sortColumn ?? columnOf(sort.field)}`) }
}

/** How many rows meet all conditions, looked at no further than `most`. */
async function countUpTo(
  db: Db,
  table: RawBuilder<unknown>,
  parts: readonly RawBuilder<SqlBool>[],
  most: number,
): Promise<number> {
  if (most === 0) return 0
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from (select 1 from ${table} t where ${allOf(parts)} limit ${most})`.execute(plain(db))
  return rows[0]?.n ?? 0
}

/** Rows by id in any order, only those the actor reaches with the verb; deleted ones too when asked. */
export async function rowsById(
  db: Db,
  actor: Actor,
  entity: EntityDescriptor,
  ids: readonly string[],
  options: { deleted?: boolean; verb?: Verb; listed?: boolean } = {},
): Promise<Rows> {
  const { rows } = await sql<Record<string, unknown>>`
    select ${columnsSql(entity)} from ${sql.table(entity.table)} t
    where t.id in (select value from json_each(${JSON.stringify(ids)})) and ${onTheWay(rowsFor(actor, entity, 't', options.verb ?? 'read', { listed: options.listed ?? false }))}
    ${entity.recyclable && !options.deleted ? sql`and t.deleted_at is null` : sql``}`.execute(plain(db))
  return finished(db, actor, entity, rows)
}

/** @throws NotFound for a row that does not exist, is deleted (unless asked for) or is out of reach: the three look alike. */
export async function getRow(
  db: Db,
  actor: Actor,
  entity: EntityDescriptor,
  id: string,
  options: { deleted?: boolean; verb?: Verb } = {},
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
  caller: Actor,
  entity: EntityDescriptor,
  which: Which,
  key: string,
): Promise<{ value: string | null; count: number }[]> {
  const actor = await askerOf(db, caller, entity, which)
  const field = findField(entity, key)
  if (!field) throw new BadInput('unknownField', ['field', key])
  if (!mayAskBy(actor, entity, key)) throw new Forbidden(`${entity.feature}.fields`, [key])
  const { where } = await whereOf(db, actor, entity, which, { counted: true })
  const column = knownSql(actor, entity, key, columnSql('t', field))
  const { rows } = await sql<{ value: string | number | null; n: number }>`
    select ${column} as value, count(*) as n from ${sql.table(entity.table)} t where ${where} group by ${which.deleted ? sql`+` : sql``}${column} order by n desc limit 200`.execute(
    plain(db),
  )
  return rows.map(({ value, n }) => ({ value: value === null ? null : String(value), count: n }))
}

/** Ids of a filter in a stable order after `after`, for batches that walk everything chunk by chunk. */
export async function idsAfter(
  db: Db,
  actor: Actor,
  entity: EntityDescriptor,
  which: Which,
  after: string,
  limit: number,
  verb: Verb,
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
export const EVERY_HIT = 100_000_000

/** Every id of a selection in the asked order: an export holds on to the order of the moment it began. */
export async function orderedIds(
  db: Db,
  caller: Actor,
  entity: EntityDescriptor,
  wanted: { which: Which; sort?: readonly Sort[] | undefined; only?: readonly string[] | undefined },
  verb: Verb,
): Promise<string[]> {
  const actor = await askerOf(db, caller, entity, wanted.which)
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
  const maskFor = await masks(db, actor, entity, rows)
  const seenParent = await parentsSeen(db, actor, entity, rows)
  return (await withCustomCells(db, actor, entity, rows)).map((row) => {
    const whole: Record<string, unknown> = { ...row }
    for (const key of booleans) whole[key] = whole[key] === 1
    if (tags) whole['tags'] = tags.get(String(row['id'])) ?? []
    for (const key of unseenNames) whole[key] = null
    if (!seenParent(row)) Object.assign(whole, { customerName: null, contactName: null })
    return maskFor(row)(whole)
  })
}

/** Who owns what hangs on a customer need not see him: then neither he nor his people have names. */
async function parentsSeen(db: Db, actor: Actor, { ownerKey, parentKey }: EntityDescriptor, rows: Rows) {
  if (!ownerKey || !parentKey) return () => true
  const ids = rows.flatMap((row) => (typeof row[parentKey] === 'string' ? [row[parentKey]] : []))
  const seen = ids.length > 0 ? await customersInReach(db, actor, ids, { binned: true }) : new Set<string>()
  return (row: Rows[number]) => row[parentKey] === null || seen.has(String(row[parentKey]))
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
