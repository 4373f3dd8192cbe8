import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import { type EntityDescriptor, findField } from '../../../src-shared/kernel/entity.ts'
import type { Rule, Sort, Which } from '../../../src-shared/kernel/list.ts'
import { plain, type ReadDb, type WriteTx } from '../database.ts'
import { type CustomerVerb, customerReach, rowsFor } from '../policy.ts'
import { bareRuleSql } from './filter.ts'

type Condition = RawBuilder<SqlBool>

/**
 * The one condition that is left to its own index, or null: then the rows are found along the index of their order (or of a
 * whole scan), with everything else tested on the way. SQLite has no statistics that hold for a base that grows, so it would
 * sort a sixth of a million rows to show fifty; counting at most this many entries of an index tells which way is short.
 */
export type Driver = 'owner' | Rule | null
const FEW = 2000
/** What is only counted is not sorted either, and the other way looks at every entry of an index. */
const FEW_TO_COUNT = 50_000
const PROBED_AT_MOST = 4
const USES_INDEX: ReadonlySet<string> = new Set(['=', 'in', '<', '<=', '>', '>=', 'between'])

/** Picks the narrow condition of a selection when it has one. */
export async function driverOf(
  db: ReadDb | WriteTx,
  actor: Actor,
  entity: EntityDescriptor,
  which: Which,
  { verb, counted }: { verb: CustomerVerb; counted: boolean },
): Promise<Driver> {
  if (which.deleted) return null
  const rules = drivingRules(entity, which)
  // What hangs on one customer is little.
  const ofParent = rules.find((rule) => rule.field === entity.parentKey)
  if (ofParent) return ofParent
  const reach = entity.ownerKey ? customerReach(actor, verb) : 'all'
  const candidates: Exclude<Driver, null>[] = [
    ...(Array.isArray(reach) && reach.length > 0 ? (['owner'] as const) : []),
    ...rules,
  ]
  // A single condition is counted inside its own index, however many rows it has: the owner stands in each.
  if (counted && isAlone(which, rules)) return candidates.at(-1) ?? null
  // The owner's index holds what is asked most, so its entries are counted without their rows: better than many rows of another.
  const alongOwner = counted && candidates[0] === 'owner'
  let [best, least]: [Driver, number] = alongOwner ? ['owner', FEW] : [null, counted ? FEW_TO_COUNT : FEW]
  for (const candidate of candidates.slice(alongOwner ? 1 : 0, PROBED_AT_MOST)) {
    const condition = candidate === 'owner' ? rowsFor(actor, entity, 't', verb) : bareRuleSql(actor, entity, candidate, 't')
    const found = await countedUpTo(db, entity, condition, least)
    if (found < least) [best, least] = [candidate, found]
  }
  return best
}

/** The condition whose index holds its rows in the wanted order: one owner's by age, or several owners' one after another. */
export function driverAlong(actor: Actor, entity: EntityDescriptor, which: Which, sorts: readonly Sort[] | undefined): Driver {
  const [sort = 'createdAt', ...others] = sorts?.map(({ field }) => field) ?? []
  if (!entity.ownerKey || others.length > 0 || which.deleted) return null
  const reach = customerReach(actor, 'read')
  const owners = Array.isArray(reach) ? reach.length : 0
  if (sort === entity.ownerKey) return owners > 0 ? 'owner' : null
  if (sort !== 'createdAt') return null
  if (owners === 1) return 'owner'
  return drivingRules(entity, which).find((rule) => rule.field === entity.ownerKey && rule.operator === '=') ?? null
}

const isAlone = ({ filter }: Which, rules: readonly Rule[]): boolean =>
  (filter?.rules.length ?? 0) === rules.length && rules.length <= 1

async function countedUpTo(db: ReadDb | WriteTx, entity: EntityDescriptor, condition: Condition, most: number): Promise<number> {
  const living = entity.recyclable ? sql`t.deleted_at is null and ` : sql``
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from (select 1 from ${sql.table(entity.table)} t where ${living}${condition} limit ${most})`.execute(
    plain(db),
  )
  return rows[0]?.n ?? most
}

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
  return field?.indexed === true && field.sortColumn === undefined
}

/** Keeps the planner from using an index for a condition. */
export const onTheWay = (condition: Condition): Condition => sql<SqlBool>`coalesce(${condition}, 0)`
