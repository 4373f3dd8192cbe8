import { leftBy } from '../../kernel/leaving.ts'
import { sql } from 'kysely'
import type { Account, Colleague, Department, Employee, Role } from '../../../src-shared/features/people/model.ts'
import type { Given, StoredPeriod } from '../../../src-shared/features/people/rules.ts'
import { type FieldRight, type Permission, PERMISSIONS, type Scope } from '../../../src-shared/kernel/permissions.ts'
import type { ReadDb, WriteTx } from '../../kernel/database.ts'
import { NotFound } from '../../kernel/errors.ts'
import { unionOfFieldRights } from '../session/public.ts'

type Db = ReadDb | WriteTx

/** What the administrator's role gives, whatever its rows say: an upgrade may know more permissions than they name. */
const EVERYTHING: { permission: Permission; scope: Scope }[] = PERMISSIONS.map((permission) => ({ permission, scope: 'all' }))
const isPermission = (name: string): name is Permission => (PERMISSIONS as readonly string[]).includes(name)

/** The period of employment that runs on a day: the last one that has begun, also of somebody who has left. */
const runningPeriod = (today: string) =>
  sql`(select x.id from employment x where x.employee_id = e.id and x.valid_from <= ${today} order by x.valid_from desc limit 1)`

export async function readDepartments(db: Db, today: string, id?: string): Promise<Department[]> {
  const { rows } = await sql<Department>`
    select d.id, d.name, d.parent_id, d.manager_id, d.position, d.version, (
      select count(*) from employee e join employment m on m.id = ${runningPeriod(today)} where m.department_id = d.id and not ${leftBy(today)}) as employee_count
    from department d ${id === undefined ? sql`` : sql`where d.id = ${id}`} order by d.position, d.name`.execute(db)
  return rows
}

export async function readDepartment(db: Db, today: string, id: string): Promise<Department> {
  const [row] = await readDepartments(db, today, id)
  if (!row) throw new NotFound('department', id)
  return row
}

export async function readColleagues(db: Db, today: string): Promise<Colleague[]> {
  const { rows } = await sql<Omit<Colleague, 'left'> & { left: number }>`
    select e.id, e.name, d.name as department_name, ${leftBy(today)} as "left"
    from employee e left join employment m on m.id = ${runningPeriod(today)} left join department d on d.id = m.department_id
    order by "left", e.name_sort, e.id`.execute(db)
  return rows.map((row) => ({ ...row, left: row.left === 1 }))
}

type EmployeeRow = Omit<Employee, 'roleIds' | 'disabled'> & { disabledAt: string | null }

export async function readEmployees(db: Db, today: string, which: { id?: string; includeLeft: boolean }): Promise<Employee[]> {
  const where = which.id === undefined ? (which.includeLeft ? sql`1 = 1` : sql`not ${leftBy(today)}`) : sql`e.id = ${which.id}`
  const { rows } = await sql<EmployeeRow>`
    select e.id, e.name, e.phone, e.email, m.department_id, d.name as department_name, m.manager_id, m.rank, m.team, e.hired_on, e.left_on,
      case when e.left_on is null then 0 else (
        select count(*) from customer c where c.owner_id = e.id and c.deleted_at is null) end as to_hand_over,
      u.id as user_id, u.login, u.disabled_at, e.version
    from employee e left join employment m on m.id = ${runningPeriod(today)} left join department d on d.id = m.department_id
    left join user_account u on u.employee_id = e.id where ${where} order by e.name_sort, e.id`.execute(db)
  const roles = await rolesByUser(db)
  return rows.map(({ disabledAt, ...row }) => ({
    ...row,
    roleIds: (row.userId && roles.get(row.userId)) || [],
    disabled: disabledAt !== null,
  }))
}

export async function readEmployee(db: Db, today: string, id: string): Promise<Employee> {
  const [row] = await readEmployees(db, today, { id, includeLeft: true })
  if (!row) throw new NotFound('employee', id)
  return row
}

async function rolesByUser(db: Db): Promise<Map<string, Account['roleIds']>> {
  const { rows } = await sql<{ userId: string; roleId: Account['roleIds'][number] }>`
    select ur.user_id, ur.role_id from user_role ur join role r on r.id = ur.role_id order by r.name`.execute(db)
  const found = new Map<string, Account['roleIds']>()
  for (const { userId, roleId } of rows) found.set(userId, [...(found.get(userId) ?? []), roleId])
  return found
}

