import type { Access } from '../../../src-shared/features/looking/contract.ts'
import type { Role, RolePreview } from '../../../src-shared/features/people/model.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import { type FieldRight, type Permission, PERMISSIONS, type Scope } from '../../../src-shared/kernel/permissions.ts'
import { dateIn } from '../../../src-shared/kernel/time.ts'
import type { QueryContext } from '../../kernel/context.ts'
import { NotFound } from '../../kernel/errors.ts'
import { readRoles } from '../people/public.ts'
import { readNames, readPlaceOf, readPoolNames } from './store.ts'

const NAMED = 12
const NOTHING = { customers: null, contacts: null, followUps: null }

/** What an account may do and see: the policy's own actor, with the roles that make him so. */
export async function accessOf(context: QueryContext, userId: string): Promise<Access> {
  const today = dateIn(context.now(), context.services.timeZone())
  const place = await readPlaceOf(context.db, userId, today)
  if (!place) throw new NotFound('user', userId)
  const { roleIds, ...person } = place
  const roles = (await readRoles(context.db)).filter(({ id }) => roleIds.includes(id))
  const actor = context.services.actorOf(userId)
  const said = {
    ...person,
    userId: userId as Access['userId'],
    roles: roles.map(({ id, name, builtin }) => ({ id, name, builtin })),
  }
  const nobody = { count: 0, names: [] }
  if (!actor)
    return { ...said, active: false, permissions: [], fields: [], department: nobody, below: nobody, pools: [], ...NOTHING }
  const { permissions, fieldRights, owners, pools = [] } = actor
  const names = await readPoolNames(context.db)
  const { customers, contacts, followUps } = await context.scan<RolePreview>('people.previewRole', {
    actor: context.actor,
    userId,
    today,
    permissions,
    fieldRights,
  })
  return {
    ...said,
    active: true,
    permissions: permissionsOf(actor, roles),
    fields: fieldsOf(actor, roles),
    department: await reachOf(context, owners.department),
    below: await reachOf(context, owners.below),
    pools: pools.map(({ id, manages }) => ({ id, name: names.get(id) ?? '', manages })),
    customers,
    contacts,
    followUps,
  }
}

const gives = (role: Role, permission: Permission, scope: Scope): boolean =>
  role.builtin === 'admin' || role.permissions.some((one) => one.permission === permission && one.scope === scope)

function permissionsOf({ permissions }: Actor, roles: readonly Role[]): Access['permissions'] {
  return PERMISSIONS.flatMap((permission) => {
    const scope = permissions[permission]
    if (scope === undefined) return []
    return [{ permission, scope, from: roles.filter((role) => gives(role, permission, scope)).map(({ id }) => id) }]
  })
}

/** A field is kept from him only where every one of his roles says so; those are named that leave him the most. */
function fieldsOf({ fieldRights }: Actor, roles: readonly Role[]): Access['fields'] {
  return Object.entries(fieldRights).map(([key, right]: [string, FieldRight]) => {
    const [entity = '', field = ''] = key.split('.')
    const from = roles.filter((role) =>
      role.fieldRights.some((one) => one.entity === entity && one.field === field && one.right === right),
    )
    return { entity, field, right, from: from.map(({ id }) => id) }
  })
}

async function reachOf(context: QueryContext, ids: readonly string[]): Promise<Access['department']> {
  return { count: ids.length, names: await readNames(context.db, ids.slice(0, NAMED)) }
}
