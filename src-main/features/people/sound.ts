import { sql } from 'kysely'
import { requireAdminLeft, requireCovered, requireSoundParent } from '../../../src-shared/features/people/rules.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { ReadDb, WriteTx } from '../../kernel/database.ts'
import { Stale } from '../../kernel/errors.ts'
import type { Entity } from '../../../src-shared/kernel/procedure.ts'
import { activeAdmins, grantsOf } from './read.ts'

/** What must hold of people after any change, an undo included: an administrator who can sign in, and departments without circles. */
export async function requireSoundPeople(db: ReadDb | WriteTx): Promise<void> {
  requireAdminLeft(await activeAdmins(db))
  const departments = await db.selectFrom('department').select(['id', 'name', 'parentId']).execute()
  for (const department of departments) requireSoundParent(departments, department.id, department.parentId)
}

/** Nobody touches an account that may do more than he may himself: not its roles, password, state or leaving. */
export async function requireUserCovered(context: CommandContext, userId: string): Promise<void> {
  const roles = await context.tx.selectFrom('userRole').select('roleId').where('userId', '=', userId).execute()
  const roleIds = roles.map((role) => role.roleId)
  // An account without a role may do nothing, so there is nothing to have less of.
  if (roleIds.length > 0) requireCovered(context.actor, await grantsOf(context.tx, roleIds))
}

/** The roles and accounts that a command changed: by what its rows say now, or said before it. */
export type Touched = { roles: readonly string[]; users: readonly string[] }
export async function rightsTouchedBy(tx: WriteTx, seq: number): Promise<Touched> {
  const { rows } = await sql<{ roleId: string | null; userId: string | null }>`
    select case j.tbl when 'role' then j.row_id when 'role_permission' then coalesce(j.before ->> 'role_id', p.role_id)
        when 'role_field_right' then coalesce(j.before ->> 'role_id', f.role_id) end as role_id,
      case j.tbl when 'user_account' then j.row_id when 'user_role' then coalesce(j.before ->> 'user_id', u.user_id)
        when 'employee' then case when j.before ->> 'left_on' is not j.after ->> 'left_on' then a.id end end as user_id
    from journal j left join role_permission p on j.tbl = 'role_permission' and p.id = j.row_id
    left join role_field_right f on j.tbl = 'role_field_right' and f.id = j.row_id
    left join user_role u on j.tbl = 'user_role' and u.id = j.row_id
    left join user_account a on j.tbl = 'employee' and a.employee_id = j.row_id
    where j.seq = ${seq} and j.tbl in ('role', 'role_permission', 'role_field_right', 'user_account', 'user_role', 'employee')`.execute(
    tx,
  )
  const given = (ids: (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))]
  return { roles: given(rows.map(({ roleId }) => roleId)), users: given(rows.map(({ userId }) => userId)) }
}

/** Asked before and after an undo, as the commands themselves ask: neither the old rights nor the new ones are beyond the caller. */
export async function requireTouchedCovered(context: CommandContext, { roles, users }: Touched): Promise<void> {
  const there = roles.length === 0 ? [] : await context.tx.selectFrom('role').select('id').where('id', 'in', roles).execute()
  for (const { id } of there) requireCovered(context.actor, await grantsOf(context.tx, [id]))
  for (const id of users) await requireUserCovered(context, id)
}

/** @throws Refusal `roleUnknown` or `beyondYours`. */
export async function requireGivableRoles(context: CommandContext, roleIds: readonly string[]): Promise<void> {
  const known = await context.tx
    .selectFrom('role')
    .select('id')
    .where('id', 'in', [...roleIds])
    .execute()
  if (known.length !== new Set(roleIds).size) throw new Refusal('roleUnknown')
  requireCovered(context.actor, await grantsOf(context.tx, roleIds))
}

export function requireSameVersion(entity: Entity, row: { id: string; version: number }, seen: number): void {
  if (row.version !== seen) throw new Stale(entity, row.id)
}
