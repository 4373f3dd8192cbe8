import { hasLeft } from '../../../src-shared/kernel/leaving.ts'
import type BetterSqlite3 from 'better-sqlite3'
import type { Actor, Origin, PoolSight } from '../../../src-shared/kernel/actor.ts'
import {
  type FieldRight,
  largerRight,
  type Permission,
  PERMISSIONS,
  type Scope,
  widerScope,
} from '../../../src-shared/kernel/permissions.ts'
import { prepared } from '../../kernel/journal.ts'

type UserRow = {
  employeeId: string | null
  name: string
  disabledAt: string | null
  leftOn: string | null
  mustChange: number | null
}
type RoleRow = { id: string; builtin: string | null }
type Rights = { permissions: Partial<Record<Permission, Scope>>; fieldRights: Record<string, FieldRight> }

const isPermission = (name: string): name is Permission => (PERMISSIONS as readonly string[]).includes(name)
export const everything = (): Partial<Record<Permission, Scope>> =>
  Object.fromEntries(PERMISSIONS.map((permission) => [permission, 'all' as const]))

/**
 * What a user may do today: the union of his roles. Null when there is no such user, he is disabled, or his employee has left.
 * Synchronous and over the raw handle, because every call of every transport begins with it.
 */
export function buildActor(
  raw: BetterSqlite3.Database,
  userId: string,
  options: { origin: Origin; today: string },
): Actor | null {
  const user = prepared(
    raw,
    `select u.employee_id as employeeId, coalesce(e.name, u.login) as name, u.disabled_at as disabledAt, e.left_on as leftOn, c.must_change as mustChange
     from user_account u left join employee e on e.id = u.employee_id left join credential c on c.user_id = u.id where u.id = ?`,
  ).get(userId) as UserRow | undefined
  if (!user || user.disabledAt !== null || hasLeft(user.leftOn, options.today)) return null
  const roles = prepared(raw, 'select r.id, r.builtin from user_role u join role r on r.id = u.role_id where u.user_id = ?').all(
    userId,
  ) as RoleRow[]
  return {
    userId,
    employeeId: user.employeeId,
    name: user.name,
    origin: options.origin,
    ...rightsOf(raw, roles),
    owners: user.employeeId === null ? { own: [], department: [], below: [] } : ownersFor(raw, user.employeeId, options.today),
    ...poolsFor(raw, user.employeeId, options.today),
    ...leadPoolsFor(raw, user.employeeId),
    ...(user.mustChange === 1 ? { mustChangePassword: true as const } : {}),
  }
}

/** Union of roles: the widest scope, the larger field right. A role that says nothing about a field lets it be written. */
export function rightsOf(raw: BetterSqlite3.Database, roles: readonly RoleRow[]): Rights {
  // The administrator may do whatever this version knows, so an upgrade with new permissions never locks everybody out of them.
  if (roles.some((role) => role.builtin === 'admin')) return { permissions: everything(), fieldRights: {} }
  const permissions: Partial<Record<Permission, Scope>> = {}
  const perRole: Record<string, FieldRight>[] = []
  for (const role of roles) {
    for (const { permission, scope } of prepared(raw, 'select permission, scope from role_permission where role_id = ?').all(
      role.id,
    ) as { permission: string; scope: Scope }[]) {
      if (isPermission(permission)) permissions[permission] = widerScope(permissions[permission] ?? scope, scope)
    }
    const rows = prepared(
      raw,
      `select entity || '.' || field as field, field_right as fieldRight from role_field_right where role_id = ?`,
    ).all(role.id) as { field: string; fieldRight: FieldRight }[]
    perRole.push(Object.fromEntries(rows.map((row) => [row.field, row.fieldRight])))
  }
  return { permissions, fieldRights: unionOfFieldRights(perRole) }
}

