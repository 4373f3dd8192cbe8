import type { FieldRight, Permission, Scope } from './permissions.ts'

/**
 * Who calls, as plain data so that it can cross into a worker. `owners[scope]` lists the employees whose rows that scope
 * reaches; scope `all` needs no list. Field rights are keyed `<entity>.<field>`; what is not listed may be written.
 */
export type Actor = {
  readonly userId: string
  readonly employeeId: string | null
  readonly name: string
  readonly origin: Origin
  readonly permissions: Readonly<Partial<Record<Permission, Scope>>>
  readonly fieldRights: Readonly<Record<string, FieldRight>>
  readonly owners: Readonly<Record<'own' | 'department' | 'below', readonly string[]>>
  /** Signed in with a password that somebody else knows: nothing but choosing his own is open to him. */
  readonly mustChangePassword?: true
}

/** Where a call came from: the desktop window, HTTP, the command line, a job, a schedule. */
export type Origin = 'window' | 'http' | 'cli' | 'job' | 'system'

export const may = (actor: Actor, permission: Permission): boolean => actor.permissions[permission] !== undefined

export const fieldRight = (actor: Pick<Actor, 'fieldRights'>, entity: string, key: string): FieldRight =>
  actor.fieldRights[`${entity}.${key}`] ?? 'write'
