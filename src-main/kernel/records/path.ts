import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import { type EntityDescriptor, findField } from '../../../src-shared/kernel/entity.ts'
import type { Rule, Sort, Which } from '../../../src-shared/kernel/list.ts'
import { Recent } from '../../../src-shared/kernel/recent.ts'
import { plain, type ReadDb, type WriteTx } from '../database.ts'
import { customerReach, ownedBy, reachIn, rowsFor, type Sight, type Verb } from '../policy.ts'
import { bareRuleSql } from './filter.ts'
import { sightOf } from './pools.ts'

type Condition = RawBuilder<SqlBool>

/**
 * The one condition that is left to its own index (`customers`: the rows are reached through few customers), or null: then the rows are found along the index of their order (or of a
 * whole scan), with everything else tested on the way. SQLite has no statistics that hold for a base that grows, so it would
 * sort a sixth of a million rows to show fifty; counting at most this many entries of an index tells which way is short.
 */
export type Driver = Way | 'customers' | null
/** Those that an index answers. */
export type Way = 'owner' | Rule
const FEW = 2000
/** Rows of the customers in reach: of no more than these a page is sorted sooner than found among everybody's. */
const FEW_OF_THEIRS = 5000
/** What is only counted is not sorted either, and the other way looks at every entry of an index. */
const FEW_TO_COUNT = 100_000
const PROBED_AT_MOST = 4
const USES_INDEX: ReadonlySet<string> = new Set(['=', 'in', '<', '<=', '>', '>=', 'between'])

/** Picks the narrow condition of a selection when it has one. */
export const driverOf = async (
  db: ReadDb | WriteTx,
  actor: Actor,
  entity: EntityDescriptor,
  which: Which,
  how: { verb: Verb; counted: boolean },
): Promise<Driver> => (await narrowest(db, actor, entity, which, how)).best

/** How many rows the narrow condition of a list leaves to look at, or null when it has none. */
export async function fewOf(db: ReadDb, actor: Actor, entity: EntityDescriptor, which: Which): Promise<number | null> {
  const { best, least } = await narrowest(db, actor, entity, which, { verb: 'read', counted: false })
  return best === null ? null : least
}

async function narrowest(
  db: ReadDb | WriteTx,
  actor: Actor,
  entity: EntityDescriptor,
  which: Which,
  { verb, counted }: { verb: Verb; counted: boolean },
): Promise<Narrow> {
  if (which.deleted || which.pool !== undefined) return { best: null, least: FEW }
  const rules = drivingRules(entity, which)
  // What hangs on one customer is little.
  const ofParent = rules.find((rule) => rule.field === entity.parentKey)
  if (ofParent) return { best: ofParent, least: 0 }
  const reach = ownersAlone(entity) ? reachIn(actor, entity, verb) : 'all'
  const candidates: Way[] = [...(Array.isArray(reach) && reach.length > 0 ? (['owner'] as const) : []), ...rules]
  const theirs = throughPeople(actor, entity, which, verb)
  // A single condition is counted inside its own index, however many rows it has: the owner stands in each.
  if (counted && !theirs && isAlone(which, rules)) return { best: candidates.at(-1) ?? null, least: FEW }
  const countOf = (candidate: Way, most: number): Promise<number> =>
    countedUpTo(
      db,
      entity,
      candidate === 'owner' ? ownedBy(reach, 't.owner_id') : bareRuleSql(actor, entity, candidate, 't'),
      most,
    )
  const found = await fewest(entity, candidates, { counted, countOf })
  if (!theirs) return found
  const most = found.best === null ? FEW_OF_THEIRS : Math.min(found.least, FEW_OF_THEIRS)
  const least = await countedUpTo(db, entity, rowsFor(actor, entity, 't', verb, theirs), most)
  return least < most ? { best: 'customers', least } : found
}

type Narrow = { best: Driver; least: number }
async function fewest(
  entity: EntityDescriptor,
  candidates: readonly Way[],
  { counted, countOf }: { counted: boolean; countOf: (candidate: Way, most: number) => Promise<number> },
): Promise<Narrow> {
  const byOwner = counted && candidates[0] === 'owner'
  let [best, least]: [Driver, number] = byOwner
    ? ['owner', await countOf('owner', FEW_TO_COUNT)]
    : [null, counted ? FEW_TO_COUNT : FEW]
  for (const candidate of candidates.slice(byOwner ? 1 : 0, PROBED_AT_MOST)) {
    // The owner's index holds what is asked most, so its entries are counted without their rows: better than many rows of one that does not.
    const most = byOwner && !holdsMuch(entity, candidate) ? Math.min(least, FEW) : least
    const found = await countOf(candidate, most)
    if (found < most) [best, least] = [candidate, found]
  }
  return { best, least }
}

/** How rows are reached through some customers alone, all of these put together; null where it is otherwise, or all are reached. */
export function throughPeople(actor: Actor, entity: EntityDescriptor, which: Which, verb: Verb): Sight | null {
  if (!entity.parentKey || entity.queue || which.deleted) return null
  const sight = sightOf(entity, which, true)
  // Under one customer the rows are few.
  if (sight.pool !== null) return null
  const ways = [customerReach(actor, verb), ...(entity.ownerKey ? [reachIn(actor, entity, verb)] : [])]
  return ways.some(Array.isArray) && !ways.includes('all') ? { ...sight, gathered: true } : null
}

/** Whether the index of a condition holds what lists are narrowed by most. */
const holdsMuch = (entity: EntityDescriptor, candidate: Way): boolean =>
  candidate !== 'owner' && findField(entity, candidate.field)?.byAge === true

