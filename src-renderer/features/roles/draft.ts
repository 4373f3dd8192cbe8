import type { Role } from '../../../src-shared/features/people/model.ts'
import { SEEDED_ROLES } from '../../../src-shared/features/people/seededRoles.ts'
import type { FieldRight, Permission, Scope } from '../../../src-shared/kernel/permissions.ts'

/** Rights as they are edited: a permission that is absent is not given, a field that is absent may be written. */
export type Draft = {
  readonly permissions: Readonly<Partial<Record<Permission, Scope>>>
  /** Keyed `<entity>.<field>`. */
  readonly fields: Readonly<Record<string, FieldRight>>
}
type Rights = Pick<Role, 'permissions' | 'fieldRights'>

export const draftOf = (role: Rights): Draft => ({
  permissions: Object.fromEntries(role.permissions.map(({ permission, scope }) => [permission, scope])),
  fields: Object.fromEntries(role.fieldRights.map(({ entity, field, right }) => [`${entity}.${field}`, right])),
})

/** What a role began with. One that was made here began with nothing: there the saved state is what cells are compared with. */
export function defaultOf(role: Pick<Role, 'builtin'> & Rights): Draft {
  const seeded = SEEDED_ROLES.find((one) => one.builtin === role.builtin)
  return seeded ? { permissions: seeded.permissions, fields: seeded.fieldRights ?? {} } : draftOf(role)
}

export const rightsOf = (draft: Draft): Rights => ({
  permissions: Object.entries(draft.permissions).map(([permission, scope]) => ({ permission: permission as Permission, scope })),
  fieldRights: Object.entries(draft.fields).map(([key, right]) => {
    const [entity = '', field = ''] = key.split('.')
    return { entity, field, right }
  }),
})

export function withPermission(draft: Draft, permission: Permission, scope: Scope | null): Draft {
  const { [permission]: _, ...rest } = draft.permissions
  return { ...draft, permissions: scope === null ? rest : { ...rest, [permission]: scope } }
}

/** "write" is what a field without an exception has. */
export function withField(draft: Draft, key: string, right: FieldRight): Draft {
  const { [key]: _, ...rest } = draft.fields
  return { ...draft, fields: right === 'write' ? rest : { ...rest, [key]: right } }
}

const differing = (a: Readonly<Record<string, string | undefined>>, b: Readonly<Record<string, string | undefined>>): number =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((key) => a[key] !== b[key]).length

/** In how many places two states of a role differ. */
export const changesBetween = (a: Draft, b: Draft): number =>
  differing(a.permissions, b.permissions) + differing(a.fields, b.fields)
