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
  requireCovered(
    context.actor.permissions,
    await grantsOf(
      context.tx,
      roles.map((role) => role.roleId),
    ),
  )
}

/** @throws Refusal `roleUnknown` or `beyondYours`. */
export async function requireGivableRoles(context: CommandContext, roleIds: readonly string[]): Promise<void> {
  const known = await context.tx
    .selectFrom('role')
    .select('id')
    .where('id', 'in', [...roleIds])
    .execute()
  if (known.length !== new Set(roleIds).size) throw new Refusal('roleUnknown')
  requireCovered(context.actor.permissions, await grantsOf(context.tx, roleIds))
}

export function requireSameVersion(entity: Entity, row: { id: string; version: number }, seen: number): void {
  if (row.version !== seen) throw new Stale(entity, row.id)
}