/** Whether somebody made the actor a collaborator anywhere: until then his rows are those of owners alone, which an index holds in order. */
export async function hasShared(db: ReadDb | WriteTx, actor: Actor, entity: EntityDescriptor): Promise<boolean> {
  if (actor.employeeId === null || reachIn(actor, entity, 'read') === 'all') return false
  const { rows } = await sql`
    select 1 from record_member where employee_id = ${actor.employeeId} and entity in ('customer', ${entity.name}) limit 1`.execute(
    plain(db),
  )
  return rows.length > 0
}

const BY_AGE: Sort = { field: 'createdAt', direction: 'desc' }
export const NEVER_EMPTY: ReadonlySet<string> = new Set(['createdAt', 'updatedAt', 'name'])
const OFTEN_EMPTY: ReadonlySet<string> = new Set(['lastFollowUpAt', 'nextFollowUpAt'])

/** In an order by several fields an index only helps where the first alone nearly tells the rows apart; else it would be walked to its end. */
export function isWalked([first, ...more]: readonly Sort[]): boolean {
  if (more.length === 0 || !first) return true
  return NEVER_EMPTY.has(first.field) || (first.direction === 'desc' && OFTEN_EMPTY.has(first.field))
}

/** Whether an index holds the order, so that a page is read from its beginning. */
export const isHeld = (entity: EntityDescriptor, sorts: readonly Sort[] = []): boolean =>
  isWalked(sorts) && (sorts.length === 0 || findField(entity, sorts[0]?.field ?? '')?.indexed === true)

/**
 * The conditions whose index holds its rows in the wanted order: a stretch of that order itself, one city's or one owner's by age, or several owners' one after another.
 * Which of two is the shorter way only the rows know; the first is where one that is asked for stands beside one's own.
 */
export function driversAlong(
  actor: Actor,
  entity: EntityDescriptor,
  which: Which,
  { sort: sorts, shared }: { sort: readonly Sort[] | undefined; shared: boolean },
): readonly Way[] {
  const [first = BY_AGE, ...others] = sorts ?? []
  if (which.deleted || which.pool !== undefined) return []
  const rules = drivingRules(entity, which).filter(({ operator }) => operator !== 'in')
  // The payments of a month by their day: one stretch of the index of that order.
  const onOrder = others.length === 0 && rules.find(({ field }) => field === first.field)
  if (onOrder) return [onOrder]
  if (!entity.ownerKey) return []
  const reach = reachIn(actor, entity, 'read')
  const owners = Array.isArray(reach) && !shared && ownersAlone(entity) ? reach.length : 0
  const own = owners > 0 ? (['owner'] as const) : []
  // No index holds this order: all rows are looked through, and one's own are fewer.
  if (!isHeld(entity, sorts)) return own
  if (others.length > 0) return []
  if (first.field === entity.ownerKey) return own
  if (first.field !== BY_AGE.field) return []
  const exact = rules.filter(({ operator }) => operator === '=')
  const byAge = exact.find(({ field }) => findField(entity, field)?.byAge)
  const ofOwner = exact.find(({ field }) => field === entity.ownerKey)
  return [...(byAge ? [byAge] : []), ...(owners === 1 ? (['owner'] as const) : ofOwner ? [ofOwner] : [])]
}

/** Rows that are reached through their customers as well, or that are nobody's, are not all in the index of owners. */
const ownersAlone = ({ ownerKey, parentKey, queue }: EntityDescriptor): boolean =>
  ownerKey !== undefined && parentKey === undefined && queue === undefined

const isAlone = ({ filter }: Which, rules: readonly Rule[]): boolean =>
  (filter?.rules.length ?? 0) === rules.length && rules.length <= 1

async function countedUpTo(db: ReadDb | WriteTx, entity: EntityDescriptor, condition: Condition, most: number): Promise<number> {
  const living = entity.recyclable ? sql`t.deleted_at is null and ${outOfPools(entity)}` : sql``
  const probe = sql<{ n: number }>`
    select count(*) as n from (select 1 from ${sql.table(entity.table)} t where ${living}${condition} limit ${most})`.compile(
    plain(db),
  )
  const asked = [probe.sql, ...probe.parameters.map(String)].join('\n')
  const known = wide.get(asked)
  if (known && known.left-- > 0) return known.found
  const { rows } = await plain(db).executeQuery(probe)
  const found = rows[0]?.n ?? most
  if (found >= FEW) wide.set(asked, { left: TRUSTED_FOR, found })
  return found
}

/** How often a condition that was wide is taken to be as wide still: it decides on the way alone, never on what is found. */
const TRUSTED_FOR = 100
const wide = new Recent<string, { left: number; found: number }>(500)

/** As the indexes of lists have it. */
const outOfPools = (entity: EntityDescriptor): RawBuilder<unknown> => (entity.pooled ? sql`t.pool_id is null and ` : sql``)

/** Conditions that every row must meet and that an index answers. */
function drivingRules(entity: EntityDescriptor, { filter }: Which): Rule[] {
  if (!filter || filter.not || filter.combinator !== 'and') return []
  return filter.rules.filter((rule): rule is Rule => !('rules' in rule) && drives(entity, rule))
}

function drives(entity: EntityDescriptor, rule: Rule): boolean {
  if (!USES_INDEX.has(rule.operator) || rule.value === null || rule.value === undefined) return false
  if (Array.isArray(rule.value) && (rule.value.length === 0 || rule.value.includes(null))) return false
  if (rule.field === entity.parentKey) return rule.operator === '='
  const field = findField(entity, rule.field)
  if (field?.type === 'birthday') return rule.operator === 'in'
  return field?.indexed === true && field.sortColumn === undefined
}

/** Keeps the planner from using an index for a condition. */
export const onTheWay = (condition: Condition): Condition => sql<SqlBool>`coalesce(${condition}, 0)`
