import type BetterSqlite3 from 'better-sqlite3'
import { afterEach, beforeEach } from 'vitest'
import { ADMIN, type Client, startBackend, type TestBackend } from './backend.ts'
import { type Guest, guest } from './guest.ts'

/** A company set up anew before each test of the file that imports this, with its administrator signed in. */
export let running: TestBackend
export let admin: Client
export const PASSWORD = 'seven cranes over water'
/** What the administrator gives; nothing works before its owner has chosen another. */
const GIVEN = 'given by the administrator'
export const NOBODY = '01JJJJJJJJJJJJJJJJJJJJJJJJ' as never
export const raw = (): BetterSqlite3.Database => running.backend.database.raw

beforeEach(async () => {
  running = await startBackend()
  const g = guest(running)
  await g.client.session.login({ login: ADMIN.login, password: ADMIN.password })
  admin = g.client
})
afterEach(() => running.dispose())

export const roleId = async (builtin: string) => {
  const role = (await admin.people.roles({})).find((one) => one.builtin === builtin)
  if (!role) throw new Error(`no role ${builtin}`)
  return role.id
}
export const root = async () => {
  const department = (await admin.people.departments({})).find((one) => one.parentId === null)
  if (!department) throw new Error('no root')
  return department
}
export const department = async (name: string, parentId?: string) =>
  admin.people.createDepartment({ name, parentId: (parentId ?? (await root()).id) as never })
export const employee = async (name: string, departmentId: string | null = null, more: Record<string, unknown> = {}) =>
  admin.people.createEmployee({ name, departmentId: departmentId as never, ...more })

/** An employee with an account who is signed in and has chosen his own password. */
export async function person(
  login: string,
  options: { roles: string[]; departmentId?: string; name?: string },
): Promise<Guest & { employeeId: string; userId: string }> {
  const made = await employee(options.name ?? `员工${login}`, options.departmentId ?? null)
  const roleIds = await Promise.all(options.roles.map(async (role) => (role.length === 26 ? role : roleId(role))))
  const user = await admin.people.createUser({ employeeId: made.id, login, password: GIVEN, roleIds: roleIds as never })
  const g = guest(running)
  await g.client.session.login({ login, password: GIVEN })
  await g.client.session.changePassword({ current: GIVEN, next: PASSWORD })
  return { ...g, employeeId: made.id, userId: user.id }
}
export const customerOf = (ownerId: string | null, name: string) => admin.customers.create({ name, ownerId })
export const namesSeen = async (client: Client) =>
  (await client.customers.list({ limit: 200 })).rows.map((row) => row.name).toSorted()
export const digestOf = (...tables: string[]) =>
  JSON.stringify(
    tables.map((table) =>
      (raw().prepare(`select * from ${table} order by id`).all() as Record<string, unknown>[]).map((row) =>
        Object.entries(row).filter(([column]) => column !== 'version' && column !== 'updated_at'),
      ),
    ),
  )
export const lastSeq = () => raw().prepare('select max(seq) from command').pluck().get() as number
