import { sql } from 'kysely'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'

export const readAccount = (db: WriteTx, userId: string) =>
  db.selectFrom('userAccount').select('id').where('id', '=', userId).executeTakeFirst()

/** @returns whom the session looked as before; undefined when there is no such session. */
export async function setLooksAs(tx: WriteTx, hash: string, userId: string | null): Promise<string | null | undefined> {
  const row = await tx.selectFrom('session').select('looksAs').where('tokenHash', '=', hash).executeTakeFirst()
  if (!row) return undefined
  await tx.updateTable('session').set({ looksAs: userId }).where('tokenHash', '=', hash).execute()
  return row.looksAs
}

export type SightUser = { userId: string; name: string; roles: string }
/** Accounts that are open, each with its roles and the scopes they give for seeing customers. */
export async function readUsers(db: ReadDb): Promise<(SightUser & { scopes: string })[]> {
  const { rows } = await sql<SightUser & { scopes: string }>`
    select u.id as "userId", coalesce(e.name, u.login) as name,
      (select json_group_array(json_object('name', r.name, 'builtin', r.builtin)) from user_role ur join role r on r.id = ur.role_id where ur.user_id = u.id) as roles,
      (select json_group_array(json_array(r.name, iif(r.builtin = 'admin', 'all', p.scope), r.builtin)) from user_role ur join role r on r.id = ur.role_id
        left join role_permission p on p.role_id = r.id and p.permission = 'customers.read' where ur.user_id = u.id) as scopes
    from user_account u left join employee e on e.id = u.employee_id where u.disabled_at is null order by coalesce(e.name_sort, u.login_key), u.id`.execute(
    plain(db),
  )
  return rows
}

export type Place = { ownerId: string | null; ownerName: string | null; poolId: string | null; poolName: string | null }
export async function readPlace(db: ReadDb, customerId: string): Promise<Place> {
  const { rows } = await sql<Place>`
    select c.owner_id as "ownerId", e.name as "ownerName", c.pool_id as "poolId", p.name as "poolName" from customer c
    left join employee e on e.id = c.owner_id left join pool p on p.id = c.pool_id where c.id = ${customerId}`.execute(plain(db))
  return rows[0] ?? { ownerId: null, ownerName: null, poolId: null, poolName: null }
}

/** Collaborators of a customer by employee, with what they may do. */
export async function readTeam(db: ReadDb, customerId: string): Promise<Map<string, string>> {
  const { rows } = await sql<{ employeeId: string; access: string }>`
    select employee_id as "employeeId", access from record_member where entity = 'customer' and record_id = ${customerId}`.execute(
    plain(db),
  )
  return new Map(rows.map(({ employeeId, access }) => [employeeId, access]))
}

type PlaceOf = { employeeId: string | null; name: string; login: string; departmentName: string | null; roleIds: string[] }
/** An account with the department its employee is in today, and its roles. */
export async function readPlaceOf(db: ReadDb, userId: string, today: string): Promise<PlaceOf | null> {
  const { rows } = await sql<Omit<PlaceOf, 'roleIds'> & { roleIds: string }>`
    select u.employee_id as "employeeId", coalesce(e.name, u.login) as name, u.login,
      (select d.name from employment m join department d on d.id = m.department_id
        where m.employee_id = e.id and m.valid_from <= ${today} order by m.valid_from desc limit 1) as "departmentName",
      (select json_group_array(role_id) from user_role where user_id = u.id) as "roleIds"
    from user_account u left join employee e on e.id = u.employee_id where u.id = ${userId}`.execute(plain(db))
  const [row] = rows
  return row ? { ...row, roleIds: JSON.parse(row.roleIds) as string[] } : null
}

export async function readNames(db: ReadDb, employeeIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from employee where id in (select value from json_each(${JSON.stringify(employeeIds)})) order by name_sort, id`.execute(
    plain(db),
  )
  return rows.map(({ name }) => name)
}

export async function readPoolNames(db: ReadDb): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`select id, name from pool`.execute(plain(db))
  return new Map(rows.map(({ id, name }) => [id, name]))
}
