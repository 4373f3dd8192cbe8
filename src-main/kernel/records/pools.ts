import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import { columnOf, type EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import { rulesOf } from '../../../src-shared/kernel/filter/fields.ts'
import type { Filter, Rule, Which } from '../../../src-shared/kernel/list.ts'
import { plain, type ReadDb, type WriteTx } from '../database.ts'
import { actorInPool, hasLimits, maskOf, mayAskBy, type Sight } from '../policy.ts'

type Db = ReadDb | WriteTx
type Row = Record<string, unknown>

/** In lists of their own, what hangs on customers of a pool is not shown to its members; under the customer himself it is. */
export function sightOf(entity: EntityDescriptor, which: Which, shared: boolean): Sight {
  if (entity.pooled) return { pool: which.pool ?? null, listed: true, shared }
  const isOfOne =
    which.filter?.combinator === 'and' && !which.filter.not && which.filter.rules.some((rule) => isOfParent(entity, rule))
  return isOfOne ? { shared } : { pool: null, shared }
}
const isOfParent = (entity: EntityDescriptor, rule: Rule | Filter): boolean =>
  !('rules' in rule) && rule.field === entity.parentKey && rule.operator === '=' && typeof rule.value === 'string'

/** Who lies in a pool is in no other list, but for the recycle bin. */
export function poolSql({ pool, deleted }: Which): RawBuilder<SqlBool>[] {
  if (pool !== undefined) return [sql<SqlBool>`t.pool_id = ${pool}`]
  return deleted ? [] : [sql<SqlBool>`t.pool_id is null`]
}

/** Whoever asks, without what the pool hides that is asked about, or that holds the one customer whose things are asked for. */
export async function askerOf(db: Db, caller: Actor, entity: EntityDescriptor, which: Which): Promise<Actor> {
  if (which.pool !== undefined || !entity.parentKey || !hasLimits(caller)) return actorInPool(caller, which.pool)
  const named = which.filter ? rulesOf(which.filter).filter((rule) => rule.field === entity.parentKey) : []
  if (named.length === 0) return caller
  const pools = await poolsOf(
    db,
    named.flatMap(({ value }) => value ?? []),
  )
  return [...new Set(pools.values())].reduce<Actor>(actorInPool, caller)
}

/** The pools of an actor in whose customers, or what hangs on them, he may not ask by a field that he may ask by elsewhere. */
export function poolsThatHide(actor: Actor, entity: EntityDescriptor, key: string): string[] {
  if (!hasLimits(actor) || (!entity.pooled && !entity.parentKey)) return []
  return (actor.pools ?? []).flatMap(({ id }) => (mayAskBy(actorInPool(actor, id), entity, key) ? [] : [id]))
}

/** Rows that lie, or whose customer lies, in none of these pools. */
export function liesElsewhere(entity: EntityDescriptor, alias: string, pools: readonly string[]): RawBuilder<SqlBool> {
  const these = sql.join(pools.map((id) => sql.val(id)))
  if (entity.pooled) return sql<SqlBool>`coalesce(${sql.ref(`${alias}.pool_id`)}, '') not in (${these})`
  const parent = sql.ref(`${alias}.${columnOf(entity.parentKey ?? '')}`)
  return sql<SqlBool>`not exists (select 1 from customer lying where lying.id = ${parent} and lying.pool_id in (${these}))`
}

/** A value as the actor may learn of it by order, sum or count: nothing where the pool, in which the row's customer lies, hides it. */
export function knownSql(
  actor: Actor,
  entity: EntityDescriptor,
  key: string,
  value: RawBuilder<unknown>,
  alias = 't',
): RawBuilder<unknown> {
  const pools = poolsThatHide(actor, entity, key)
  return pools.length === 0 ? value : sql`(case when ${liesElsewhere(entity, alias, pools)} then ${value} end)`
}

type Mask = ReturnType<typeof maskOf>
/** What a pool hides while the customer lies in it, and of all that hangs on him, beside what roles hide. */
export async function masks(db: Db, actor: Actor, entity: EntityDescriptor, rows: readonly Row[]): Promise<(row: Row) => Mask> {
  const own = maskOf(actor, entity)
  if (!hasLimits(actor) || (!entity.pooled && !entity.parentKey)) return () => own
  const pools = entity.parentKey
    ? await poolsOf(
        db,
        rows.map((row) => row[entity.parentKey ?? '']),
      )
    : null
  const known = new Map<unknown, Mask>([[null, own]])
  return (row) => {
    const pool = (pools ? (pools.get(row[entity.parentKey ?? '']) ?? null) : row['poolId']) as string | null
    const mask = known.get(pool) ?? maskOf(actorInPool(actor, pool), entity)
    known.set(pool, mask)
    return mask
  }
}

async function poolsOf(db: Db, customerIds: readonly unknown[]): Promise<Map<unknown, string>> {
  const { rows } = await sql<{ id: string; poolId: string }>`
    select id, pool_id as "poolId" from customer where pool_id is not null and id in (select value from json_each(${JSON.stringify(customerIds)}))`.execute(
    plain(db),
  )
  return new Map(rows.map(({ id, poolId }) => [id, poolId]))
}

/** The actor as he sees one record: less of what lies in a pool. */
export async function actorAt(db: Db, actor: Actor, entity: EntityDescriptor, id: string): Promise<Actor> {
  if (!hasLimits(actor) || (!entity.pooled && !entity.parentKey)) return actor
  const customer = entity.pooled
    ? sql`${id}`
    : sql`(select t.${sql.ref(columnOf(entity.parentKey ?? ''))} from ${sql.table(entity.table)} t where t.id = ${id})`
  const { rows } = await sql<{ poolId: string | null }>`select pool_id as "poolId" from customer where id = ${customer}`.execute(
    plain(db),
  )
  return actorInPool(actor, rows[0]?.poolId)
}
