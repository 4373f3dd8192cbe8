import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { type Actor, fieldRight, may } from '../../src-shared/kernel/actor.ts'
import { columnOf, type EntityDescriptor, findField, isCustomKey } from '../../src-shared/kernel/entity.ts'
import type { FieldRight, Permission } from '../../src-shared/kernel/permissions.ts'
import type { Entity } from '../../src-shared/kernel/procedure.ts'
import { Forbidden } from './errors.ts'

/**
 * One row predicate and one field mask per entity; every channel (list, get, search, count, sum, export, history, live)
 * takes them from here. What hangs on a customer is visible to who sees the customer, whoever wrote it.
 */
export type Reach = 'all' | 'none' | readonly string[]

/** Whose rows a scoped permission reaches: everybody's, nobody's, or these employees'. Unowned rows only with scope `all`. */
export function reachOf(actor: Actor, permission: Permission): Reach {
  const scope = actor.permissions[permission]
  if (!scope) return 'none'
  return scope === 'all' ? 'all' : actor.owners[scope]
}

const DECIDE_RIGHTS: ReadonlySet<Entity> = new Set(['user', 'role', 'employee', 'department', 'workspace', 'pool', 'leadPool'])
/** Whether a change of such a record may change what somebody may see or do. */
export const decidesRights = (entity: Entity): boolean => DECIDE_RIGHTS.has(entity)

export type Verb = 'read' | 'edit' | 'delete' | 'export' | 'transfer' | 'purge' | 'release'
export const customerReach = (actor: Actor, verb: Verb): Reach => reachOf(actor, `customers.${verb}`)

/** The right behind a verb: that of the kind where its records have owners of their own, else that on the customer they hang on. */
export const rightFor = ({ ownerKey, feature }: Pick<EntityDescriptor, 'ownerKey' | 'feature'>, verb: Verb): Permission =>
  (ownerKey ? `${feature}.${verb}` : `customers.${verb}`) as Permission
/** Whose rows a verb reaches by their owners; what hangs on customers may be reached through them as well. */
export const reachIn = (actor: Actor, entity: Pick<EntityDescriptor, 'ownerKey' | 'feature'>, verb: Verb): Reach =>
  reachOf(actor, rightFor(entity, verb))

/** The kind itself may be out of reach: a role without `followUps.read` sees none, whatever the customer. */
export function mayReadKind(actor: Actor, entity: EntityDescriptor): boolean {
  if (entity.needs) return may(actor, entity.needs)
  return entity.ownerKey
    ? may(actor, `${entity.feature}.read` as Permission)
    : !entity.parentKey || may(actor, `${entity.feature}.read` as Permission)
}

/**
 * Where rows are looked for, beside those of owners in reach. `pool`: in that pool, with null in none; without it anywhere. `listed`:
 * as a line of a list, which a pool's daily views do not limit. `shared`: false leaves collaborators out. `gathered`: the customers in reach
 * are put together once instead of being looked up row by row, for who looks at very many rows or at very few.
 */
export type Sight = {
  readonly pool?: string | null | undefined
  readonly listed?: boolean
  readonly shared?: boolean
  readonly gathered?: boolean
}

/** Kinds that such rows may hang on and that the actor sees nothing of. */
export const unseenHosts = (actor: Actor, { host }: EntityDescriptor): string[] =>
  host ? Object.keys(host.needs).filter((kind) => !may(actor, host.needs[kind] as Permission)) : []

/** The rows of `entity` (table alias given) that the actor reaches with a verb. */
export function rowsFor(
  actor: Actor,
  entity: EntityDescriptor,
  alias: string,
  verb: Verb = 'read',
  sight: Sight = {},
): RawBuilder<SqlBool> {
  if (!mayReadKind(actor, entity)) return sql<SqlBool>`0 = 1`
  const unseen = unseenHosts(actor, entity)
  if (unseen.length > 0)
    return sql<SqlBool>`(${sql.ref(`${alias}.${entity.host?.column ?? ''}`)} not in (${sql.join(unseen)}) and ${rowsFor(actor, { ...entity, host: undefined }, alias, verb, sight)})`
  if (entity.ownerKey) return ownedRows(actor, entity, alias, verb, sight)
  return entity.parentKey ? throughCustomer(actor, entity, alias, verb, sight) : sql<SqlBool>`1 = 1`
}

