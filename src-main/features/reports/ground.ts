import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { FunnelGroup } from '../../../src-shared/features/reports/model.ts'
import { type Steps, stepsOf } from '../../../src-shared/features/reports/rules.ts'
import { type Days, instantsOf, offsetsIn } from '../../../src-shared/kernel/periods.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import type { EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { Filter } from '../../../src-shared/kernel/list.ts'
import type { Entity } from '../../../src-shared/kernel/procedure.ts'
import { plain, type ReadDb } from '../../kernel/database.ts'
import { Forbidden, NotFound } from '../../kernel/errors.ts'
import { mayAskBy, rowsFor } from '../../kernel/policy.ts'
import { filterSql } from '../../kernel/records/filter.ts'
import { hasShared, onTheWay } from '../../kernel/records/path.ts'
import { sightOf } from '../../kernel/records/pools.ts'
import { settled } from '../../kernel/records/settle.ts'

export type Condition = RawBuilder<SqlBool>
export type Expression = RawBuilder<unknown>
/** Who looks, where and when; what a worker needs beside what is asked. */
export type Reading = {
  readonly db: ReadDb
  readonly entities: ReadonlyMap<Entity, EntityDescriptor>
  readonly actor: Actor
  readonly zone: string
  readonly now: string
  readonly today: string
  /** What is taken out of the program holds what may be taken out. */
  readonly verb?: 'export' | undefined
}
type Common = {
  readonly from: string
  readonly to: string
  readonly pipeline?: string | undefined
  readonly whose: readonly string[] | null
  readonly filter?: Filter | undefined
}
type StoredStage = {
  id: string
  name: string
  kind: 'open' | 'won' | 'lost'
  position: number
  archived: boolean
  probability: number
  pipelineId: string
}
export type Pipe = { readonly id: string; readonly name: string } & Steps<StoredStage>
/** What every report stands on: the rows in reach that meet its conditions, `t` being opportunities, and its pipeline. */
export type Ground = Reading & {
  readonly opportunity: EntityDescriptor
  readonly pipe: Pipe | null
  readonly where: Condition
  readonly seesAmount: boolean
}

export const entityOf = ({ entities }: Pick<Reading, 'entities'>, name: Entity): EntityDescriptor => {
  const found = entities.get(name)
  if (!found) throw new Error(`no entity ${name}`)
  return found
}

/** @throws Forbidden naming the fields that must not be learned by asking. */
export function requireAsking({ actor }: Pick<Reading, 'actor'>, entity: EntityDescriptor, keys: readonly string[]): void {
  const fields = keys.filter((key) => !mayAskBy(actor, entity, key))
  if (fields.length > 0) throw new Forbidden(`${entity.feature}.fields`, fields)
}

export const isOneOf = (column: Expression, ids: readonly string[]): Condition =>
  sql<SqlBool>`${column} in (select value from json_each(${JSON.stringify(ids)}))`

/** The living opportunities that a list would show, of these owners and under these conditions; the period comes beside. */
export async function groundOf(reading: Reading, asked: Common, { all }: { all: boolean }): Promise<Ground> {
  const { db, actor } = reading
  const opportunity = entityOf(reading, 'opportunity')
  if (asked.whose !== null) requireAsking(reading, opportunity, ['ownerId'])
  const pipe = asked.pipeline === 'all' || (asked.pipeline === undefined && all) ? null : await pipeOf(db, asked.pipeline)
  const given = asked.filter ? { filter: asked.filter } : {}
  const which = await settled(db, actor, opportunity, given, { now: reading.now, zone: reading.zone })
  const sight = sightOf(opportunity, which, await hasShared(db, actor, opportunity))
  const parts = [sql<SqlBool>`t.deleted_at is null`, onTheWay(rowsFor(actor, opportunity, 't', 'read', sight))]
  if (reading.verb !== undefined) parts.push(rowsFor(actor, opportunity, 't', reading.verb))
  // A plus keeps the planner on the index of the period.
  if (pipe) parts.push(sql<SqlBool>`+t.pipeline_id = ${pipe.id}`)
  if (asked.whose !== null) parts.push(isOneOf(sql`+t.owner_id`, asked.whose))
  if (which.filter) parts.push(filterSql(actor, opportunity, which.filter, 't'))
  const seesAmount = mayAskBy(actor, opportunity, 'amount')
  return { ...reading, opportunity, pipe, where: sql<SqlBool>`${sql.join(parts, sql` and `)}`, seesAmount }
}

