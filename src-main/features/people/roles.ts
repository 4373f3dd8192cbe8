import type { Role } from '../../../src-shared/features/people/model.ts'
import { requireAdminUncut, requireCovered, requireKnownFields } from '../../../src-shared/features/people/rules.ts'
import { cleanName, cleanText } from '../../../src-shared/kernel/cleaning/text.ts'
import { type FieldRight, isScoped } from '../../../src-shared/kernel/permissions.ts'
import { dateIn } from '../../../src-shared/kernel/time.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { onCommand, onQuery } from '../../kernel/pipeline.ts'
import { readRole, readRoles } from './read.ts'
import { requireSameVersion } from './sound.ts'
import { insertFieldRights, insertPermissions, insertRole } from './write.ts'

type Permissions = Role['permissions']
type FieldRights = Role['fieldRights']

/** Each permission once; what has no scope is given for everything. Fields without an entry may be written, so "write" is no entry. */
const permissionsOf = (given: Permissions): Permissions => [
  ...new Map(
    given.map(({ permission, scope }) => [permission, { permission, scope: isScoped(permission) ? scope : ('all' as const) }]),
  ).values(),
]
const fieldRightsOf = (given: FieldRights): FieldRights =>
  [...new Map(given.map((entry) => [`${entry.entity}.${entry.field}`, entry])).values()].filter(
    (entry) => entry.right !== 'write',
  )
const keyed = (given: FieldRights): Record<string, FieldRight> =>
  Object.fromEntries(given.map(({ entity, field, right }) => [`${entity}.${field}`, right]))
const descriptionOf = (given: string | null): string | null => (given === null ? null : cleanText(given) || null)

export const roleHandlers = {
  roles: onQuery.people.roles.handler(({ context }) => readRoles(context.db)),

  previewRole: onQuery.people.previewRole.handler(({ input, context }) =>
    context.scan('people.previewRole', {
      actor: context.actor,
      userId: input.userId,
      today: dateIn(context.now(), context.services.timeZone()),
      permissions: Object.fromEntries(permissionsOf(input.permissions).map(({ permission, scope }) => [permission, scope])),
      fieldRights: keyed(fieldRightsOf(input.fieldRights)),
    }),
  ),

  createRole: onCommand.people.createRole.handler(async ({ input, context }) => {
    const name = cleanName(input.name)
    await requireFreeName(context, name, null)
    requireKnownFields(context.entities.values(), input.fieldRights)
    const permissions = permissionsOf(input.permissions)
    requireCovered(context.actor, { permissions, fieldRights: keyed(input.fieldRights) })
    const id = await insertRole(context, {
      name,
      description: descriptionOf(input.description),
      builtin: null,
      permissions,
      fieldRights: fieldRightsOf(input.fieldRights),
    })
    context.record({ entity: 'role', id, action: 'created' })
    return readRole(context.tx, id)
  }),

  editRole: onCommand.people.editRole.handler(async ({ input, context }) => {
    const row = await readRole(context.tx, input.id)
    requireSameVersion('role', row, input.version)
    requireAdminUncut(row.builtin, input)
    requireKnownFields(context.entities.values(), input.fieldRights ?? [])
    // Neither a role that gives more than one's own may be changed, nor one's own be made to give more.
    requireCovered(context.actor, { permissions: row.permissions, fieldRights: keyed(row.fieldRights) })
    requireCovered(context.actor, {
      permissions: permissionsOf(input.permissions ?? []),
      fieldRights: keyed(input.fieldRights ?? row.fieldRights),
    })
    const name = input.name === undefined ? row.name : cleanName(input.name)
    if (name !== row.name) await requireFreeName(context, name, row.id)
    const description = input.description === undefined ? row.description : descriptionOf(input.description)
    const given = input.permissions !== undefined && (await changePermissions(context, row, permissionsOf(input.permissions)))
    const fields = input.fieldRights !== undefined && (await changeFieldRights(context, row, fieldRightsOf(input.fieldRights)))
    if (!given && !fields && name === row.name && description === row.description) context.unchanged()
    else {
      await context.tx
        .updateTable('role')
        .set((eb) => ({ name, description, updatedAt: context.now(), version: eb('version', '+', 1) }))
        .where('id', '=', row.id)
        .execute()
      context.record({ entity: 'role', id: row.id, action: 'edited' })
      context.afterCommit(context.services.rightsChanged)
    }
    return readRole(context.tx, row.id)
  }),

  removeRole: onCommand.people.removeRole.handler(async ({ input, context }) => {
    const row = await readRole(context.tx, input.id)
    if (row.builtin !== null) throw new Refusal('builtin')
    if (row.userCount > 0) throw new Refusal('inUse', { count: row.userCount })
    requireCovered(context.actor, { permissions: row.permissions, fieldRights: keyed(row.fieldRights) })
    await context.tx.deleteFrom('rolePermission').where('roleId', '=', row.id).execute()
    await context.tx.deleteFrom('roleFieldRight').where('roleId', '=', row.id).execute()
    await context.tx.deleteFrom('role').where('id', '=', row.id).execute()
    context.record({ entity: 'role', id: row.id, action: 'removed', detail: { name: row.name } })
    return { id: row.id }
  }),
}

async function requireFreeName(context: CommandContext, name: string, exceptId: string | null): Promise<void> {
  const roles = await context.tx.selectFrom('role').select(['id', 'name']).execute()
  if (roles.some((role) => role.id !== exceptId && role.name.toLowerCase() === name.toLowerCase()))
    throw new Refusal('nameTaken', { name })
}

/** Row by row, so that the history shows which right came, went or changed its reach. @returns whether anything did. */
async function changePermissions(context: CommandContext, row: Role, wanted: Permissions): Promise<boolean> {
  const gone = row.permissions.filter((old) => !wanted.some((one) => one.permission === old.permission))
  const moved = wanted.filter((one) =>
    row.permissions.some((old) => old.permission === one.permission && old.scope !== one.scope),
  )
  const added = wanted.filter((one) => !row.permissions.some((old) => old.permission === one.permission))
  for (const { permission } of gone)
    await context.tx.deleteFrom('rolePermission').where('roleId', '=', row.id).where('permission', '=', permission).execute()
  for (const { permission, scope } of moved)
    await context.tx
      .updateTable('rolePermission')
      .set({ scope })
      .where('roleId', '=', row.id)
      .where('permission', '=', permission)
      .execute()
  await insertPermissions(context, row.id, added)
  return gone.length + moved.length + added.length > 0
}

async function changeFieldRights(context: CommandContext, row: Role, wanted: FieldRights): Promise<boolean> {
  const same = (a: FieldRights[number], b: FieldRights[number]) => a.entity === b.entity && a.field === b.field
  const gone = row.fieldRights.filter((old) => !wanted.some((one) => same(one, old)))
  const moved = wanted.filter((one) => row.fieldRights.some((old) => same(one, old) && old.right !== one.right))
  const added = wanted.filter((one) => !row.fieldRights.some((old) => same(one, old)))
  const at = (entry: FieldRights[number]) => ({ roleId: row.id, entity: entry.entity, field: entry.field })
  for (const entry of gone)
    await context.tx
      .deleteFrom('roleFieldRight')
      .where((eb) => eb.and(at(entry)))
      .execute()
  for (const entry of moved)
    await context.tx
      .updateTable('roleFieldRight')
      .set({ fieldRight: entry.right })
      .where((eb) => eb.and(at(entry)))
      .execute()
  await insertFieldRights(context, row.id, added)
  return gone.length + moved.length + added.length > 0
}