type Owned = Pick<EntityDescriptor, 'name' | 'feature' | 'ownerKey' | 'parentKey' | 'pooled' | 'queue'>
const CUSTOMER: Owned = { name: 'customer', feature: 'customers', ownerKey: 'ownerId', pooled: true }

/** What hangs on a customer is reached by who reaches him with the same verb; what may also hang on nobody is not, then. */
function throughCustomer(actor: Actor, entity: Owned, alias: string, verb: Verb, sight: Sight): RawBuilder<SqlBool> {
  const parent = sql.ref(`${alias}.${columnOf(entity.parentKey ?? '')}`)
  const reach = customerReach(actor, verb)
  if (reach === 'all') return entity.ownerKey ? sql<SqlBool>`${parent} is not null` : sql<SqlBool>`1 = 1`
  if (reach === 'none') return sql<SqlBool>`0 = 1`
  if (sight.gathered)
    return sql<SqlBool>`${parent} in (select seen.id from customer seen where ${ownedRows(actor, CUSTOMER, 'seen', verb, sight)})`
  return sql<SqlBool>`exists (select 1 from customer seen where seen.id = ${parent} and ${ownedRows(actor, CUSTOMER, 'seen', verb, sight)})`
}

/** By the owner, by being a collaborator, by being in the pool the customer lies in, or through the customer it hangs on. */
function ownedRows(actor: Actor, entity: Owned, alias: string, verb: Verb, sight: Sight): RawBuilder<SqlBool> {
  const reach = reachIn(actor, entity, verb)
  if (reach === 'all') return sql<SqlBool>`1 = 1`
  if (reach === 'none') return sql<SqlBool>`0 = 1`
  const ways = [ownedBy(reach, `${alias}.${columnOf(entity.ownerKey ?? '')}`)]
  if (sight.shared !== false && isShared(verb) && actor.employeeId !== null)
    ways.push(sharedWith(actor.employeeId, entity, alias, verb, sight))
  if (entity.pooled && verb === 'read' && sight.pool !== null) ways.push(...pooledFor(actor, alias, sight))
  if (entity.queue && verb === 'read') ways.push(...queuedFor(actor, entity, alias))
  if (entity.parentKey) ways.push(throughCustomer(actor, entity, alias, verb, sight))
  return ways.length === 1 ? (ways[0] as RawBuilder<SqlBool>) : sql<SqlBool>`(${sql.join(ways, sql` or `)})`
}

/** What is nobody's: all of it for who may give it to people, else what lies in one's own pools. */
function queuedFor(actor: Actor, { queue, ownerKey }: Owned, alias: string): RawBuilder<SqlBool>[] {
  if (!queue) return []
  const living = sql`${sql.ref(`${alias}.deleted_at`)} is null`
  if (may(actor, queue.seesAll)) return [sql<SqlBool>`(${sql.ref(`${alias}.${columnOf(ownerKey ?? '')}`)} is null and ${living})`]
  const pools = actor.leadPools ?? []
  if (pools.length === 0) return []
  return [sql<SqlBool>`(${sql.ref(`${alias}.${queue.column}`)} in (${sql.join(pools.map((id) => sql.val(id)))}) and ${living})`]
}

/** What a collaborator may do to somebody else's record. */
const isShared = (verb: Verb): verb is 'read' | 'edit' => verb === 'read' || verb === 'edit'

/** In a list the few of one employee are read once; of one row its own entry is looked up. */
function sharedWith(
  employeeId: string,
  { name }: Owned,
  alias: string,
  verb: 'read' | 'edit',
  { listed, gathered }: Sight,
): RawBuilder<SqlBool> {
  const access = verb === 'edit' ? sql` and m.access = 'edit'` : sql``
  const id = sql.ref(`${alias}.id`)
  if (listed || gathered)
    return sql<SqlBool>`${id} in (select m.record_id from record_member m where m.employee_id = ${employeeId} and m.entity = ${name}${access})`
  return sql<SqlBool>`exists (select 1 from record_member m where m.entity = ${name} and m.record_id = ${id} and m.employee_id = ${employeeId}${access})`
}