export function unionOfFieldRights(perRole: readonly Readonly<Record<string, FieldRight>>[]): Record<string, FieldRight> {
  const union: Record<string, FieldRight> = {}
  for (const field of new Set(perRole.flatMap((rights) => Object.keys(rights)))) {
    const right = perRole.map((rights) => rights[field] ?? 'write').reduce(largerRight)
    if (right !== 'write') union[field] = right
  }
  return union
}

type PoolRow = { id: string; manages: number; hidden: string; dailyViews: number | null }

/** The pools of an employee: by himself, or by his department or one above it. Who has none carries nothing. */
function poolsFor(raw: BetterSqlite3.Database, employeeId: string | null, today: string): Pick<Actor, 'pools'> {
  if (employeeId === null) return {}
  const rows = prepared(
    raw,
    `with recursive mine (id) as (
       select department_id from (select m.department_id from employment m where m.employee_id = ? and m.valid_from <= ? order by m.valid_from desc limit 1)
       union select d.parent_id from department d join mine on d.id = mine.id where d.parent_id is not null)
     select p.id, max(m.manages) as manages, p.hidden, p.daily_views as dailyViews from pool_member m join pool p on p.id = m.pool_id
     where m.employee_id = ? or m.department_id in (select id from mine where id is not null) group by p.id order by p.id`,
  ).all(employeeId, today, employeeId) as PoolRow[]
  if (rows.length === 0) return {}
  const pools = rows.map(({ id, manages, hidden, dailyViews }): PoolSight => {
    if (manages === 1) return { id, manages: true, hidden: [], viewedOn: null }
    return { id, manages: false, hidden: JSON.parse(hidden) as string[], viewedOn: dailyViews === null ? null : today }
  })
  return { pools }
}

function leadPoolsFor(raw: BetterSqlite3.Database, employeeId: string | null): Pick<Actor, 'leadPools'> {
  if (employeeId === null) return {}
  const leadPools = prepared(raw, 'select pool_id from lead_pool_member where employee_id = ? order by pool_id')
    .pluck()
    .all(employeeId)
  return leadPools.length === 0 ? {} : { leadPools: leadPools as string[] }
}

type DepartmentRow = { id: string; parentId: string | null; managerId: string | null }

/**
 * Whose rows each scope reaches today. Somebody's department is the one his last employment period that has begun names, so the
 * customers of who left stay with his department. A manager belongs to the departments he manages, too.
 */
function ownersFor(raw: BetterSqlite3.Database, employeeId: string, today: string): Actor['owners'] {
  const placed = prepared(
    raw,
    `select e.id as employeeId, (select m.department_id from employment m where m.employee_id = e.id and m.valid_from <= ? order by m.valid_from desc limit 1) as departmentId
     from employee e`,
  ).all(today) as { employeeId: string; departmentId: string | null }[]
  const departments = prepared(
    raw,
    'select id, parent_id as parentId, manager_id as managerId from department',
  ).all() as DepartmentRow[]
  const own = placed.find((row) => row.employeeId === employeeId)?.departmentId
  const mine = new Set(
    departments
      .filter((department) => department.id === own || department.managerId === employeeId)
      .map((department) => department.id),
  )
  const inside = (ids: ReadonlySet<string>) => [
    ...new Set([
      employeeId,
      ...placed.flatMap((row) => (row.departmentId !== null && ids.has(row.departmentId) ? [row.employeeId] : [])),
    ]),
  ]
  return { own: [employeeId], department: inside(mine), below: inside(withBelow(departments, mine)) }
}

/** Departments and everything under them; a circle, which no rule lets happen, ends instead of hanging. */
export function withBelow(
  departments: readonly { id: string; parentId: string | null }[],
  from: ReadonlySet<string>,
): Set<string> {
  const found = new Set(from)
  let before = -1
  while (before !== found.size) {
    before = found.size
    for (const { id, parentId } of departments) if (parentId !== null && found.has(parentId)) found.add(id)
  }
  return found
}
