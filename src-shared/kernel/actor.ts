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
  /** The pools he belongs to, in the order of their ids: their customers he sees, although they are nobody's. */
  readonly pools?: readonly PoolSight[]
  /** The pools of leads that he belongs to. */
  readonly leadPools?: readonly string[]
  /** Who really sits there, looking at the program as this user: he sees what the user sees, and writes nothing. */
  readonly lookedBy?: { readonly userId: string; readonly name: string }
  /** Signed in with a password that somebody else knows: nothing but choosing his own is open to him. */
  readonly mustChangePassword?: true
}

/**
 * What a member sees of his pool's customers. `hidden`: fields, `<entity>.<field>`, closed to him there; `viewedOn`: the day whose
 * opened customers alone he sees in full, where the pool counts them. Who administers a pool is bound by neither.
 */
export type PoolSight = {
  readonly id: string
  readonly manages: boolean
  readonly hidden: readonly string[]
  readonly viewedOn: string | null
}

/** Where a call came from: the desktop window, HTTP, the command line, a job, a schedule. */
export type Origin = 'window' | 'http' | 'cli' | 'job' | 'system'

export const may = (actor: Actor, permission: Permission): boolean => actor.permissions[permission] !== undefined

export const fieldRight = (actor: Pick<Actor, 'fieldRights'>, entity: string, key: string): FieldRight =>
  actor.fieldRights[`${entity}.${key}`] ?? 'write'