function pooledFor(actor: Actor, alias: string, { pool, listed }: Sight): RawBuilder<SqlBool>[] {
  const pools = (actor.pools ?? []).filter(({ id }) => pool === undefined || pool === id)
  const column = sql.ref(`${alias}.pool_id`)
  const living = sql`${sql.ref(`${alias}.deleted_at`)} is null`
  const open = pools.filter(({ viewedOn }) => listed || viewedOn === null)
  const counted = pools.filter((one) => !open.includes(one))
  const ways: RawBuilder<SqlBool>[] = []
  if (open.length > 0) ways.push(sql<SqlBool>`(${column} in (${sql.join(open.map(({ id }) => sql.val(id)))}) and ${living})`)
  for (const { id, viewedOn } of counted)
    ways.push(
      sql<SqlBool>`(${column} = ${id} and ${living} and exists (select 1 from pool_view v where v.employee_id = ${actor.employeeId} and v.day = ${viewedOn} and v.customer_id = ${sql.ref(`${alias}.id`)}))`,
    )
  return ways
}

/** By their owners alone: the part of a reach that an index holds in order. */
export function ownedBy(reach: Reach, column: string): RawBuilder<SqlBool> {
  if (reach === 'all') return sql<SqlBool>`1 = 1`
  if (reach === 'none' || reach.length === 0) return sql<SqlBool>`0 = 1`
  return sql<SqlBool>`${sql.ref(column)} in (${sql.join(reach.map((id) => sql.val(id)))})`
}

/** What a pool closes to him who sees its customers only as its member: the actor with those fields hidden. */
export function actorInPool(actor: Actor, poolId: string | null | undefined): Actor {
  if (!poolId || customerReach(actor, 'read') === 'all') return actor
  const hidden = actor.pools?.find(({ id }) => id === poolId)?.hidden ?? []
  return hidden.length === 0 ? actor : limitedBy(actor, hidden)
}

const limited = new WeakMap<Actor, Map<string, Actor>>()
/** One object for as long as the actor is one: what is worked out of rights is worked out once. */
function limitedBy(actor: Actor, hidden: readonly string[]): Actor {
  const known = limited.get(actor) ?? new Map<string, Actor>()
  limited.set(actor, known)
  const key = hidden.join(' ')
  const found = known.get(key) ?? {
    ...actor,
    fieldRights: { ...actor.fieldRights, ...Object.fromEntries(hidden.map((field) => [field, 'hidden' as const])) },
  }
  known.set(key, found)
  return found
}

/** Whether the actor sees a customer only because he lies in a pool: then he reads, and claims before he writes. */
export const onlyReads = (actor: Actor, poolId: unknown): boolean =>
  typeof poolId === 'string' && customerReach(actor, 'read') !== 'all'

/** Whether any pool of his hides something from the actor. */
export const hasLimits = (actor: Actor): boolean =>
  customerReach(actor, 'read') !== 'all' && (actor.pools ?? []).some(({ hidden }) => hidden.length > 0)

export const reaches = (reach: Reach, ownerId: string | null): boolean =>
  reach === 'all' || (reach !== 'none' && ownerId !== null && reach.includes(ownerId))

/** The right as it takes effect: what names a record cannot be hidden, what has no mask is hidden instead. */
export function rightTo(actor: Actor, entity: EntityDescriptor, key: string): FieldRight {
  const right = fieldRight(actor, entity.name, key)
  const field = findField(entity, key) ?? entity.archived?.find((one) => one.key === key)
  // A result tells of what it was worked out from.
  const told = field?.formula?.inputs ?? field?.tellsOf ?? []
  if (!told.every((input) => mayAskBy(actor, entity, input))) return 'hidden'
  if (right === 'read' || right === 'write' || !field) return right
  if (field.alwaysReadable) return 'read'
  return field.mask ? right : 'hidden'
}

