import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import { columnOf, type EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { Which } from '../../../src-shared/kernel/list.ts'
import type { ReadDb, WriteTx } from '../database.ts'
import { rowsFor, type Verb } from '../policy.ts'
import { filterSql } from './filter.ts'
import { type Driver, driverOf, hasShared, onTheWay, throughPeople, type Way } from './path.ts'
import { askerOf, poolSql, sightOf } from './pools.ts'
import { settled } from './settle.ts'
import { withWords } from './words.ts'

type Db = ReadDb | WriteTx

/** Words found more rows than are looked at: lists of a search show this many and say so. */
export const SEARCH_CAP = 1000

type Where = {
  where: RawBuilder<SqlBool>
  capped: boolean
  /** Words, or a condition with an index of its own, found few rows: they are sorted, not walked in order. So are those of the recycle bin. */
  narrow: boolean
}

/** The row predicate of a list: reach, recycle bin, filter, words. `along`: what serves the order when nothing is narrower; `counted`: no order; `far`: very many rows are looked at; `most`: hits of words. */
export async function whereOf(
  db: Db,
  caller: Actor,
  entity: EntityDescriptor,
  asked: Which,
  {
    verb = 'read',
    along = null,
    counted = false,
    far = false,
    most = SEARCH_CAP,
  }: { verb?: Verb; along?: Way | null; counted?: boolean; far?: boolean; most?: number } = {},
): Promise<Where> {
  const actor = await askerOf(db, caller, entity, asked)
  const which = await settled(db, actor, entity, asked)
  const words = which.search?.trim() ?? ''
  const isWorded = words !== ''
  const few = isWorded ? null : await driverOf(db, actor, entity, which, { verb, counted })
  const driver = isWorded ? null : (few ?? along)
  const gathered = driver === 'customers' || counted || (far && driver === along && !isWorded)
  const parts = [await reachSql(db, actor, entity, which, { verb, driver, gathered }), ...placeSql(entity, which)]
  if (which.filter) parts.push(filterSql(actor, entity, which.filter, 't', { driver }))
  if (!isWorded) return { where: allOf(parts), capped: false, narrow: few !== null && few !== along }
  const found = await withWords(db, actor, entity, { words, most, deleted: which.deleted === true })
  return { where: allOf([...parts, found.where]), capped: found.capped, narrow: true }
}

/** What the actor reaches. An index answers it only where it is the narrow condition; through customers it is asked for all at once or row by row. */
async function reachSql(
  db: Db,
  actor: Actor,
  entity: EntityDescriptor,
  which: Which,
  { verb, driver, gathered }: { verb: Verb; driver: Driver; gathered: boolean },
): Promise<RawBuilder<SqlBool>> {
  const shared = await hasShared(db, actor, entity)
  const through = gathered ? throughPeople(actor, entity, which, verb) : null
  const reached = rowsFor(actor, entity, 't', verb, { ...(through ?? sightOf(entity, which, shared)), shared })
  const isBare = driver === 'owner' || driver === 'customers' || (!entity.ownerKey && through === null)
  return isBare ? reached : onTheWay(reached)
}

/** In no pool or in that one, in the recycle bin or out of it. */
const placeSql = (entity: EntityDescriptor, which: Which): RawBuilder<SqlBool>[] => [
  ...(entity.pooled ? poolSql(which) : []),
  ...(entity.recyclable ? [inOrOutOfBin(entity, which.deleted === true)] : []),
]

/** Who gave up his place to another is in no recycle bin either. */
function inOrOutOfBin({ mergedKey }: EntityDescriptor, deleted: boolean): RawBuilder<SqlBool> {
  if (!deleted) return sql<SqlBool>`t.deleted_at is null`
  return mergedKey
    ? sql<SqlBool>`t.deleted_at is not null and +t.${sql.ref(columnOf(mergedKey))} is null`
    : sql<SqlBool>`t.deleted_at is not null`
}

export const allOf = (parts: readonly RawBuilder<SqlBool>[]): RawBuilder<SqlBool> => sql<SqlBool>`${sql.join(parts, sql` and `)}`
