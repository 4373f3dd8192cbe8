import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Drilled, Figure, FigureKey } from '../../../src-shared/features/workbench/contract.ts'
import { daysIn, type Span } from '../../../src-shared/features/workbench/period.ts'
import { startOf, type Whose } from '../../../src-shared/features/workbench/todo.ts'
import { type Actor, may } from '../../../src-shared/kernel/actor.ts'
import type { EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { Entity } from '../../../src-shared/kernel/procedure.ts'
import { plain, type ReadDb } from '../../kernel/database.ts'
import { mayAskBy, rowsFor } from '../../kernel/policy.ts'

type Condition = RawBuilder<SqlBool>
export type Looking = {
  db: ReadDb
  entities: ReadonlyMap<Entity, EntityDescriptor>
  actor: Actor
  whose: Whose
  zone: string
}
/** Rows of one kind within a span: which table, which moment counts, whose they are. */
type Source = { entity: EntityDescriptor; at: string; where: Condition; counted: RawBuilder<unknown> }

const entityOf = ({ entities }: Looking, name: Entity): EntityDescriptor => {
  const found = entities.get(name)
  if (!found) throw new Error(`no entity ${name}`)
  return found
}

const among = (column: RawBuilder<unknown>, whose: readonly string[]): Condition =>
  sql<SqlBool>`${column} in (${sql.join(whose.map((id) => sql.val(id)))})`

/** Of whose customers it hangs on. */
const ofTheirs = (whose: Whose): Condition =>
  whose === null
    ? sql<SqlBool>`1 = 1`
    : sql<SqlBool>`exists (select 1 from customer own where own.id = t.customer_id and ${among(sql`own.owner_id`, whose)})`

/** What a figure counts, or null when the caller may not see it. */
function sourceOf(looking: Looking, key: FigureKey): Source | null {
  const { actor, whose } = looking
  const customer = entityOf(looking, 'customer')
  if (whose !== null && key !== 'followUps' && !mayAskBy(actor, customer, 'ownerId')) return null
  if (key === 'customers' || key === 'won') {
    if (key === 'won' && !mayAskBy(actor, customer, 'wonAt')) return null
    const theirs = whose === null ? sql<SqlBool>`1 = 1` : among(sql`t.owner_id`, whose)
    return { entity: customer, at: key === 'won' ? 't.won_at' : 't.created_at', where: theirs, counted: sql`t.id` }
  }
  if (key === 'contacts')
    return may(actor, 'contacts.read')
      ? { entity: entityOf(looking, 'contact'), at: 't.created_at', where: ofTheirs(whose), counted: sql`t.id` }
      : null
  if (!may(actor, 'followUps.read')) return null
  const followUp = entityOf(looking, 'followUp')
  if (key === 'contacted')
    return mayAskBy(actor, customer, 'lastFollowUpAt')
      ? { entity: followUp, at: 't.happened_at', where: ofTheirs(whose), counted: sql`t.customer_id` }
      : null
  if (whose !== null && !mayAskBy(actor, followUp, 'authorId')) return null
  const theirs = whose === null ? sql<SqlBool>`1 = 1` : among(sql`t.author_id`, whose)
  return { entity: followUp, at: 't.happened_at', where: theirs, counted: sql`t.id` }
}

/** Living rows within reach whose moment lies in the span. */
function rowsIn({ actor, zone }: Looking, { entity, at, where }: Source, { from, to }: Span): Condition {
  const moment = sql.ref(at)
  return sql<SqlBool>`t.deleted_at is null and ${moment} >= ${startOf(from, zone)} and ${moment} < ${startOf(to, zone)} and ${where} and ${inNoPool(entity)} and ${rowsFor(actor, entity, 't', 'read', { pool: null })}`
}

/** Who lies in a pool is in no list of customers, so he is in no number of the workbench either. */
const inNoPool = ({ parentKey }: EntityDescriptor): Condition =>
  parentKey
    ? sql<SqlBool>`exists (select 1 from customer free where free.id = t.customer_id and free.pool_id is null)`
    : sql<SqlBool>`t.pool_id is null`

const FIGURES: readonly FigureKey[] = ['customers', 'won', 'contacted', 'followUps', 'contacts']

export async function readFigures(looking: Looking, now: Span, before: Span): Promise<Figure[]> {
  const found: Figure[] = []
  for (const key of FIGURES) {
    const source = sourceOf(looking, key)
    if (!source) continue
    const series = await seriesOf(looking, source, now)
    found.push({ key, value: await countIn(looking, source, now), before: await countIn(looking, source, before), series })
  }
  return found
}

async function countIn(looking: Looking, source: Source, span: Span): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(distinct ${source.counted}) as n from ${sql.table(source.entity.table)} t where ${rowsIn(looking, source, span)}`.execute(
    plain(looking.db),
  )
  return rows[0]?.n ?? 0
}

/** A longer line says nothing in the space of a word. */
const DRAWN_DAYS = 400

/** Per day of 24 hours since the span began: a line, not a sum, so a day with a change of clocks may be an hour off. */
async function seriesOf(looking: Looking, source: Source, span: Span): Promise<number[]> {
  if (daysIn(span) > DRAWN_DAYS) return []
  const begin = BigInt(Math.floor(Date.parse(startOf(span.from, looking.zone)) / 1000))
  const { rows } = await sql<{ day: number; n: number }>`
    select (unixepoch(${sql.ref(source.at)}) - ${begin}) / 86400 as day, count(distinct ${source.counted}) as n
    from ${sql.table(source.entity.table)} t where ${rowsIn(looking, source, span)} group by 1`.execute(plain(looking.db))
  const days = Array.from({ length: daysIn(span) }, () => 0)
  for (const { day, n } of rows) if (day in days) days[day] = n
  return days
}

export async function readRanking(
  looking: Looking,
  by: 'followUps' | 'customers',
  span: Span,
  limit: number,
): Promise<{ id: string; name: string; value: number }[]> {
  const source = sourceOf(looking, by)
  if (!source) return []
  const person = by === 'customers' ? 'owner_id' : 'author_id'
  if (!mayAskBy(looking.actor, source.entity, by === 'customers' ? 'ownerId' : 'authorId')) return []
  const { rows } = await sql<{ id: string; name: string; value: number }>`
    select e.id, e.name, p.value from (
      select t.${sql.ref(person)} as person, count(*) as value from ${sql.table(source.entity.table)} t
      where ${rowsIn(looking, source, span)} and t.${sql.ref(person)} is not null group by 1) p
    join employee e on e.id = p.person order by p.value desc, e.name_sort, e.id limit ${BigInt(limit)}`.execute(plain(looking.db))
  return rows
}

export async function readDrill(
  looking: Looking,
  key: 'followUps' | 'contacts',
  span: Span,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ rows: Drilled[]; hasMore: boolean }> {
  const source = sourceOf(looking, key)
  if (!source) return { rows: [], hasMore: false }
  const isFollowUp = key === 'followUps'
  const seesPerson = isFollowUp && mayAskBy(looking.actor, source.entity, 'authorId')
  const person = seesPerson ? sql`(select e.name from employee e where e.id = t.author_id)` : sql`null`
  const { rows } = await sql<Drilled>`
    select t.id, t.customer_id as "customerId", c.name as "customerName", ${person} as "personName",
      ${isFollowUp ? sql`t.text` : sql`t.name`} as text, ${sql.ref(source.at)} as at
    from ${sql.table(source.entity.table)} t join customer c on c.id = t.customer_id
    where ${rowsIn(looking, source, span)} order by ${sql.ref(source.at)} desc, t.id desc
    limit ${BigInt(limit + 1)} offset ${BigInt(offset)}`.execute(plain(looking.db))
  return { rows: rows.slice(0, limit), hasMore: rows.length > limit }
}

export async function readLastWords(
  looking: Looking,
  customerIds: readonly string[],
): Promise<{ customerId: string; text: string; kind: string }[]> {
  if (!may(looking.actor, 'followUps.read')) return []
  const { rows } = await sql<{ customerId: string; text: string; kind: string }>`
    select t.customer_id as "customerId", substr(t.text, 1, 200) as text, t.kind from follow_up t where t.id in (
      select (select f.id from follow_up f where f.customer_id = wanted.value and f.deleted_at is null order by f.happened_at desc, f.id desc limit 1)
      from json_each(${JSON.stringify(customerIds)}) wanted)
    and ${rowsFor(looking.actor, entityOf(looking, 'followUp'), 't', 'read', { pool: null })}`.execute(plain(looking.db))
  return rows
}