/** Whether a field may be used to sort, filter, group or sum: what is hidden or masked must not be learned by asking. */
export const mayAskBy = (actor: Actor, entity: EntityDescriptor, key: string): boolean => {
  const right = rightTo(actor, entity, key)
  return right === 'read' || right === 'write'
}

/** What tells of a field that he must not know is not his to write either. @throws Forbidden naming the fields the actor's roles do not let him write. */
export function requireWritable(actor: Actor, entity: EntityDescriptor, keys: readonly string[]): void {
  const fields = keys.filter((key) => rightTo(actor, entity, key) !== 'write')
  if (fields.length > 0) throw new Forbidden(`${entity.feature}.fields`, fields)
}

/** A row as the actor may see it: hidden fields are null, masked ones show what their kind lets show. */
export function masked<Row extends Record<string, unknown>>(actor: Actor, entity: EntityDescriptor, row: Row): Row {
  return maskOf(actor, entity)(row)
}

/** The same for many rows: what is limited is worked out once. */
export function maskOf(actor: Actor, entity: EntityDescriptor): <Row extends Record<string, unknown>>(row: Row) => Row {
  const limited = limitedFields(actor, entity)
  if (limited.length === 0) return (row) => row
  const custom = limited.some(({ key }) => isCustomKey(key))
  return (row) => {
    const seen: Record<string, unknown> = { ...row }
    if (custom && seen['custom']) seen['custom'] = { ...(seen['custom'] as Record<string, unknown>) }
    for (const one of limited) limit(seen, one)
    return seen as typeof row
  }
}

function limit(seen: Record<string, unknown>, { key, right, mask, emptyAs }: Limited): void {
  if (isCustomKey(key)) {
    const custom = seen['custom'] as Record<string, unknown> | undefined
    if (custom?.[key] === undefined) return
    if (right === 'hidden') delete custom[key]
    else custom[key] = maskValue(mask, custom[key])
    return
  }
  // What names an account goes with it.
  if (`${key}Name` in seen) seen[`${key}Name`] = null
  if (right === 'masked') seen[key] = maskValue(mask, seen[key])
  else {
    seen[key] = emptyAs
    if (key.endsWith('Id')) seen[`${key.slice(0, -2)}Name`] = null
  }
}

type Limited = { key: string; right: 'hidden' | 'masked'; mask: 'phone' | 'email' | 'text'; emptyAs: unknown }
const limits = new WeakMap<Actor, WeakMap<EntityDescriptor, Limited[]>>()
/** What an actor does not see whole; worked out once for as long as the actor and the description of the entity are the same. */
export function limitedFields(actor: Actor, entity: EntityDescriptor): Limited[] {
  const known = limits.get(actor) ?? new WeakMap<EntityDescriptor, Limited[]>()
  limits.set(actor, known)
  const found = known.get(entity) ?? limitsOf(actor, entity)
  known.set(entity, found)
  return found
}

const limitsOf = (actor: Actor, entity: EntityDescriptor): Limited[] =>
  entity.fields.flatMap((field) => {
    const right = rightTo(actor, entity, field.key)
    if (right !== 'hidden' && right !== 'masked') return []
    return [{ key: field.key, right, mask: field.mask ?? 'text', emptyAs: field.type === 'tags' ? [] : null }]
  })

/** 138****6621, x***@firm.cn, 苏***: the first three and last four digits of a phone are what "the digits shown" means. */
export function maskValue(mask: 'phone' | 'email' | 'text', value: unknown): unknown {
  if (typeof value !== 'string' || value === '') return value
  if (mask === 'email') {
    const [name = '', domain] = value.split('@')
    return domain === undefined ? `${name.charAt(0)}***` : `${name.charAt(0)}***@${domain}`
  }
  if (mask === 'text') return `${[...value][0] ?? ''}***`
  const digits = nationalDigits(value)
  return digits.length < 8 ? '****' : `${digits.slice(0, 3)}****${digits.slice(-4)}`
}

/** The digits a person dials at home: without +86. */
export const nationalDigits = (phone: string): string => phone.replace(/^\+86/, '').replace(/\D/g, '')
