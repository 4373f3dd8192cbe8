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

const DECIDE_RIGHTS: ReadonlySet<Entity> = new Set(['user', 'role', 'employee', 'department', 'workspace'])
/** Whether a change of such a record may change what somebody may see or do. */
export const decidesRights = (entity: Entity): boolean => DECIDE_RIGHTS.has(entity)

export const customerReach = (actor: Actor, verb: CustomerVerb): Reach => reachOf(actor, `customers.${verb}`)
export type CustomerVerb = 'read' | 'edit' | 'delete' | 'export' | 'transfer' | 'purge'

/** The kind itself may be out of reach: a role without `followUps.read` sees none, whatever the customer. */
export function mayReadKind(actor: Actor, entity: EntityDescriptor): boolean {
  return entity.ownerKey
    ? may(actor, `${entity.feature}.read` as Permission)
    : !entity.parentKey || may(actor, `${entity.feature}.read` as Permission)
}

/** The rows of `entity` (table alias given) that the actor reaches with a verb on customers. */
export function rowsFor(actor: Actor, entity: EntityDescriptor, alias: string, verb: CustomerVerb = 'read'): RawBuilder<SqlBool> {
  if (!mayReadKind(actor, entity)) return sql<SqlBool>`0 = 1`
  if (entity.ownerKey) return ownedBy(customerReach(actor, verb), `${alias}.${columnOf(entity.ownerKey)}`)
  if (!entity.parentKey) return sql<SqlBool>`1 = 1`
  const reach = customerReach(actor, verb)
  if (reach === 'all') return sql<SqlBool>`1 = 1`
  if (reach === 'none') return sql<SqlBool>`0 = 1`
  return sql<SqlBool>`exists (select 1 from customer seen where seen.id = ${sql.ref(`${alias}.${columnOf(entity.parentKey)}`)} and ${ownedBy(reach, 'seen.owner_id')})`
}

function ownedBy(reach: Reach, column: string): RawBuilder<SqlBool> {
  if (reach === 'all') return sql<SqlBool>`1 = 1`
  if (reach === 'none' || reach.length === 0) return sql<SqlBool>`0 = 1`
  return sql<SqlBool>`${sql.ref(column)} in (${sql.join(reach.map((id) => sql.val(id)))})`
}

export const reaches = (reach: Reach, ownerId: string | null): boolean =>
  reach === 'all' || (reach !== 'none' && ownerId !== null && reach.includes(ownerId))

/** The right as it takes effect: what names a record cannot be hidden, what has no mask is hidden instead. */
export function rightTo(actor: Actor, entity: EntityDescriptor, key: string): FieldRight {
  const right = fieldRight(actor, entity.name, key)
  const field = findField(entity, key) ?? entity.archived?.find((one) => one.key === key)
  if (right === 'read' || right === 'write' || !field) return right
  if (field.alwaysReadable) return 'read'
  return field.mask ? right : 'hidden'
}

/** Whether a field may be used to sort, filter, group or sum: what is hidden or masked must not be learned by asking. */
export const mayAskBy = (actor: Actor, entity: EntityDescriptor, key: string): boolean => {
  const right = rightTo(actor, entity, key)
  return right === 'read' || right === 'write'
}

/** @throws Forbidden naming the fields the actor's roles do not let him write. */
export function requireWritable(actor: Actor, entity: EntityDescriptor, keys: readonly string[]): void {
  const fields = keys.filter((key) => fieldRight(actor, entity.name, key) !== 'write')
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
  if (right === 'masked') seen[key] = maskValue(mask, seen[key])
  else {
    seen[key] = emptyAs
    if (key.endsWith('Id')) seen[`${key.slice(0, -2)}Name`] = null
  }
}

type Limited = { key: string; right: 'hidden' | 'masked'; mask: 'phone' | 'email' | 'text'; emptyAs: unknown }
export function limitedFields(actor: Actor, entity: EntityDescriptor): Limited[] {
  return entity.fields.flatMap((field) => {
    const right = rightTo(actor, entity, field.key)
    if (right !== 'hidden' && right !== 'masked') return []
    return [{ key: field.key, right, mask: field.mask ?? 'text', emptyAs: field.type === 'tags' ? [] : null }]
  })
}

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
