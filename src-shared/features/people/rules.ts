import { type EntityDescriptor, findField } from '../../kernel/entity.ts'
import { type FieldRight, largerRight, type Permission, PERMISSIONS, type Scope, SCOPES } from '../../kernel/permissions.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { DEPARTMENT_REFUSALS, EMPLOYEE_REFUSALS, ROLE_REFUSALS, USER_REFUSALS } from './contract.ts'

type DepartmentRefusal = (typeof DEPARTMENT_REFUSALS)[number]
type EmployeeRefusal = (typeof EMPLOYEE_REFUSALS)[number]
type UserRefusal = (typeof USER_REFUSALS)[number]
type RoleRefusal = (typeof ROLE_REFUSALS)[number]

type DepartmentPlace = { id: string; name: string; parentId: string | null }

/** Names differ among the departments of one parent: elsewhere 销售部 may exist again. */
export function requireFreeDepartmentName(
  departments: readonly DepartmentPlace[],
  wanted: { id: string | null; name: string; parentId: string | null },
): void {
  const same = departments.some(
    (one) =>
      one.id !== wanted.id &&
      one.parentId === wanted.parentId &&
      one.name.trim().toLowerCase() === wanted.name.trim().toLowerCase(),
  )
  if (same) throw new Refusal<DepartmentRefusal>('nameTaken', { name: wanted.name })
}

/** A department lies under a department that exists and is not its own descendant. */
export function requireSoundParent(departments: readonly DepartmentPlace[], id: string | null, parentId: string | null): void {
  const byId = new Map(departments.map((one) => [one.id, one]))
  if (parentId !== null && !byId.has(parentId)) throw new Refusal<DepartmentRefusal>('parentUnknown')
  let above = parentId
  for (let steps = 0; above !== null && steps <= departments.length; steps++) {
    if (above === id) throw new Refusal<DepartmentRefusal>('underItself')
    above = byId.get(above)?.parentId ?? null
  }
  // More steps than departments: the tree above is a circle already.
  if (above !== null) throw new Refusal<DepartmentRefusal>('underItself')
}

export function requireEmptyDepartment(held: { departments: number; employees: number; former: number }): void {
  if (held.departments + held.employees + held.former > 0) throw new Refusal<DepartmentRefusal>('notEmpty', held)
}

export type EmployeeChange = { id: string | null; hiredOn: string | null; leftOn: string | null; managerId: string | null }
/** What is known about the people and places that a change names. */
export type EmployeeFacts = { departmentKnown: boolean; managerKnown: boolean; leaving: boolean; ownedCustomers: number }

export function requireSoundEmployee(change: EmployeeChange, facts: EmployeeFacts): void {
  if (!facts.departmentKnown) throw new Refusal<EmployeeRefusal>('departmentUnknown')
  if (!facts.managerKnown) throw new Refusal<EmployeeRefusal>('managerUnknown')
  if (change.managerId !== null && change.managerId === change.id) throw new Refusal<EmployeeRefusal>('managerOfHimself')
  if (change.hiredOn !== null && change.leftOn !== null && change.leftOn < change.hiredOn)
    throw new Refusal<EmployeeRefusal>('leftBeforeHired')
  // Customers of somebody who has gone would be nobody's work: they are handed over first.
  if (facts.leaving && facts.ownedCustomers > 0)
    throw new Refusal<EmployeeRefusal>('ownsCustomers', { count: facts.ownedCustomers })
}

export type Period = { departmentId: string | null; managerId: string | null; rank: string | null; team: string | null }
export type StoredPeriod = Period & { id: string; validFrom: string }
export type PeriodStep = { kind: 'none' } | { kind: 'rewrite'; id: string } | { kind: 'next'; closes: string | null }

/**
 * How a change that holds from a day on enters the history: nothing when all stands so already, the running period rewritten
 * when it begins on that very day, else a new period that ends the one before.
 * @throws Refusal `beforeLastChange` when a later period exists: the past is not rewritten under it.
 */
export function periodStep(last: StoredPeriod | null, wanted: Period, from: string): PeriodStep {
  if (!last) return { kind: 'next', closes: null }
  if (
    last.departmentId === wanted.departmentId &&
    last.managerId === wanted.managerId &&
    last.rank === wanted.rank &&
    last.team === wanted.team
  )
    return { kind: 'none' }
  if (from < last.validFrom) throw new Refusal<EmployeeRefusal>('beforeLastChange', { since: last.validFrom })
  return from === last.validFrom ? { kind: 'rewrite', id: last.id } : { kind: 'next', closes: last.id }
}

/** Somebody must always be able to sign in as administrator: counted after the change. */
export function requireAdminLeft(activeAdmins: number): void {
  if (activeAdmins < 1) throw new Refusal<UserRefusal>('lastAdmin')
}

type FieldRights = Readonly<Record<string, FieldRight>>
/** What somebody has: field rights are keyed `<entity>.<field>`, what is not listed may be written. */
export type Held = { permissions: Readonly<Partial<Record<Permission, Scope>>>; fieldRights: FieldRights }
/** What roles give in sum. */
export type Given = { permissions: readonly { permission: Permission; scope: Scope }[]; fieldRights: FieldRights }

/** Nobody gives more than he has, neither by a role nor by touching somebody who has more; a field that he sees masked included. */
export function requireCovered(own: Held, given: Given): void {
  const beyond = given.permissions.find(({ permission, scope }) => {
    const mine = own.permissions[permission]
    return mine === undefined || SCOPES.indexOf(mine) < SCOPES.indexOf(scope)
  })
  if (beyond) throw new Refusal<UserRefusal & RoleRefusal>('beyondYours', { permission: beyond.permission })
  // A role without an entry lets the field be written, so it is what I have less of that is looked at.
  const larger = Object.entries(own.fieldRights).find(([field, mine]) => {
    const right = given.fieldRights[field] ?? 'write'
    return largerRight(mine, right) !== mine
  })
  if (larger) throw new Refusal<UserRefusal & RoleRefusal>('beyondYours', { field: larger[0] })
}

type FieldEntry = { entity: string; field: string; right: FieldRight }
/** Field rights name fields that exist; the one that names a record stays readable. */
export function requireKnownFields(entities: Iterable<EntityDescriptor>, rights: readonly FieldEntry[]): void {
  const byName = new Map([...entities].map((entity) => [entity.name as string, entity]))
  for (const { entity, field, right } of rights) {
    const descriptor = byName.get(entity)
    // A right to a field that was put aside stays: it comes back with the field.
    const found = descriptor && (findField(descriptor, field) ?? descriptor.archived?.find(({ key }) => key === field))
    const shut = right === 'hidden' || right === 'masked'
    if (!found || (shut && found.alwaysReadable)) throw new Refusal<RoleRefusal>('fieldUnknown', { field: `${entity}.${field}` })
  }
}

/** The administrator's role keeps every right; its name and description may be changed. */
export function requireAdminUncut(
  builtin: string | null,
  change: {
    permissions?: readonly { permission: Permission; scope: Scope }[] | undefined
    fieldRights?: readonly FieldEntry[] | undefined
  },
): void {
  if (builtin !== 'admin') return
  const lacking =
    change.permissions &&
    PERMISSIONS.some((name) => !change.permissions?.some(({ permission, scope }) => permission === name && scope === 'all'))
  const cut = change.fieldRights?.some(({ right }) => right !== 'write')
  if (lacking || cut) throw new Refusal<RoleRefusal>('wouldLockOut')
}
