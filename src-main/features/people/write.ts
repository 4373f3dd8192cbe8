import type { Period } from '../../../src-shared/features/people/rules.ts'
import { BUILTIN_ROLES, SEEDED_ROLES } from '../../../src-shared/features/people/seededRoles.ts'
import { text } from '../../../src-shared/features/people/text.ts'
import { sortKey } from '../../../src-shared/kernel/pinyin/pinyin.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { loginKey } from '../session/public.ts'

export async function insertDepartment(
  context: CommandContext,
  values: { name: string; parentId: string | null; managerId?: string | null; position?: number },
): Promise<string> {
  const id = context.newId()
  const at = context.now()
  await context.tx
    .insertInto('department')
    .values({
      id,
      name: values.name,
      parentId: values.parentId,
      managerId: values.managerId ?? null,
      position: values.position ?? 0,
      createdAt: at,
      updatedAt: at,
    })
    .execute()
  return id
}

export type NewPerson = {
  name: string
  phone?: string | null
  email?: string | null
  hiredOn?: string | null
  leftOn?: string | null
}

export async function insertEmployee(
  context: CommandContext,
  person: NewPerson,
  period: Partial<Period> & { from: string },
  id = context.newId(),
): Promise<string> {
  const at = context.now()
  const { name, phone = null, email = null, hiredOn = null, leftOn = null } = person
  await context.tx
    .insertInto('employee')
    .values({ id, name, nameSort: sortKey(name), phone, email, hiredOn, leftOn, createdAt: at, updatedAt: at })
    .execute()
  await insertPeriod(context, id, { departmentId: null, managerId: null, rank: null, team: null, ...period })
  return id
}

export async function insertPeriod(
  context: CommandContext,
  employeeId: string,
  period: Period & { from: string },
): Promise<void> {
  const { from, departmentId, managerId, rank, team } = period
  await context.tx
    .insertInto('employment')
    .values({
      id: context.newId(),
      employeeId,
      departmentId,
      managerId,
      rank,
      team,
      validFrom: from,
      validTo: null,
      createdAt: context.now(),
    })
    .execute()
}

export async function insertUser(
  context: CommandContext,
  user: { employeeId: string | null; login: string; roleIds: readonly string[] },
): Promise<string> {
  const id = context.newId()
  const at = context.now()
  await context.tx
    .insertInto('userAccount')
    .values({
      id,
      employeeId: user.employeeId,
      login: user.login.trim(),
      loginKey: loginKey(user.login),
      disabledAt: null,
      createdAt: at,
      updatedAt: at,
    })
    .execute()
  await insertUserRoles(context, id, user.roleIds)
  return id
}

export async function insertUserRoles(context: CommandContext, userId: string, roleIds: readonly string[]): Promise<void> {
  for (const roleId of roleIds) await context.tx.insertInto('userRole').values({ id: context.newId(), userId, roleId }).execute()
}

type RoleRights = {
  permissions: readonly { permission: string; scope: string }[]
  fieldRights: readonly { entity: string; field: string; right: string }[]
}

export async function insertRole(
  context: CommandContext,
  role: { name: string; description: string | null; builtin: string | null } & RoleRights,
): Promise<string> {
  const id = context.newId()
  const at = context.now()
  await context.tx
    .insertInto('role')
    .values({ id, name: role.name, builtin: role.builtin, description: role.description, createdAt: at, updatedAt: at })
    .execute()
  await insertPermissions(context, id, role.permissions)
  await insertFieldRights(context, id, role.fieldRights)
  return id
}

export async function insertPermissions(
  context: CommandContext,
  roleId: string,
  permissions: RoleRights['permissions'],
): Promise<void> {
  for (const { permission, scope } of permissions)
    await context.tx.insertInto('rolePermission').values({ id: context.newId(), roleId, permission, scope }).execute()
}

export async function insertFieldRights(
  context: CommandContext,
  roleId: string,
  rights: RoleRights['fieldRights'],
): Promise<void> {
  for (const { entity, field, right } of rights)
    await context.tx
      .insertInto('roleFieldRight')
      .values({ id: context.newId(), roleId, entity, field, fieldRight: right })
      .execute()
}

/** The roles a new workspace begins with. @returns the id of the administrator's. */
export async function seedRoles(context: CommandContext, language: 'zh-CN' | 'en-US' = 'zh-CN'): Promise<string> {
  const ids = new Map<string, string>()
  for (const { builtin, permissions, fieldRights = {} } of SEEDED_ROLES) {
    const words = text[language]
    const rights = Object.entries(fieldRights).map(([key, right]) => ({
      entity: key.split('.')[0] ?? '',
      field: key.split('.')[1] ?? '',
      right,
    }))
    const given = Object.entries(permissions).map(([permission, scope]) => ({ permission, scope }))
    ids.set(
      builtin,
      await insertRole(context, {
        name: words[`roles.${builtin}`],
        description: words[`roleHints.${builtin}`],
        builtin,
        permissions: given,
        fieldRights: rights,
      }),
    )
  }
  return ids.get(BUILTIN_ROLES[0]) ?? ''
}