/** @throws NotFound for a pipeline that does not exist. */
async function pipeOf(db: ReadDb, id: string | undefined): Promise<Pipe> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from pipeline where ${id === undefined ? sql`archived_at is null` : sql`id = ${id}`}
    order by position, created_at, id limit 1`.execute(plain(db))
  const [pipeline] = rows
  if (!pipeline) throw new NotFound('pipeline', id ?? '')
  const { rows: stages } = await sql<Omit<StoredStage, 'archived'> & { archived: number }>`
    select id, name, kind, position, archived_at is not null as archived, probability, pipeline_id as "pipelineId"
    from stage where pipeline_id = ${pipeline.id}`.execute(plain(db))
  return { ...pipeline, ...stepsOf(stages.map((stage) => ({ ...stage, archived: stage.archived === 1 }))) }
}

/** A pipeline as the command line names it. @throws NotFound */
export async function withPipeline(db: ReadDb, name: string | undefined): Promise<{ pipeline?: string }> {
  if (name === undefined || name === 'all') return name === undefined ? {} : { pipeline: name }
  const { rows } = await sql<{ id: string }>`select id from pipeline where name = ${name}`.execute(plain(db))
  if (!rows[0]) throw new NotFound('pipeline', name)
  return { pipeline: rows[0].id }
}

/** The step of a stage in SQL; null for a stage of another pipeline, and for won and lost. */
export function rankSql({ rankOf }: Pipe, stage: Expression): Expression {
  const cases = [...rankOf].map(([id, rank]) => sql`when ${id} then ${sql.raw(String(rank))}`)
  return cases.length === 0 ? sql`null` : sql`case ${stage} ${sql.join(cases, sql` `)} end`
}

export const madeIn = (days: Days, zone: string): Condition => {
  const { from, until } = instantsOf(days, zone)
  return sql<SqlBool>`t.created_at >= ${from} and t.created_at < ${until}`
}
export const closedIn = ({ from, to }: Days): Condition =>
  sql<SqlBool>`t.closed_on between ${from} and ${to} and t.state <> 'open'`

/** What rows are put together by. People stand for their departments, too: which is whose is told by `Tree`. */
export function groupSql(ground: Ground, group: FunnelGroup | null): Expression {
  if (group === null) return sql`null`
  const customer = entityOf(ground, 'customer')
  const ask = (key: string) => requireAsking(ground, ground.opportunity, [key])
  switch (group) {
    case 'person':
    case 'department':
      ask('ownerId')
      return sql`t.owner_id`
    case 'source':
      ask('source')
      return sql`t.source`
    case 'product':
      ask('productId')
      return sql`(select l.product_id from opportunity_line l where l.opportunity_id = t.id order by l.position, l.id limit 1)`
    case 'pipeline':
      return sql`t.pipeline_id`
    case 'month':
      ask('closedOn')
      return sql`substr(t.closed_on, 1, 7)`
    case 'quarter':
      ask('closedOn')
      return sql`substr(t.closed_on, 1, 4) || '-Q' || ((cast(substr(t.closed_on, 6, 2) as integer) + 2) / 3)`
    default:
      requireAsking(ground, customer, [group])
      // Where a customer is who is out of sight is not told.
      return sql`(select c.${sql.ref(group)} from customer c where c.id = t.customer_id and ${rowsFor(ground.actor, customer, 'c', 'read', { pool: null })})`
  }
}

/** The days from the making of an opportunity to its closing, by the days of the company. */
export async function cycleSql({ db, zone, now }: Reading): Promise<Expression> {
  const { rows } = await sql<{ first: string | null; last: string | null }>`
    select (select created_at from opportunity where deleted_at is null order by created_at limit 1) as first,
      (select created_at from opportunity where deleted_at is null order by created_at desc limit 1) as last`.execute(plain(db))
  const offsets = offsetsIn(zone, rows[0]?.first ?? now, rows[0]?.last ?? now)
  const seconds = (n: number) => sql.raw(String(n))
  const cases = offsets.flatMap(({ until, seconds: before }) =>
    until === null ? [] : [sql`when t.created_at < ${until} then ${seconds(before)}`],
  )
  const last = seconds(offsets.at(-1)?.seconds ?? 0)
  const offset = cases.length === 0 ? last : sql`case ${sql.join(cases, sql` `)} else ${last} end`
  return sql`max(0, unixepoch(t.closed_on) / 86400 - (unixepoch(t.created_at) + ${offset}) / 86400)`
}