export async function readAccounts(db: Db, id?: string): Promise<Account[]> {
  const { rows } = await sql<Omit<Account, 'roleIds'>>`
    select u.id, u.employee_id, e.name as employee_name, u.login, u.disabled_at, u.version,
      (select max(s.last_seen_at) from session s where s.user_id = u.id) as last_seen_at
    from user_account u left join employee e on e.id = u.employee_id ${id === undefined ? sql`` : sql`where u.id = ${id}`} order by u.login_key`.execute(
    db,
  )
  const roles = await rolesByUser(db)
  return rows.map((row) => ({ ...row, roleIds: roles.get(row.id) ?? [] }))
}

export async function readAccount(db: Db, id: string): Promise<Account> {
  const [row] = await readAccounts(db, id)
  if (!row) throw new NotFound('user', id)
  return row
}

export async function readRoles(db: Db, id?: string): Promise<Role[]> {
  const one = id === undefined ? sql`1 = 1` : sql`r.id = ${id}`
  const { rows } = await sql<Omit<Role, 'permissions' | 'fieldRights'>>`
    select r.id, r.name, r.builtin, r.description, r.version, (select count(*) from user_role ur where ur.role_id = r.id) as user_count
    from role r where ${one} order by r.created_at, r.id`.execute(db)
  const { rows: permissions } = await sql<{ roleId: string; permission: Permission; scope: Scope }>`
    select role_id, permission, scope from role_permission order by permission`.execute(db)
  const { rows: fields } = await sql<{ roleId: string; entity: string; field: string; right: FieldRight }>`
    select role_id, entity, field, field_right as "right" from role_field_right order by entity, field`.execute(db)
  return rows.map((row) => ({
    ...row,
    permissions:
      row.builtin === 'admin'
        ? [...EVERYTHING]
        : permissions
            .filter((one) => one.roleId === row.id && isPermission(one.permission))
            .map(({ permission, scope }) => ({ permission, scope })),
    fieldRights: fields.filter((one) => one.roleId === row.id).map(({ entity, field, right }) => ({ entity, field, right })),
  }))
}

export async function readRole(db: Db, id: string): Promise<Role> {
  const [row] = await readRoles(db, id)
  if (!row) throw new NotFound('role', id)
  return row
}

/** The newest period of an employee, begun or not. */
export async function lastPeriod(db: Db, employeeId: string): Promise<StoredPeriod | null> {
  const row = await db
    .selectFrom('employment')
    .select(['id', 'departmentId', 'managerId', 'rank', 'team', 'validFrom'])
    .where('employeeId', '=', employeeId)
    .orderBy('validFrom', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}

/** Administrators who can sign in, tomorrow as well: somebody whose leaving is already recorded does not count. */
export async function activeAdmins(db: Db): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(distinct u.id) as n from user_account u join user_role ur on ur.user_id = u.id join role r on r.id = ur.role_id and r.builtin = 'admin'
    join credential c on c.user_id = u.id left join employee e on e.id = u.employee_id where u.disabled_at is null and e.left_on is null`.execute(
    db,
  )
  return rows[0]?.n ?? 0
}

/** Names of those who can sign in and change roles, administrators first; three are enough to ask. */
export async function readGranters(db: Db, today: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select coalesce(e.name, u.login) as name, min(coalesce(r.builtin, '') <> 'admin') as rank
    from user_account u join user_role ur on ur.user_id = u.id join role r on r.id = ur.role_id left join employee e on e.id = u.employee_id
    where u.disabled_at is null and not ${leftBy(today)}
      and (r.builtin = 'admin' or exists (select 1 from role_permission p where p.role_id = r.id and p.permission = 'roles.manage'))
    group by u.id order by rank, name limit 3`.execute(db)
  return rows.map((row) => row.name)
}

/** What roles give in sum, for the question whether somebody else has as much. The administrator's role gives everything. */
export async function grantsOf(db: Db, roleIds: readonly string[]): Promise<Given> {
  const list = JSON.stringify(roleIds)
  const { rows: admin } =
    await sql`select 1 from role where builtin = 'admin' and id in (select value from json_each(${list}))`.execute(db)
  if (admin.length > 0) return { permissions: EVERYTHING, fieldRights: {} }
  const { rows } = await sql<{ permission: string; scope: Scope }>`
    select permission, scope from role_permission where role_id in (select value from json_each(${list}))`.execute(db)
  const { rows: fields } = await sql<{ roleId: string; field: string; right: FieldRight }>`
    select role_id, entity || '.' || field as field, field_right as "right" from role_field_right where role_id in (select value from json_each(${list}))`.execute(
    db,
  )
  const perRole = roleIds.map((id) =>
    Object.fromEntries(fields.filter(({ roleId }) => roleId === id).map(({ field, right }) => [field, right])),
  )
  return {
    permissions: rows.flatMap(({ permission, scope }) => (isPermission(permission) ? [{ permission, scope }] : [])),
    fieldRights: unionOfFieldRights(perRole),
  }
}
