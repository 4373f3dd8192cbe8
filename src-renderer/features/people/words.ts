import { BUILTIN_ROLES, type BuiltinRole } from '../../../src-shared/features/people/seededRoles.ts'
import { text } from '../../../src-shared/features/people/text.ts'
import type { FieldRight, Permission, Scope } from '../../../src-shared/kernel/permissions.ts'
import { registerSlice, sliceWord } from '../../kernel/slices.ts'

// These pages are opened late: their slice's words come with them, not with the first load.
registerSlice('people', text)

const word = (key: string): string => sliceWord('people', key) ?? key

export const peopleField = (key: string): string => word(`fields.${key}`)
export const permissionWord = (permission: Permission): string => word(`permissions.${permission}`)
export const scopeHint = (scope: Scope): string => word(`scopes.${scope}`)
export const rightHint = (right: FieldRight): string => word(`rights.${right}`)

/** Seeded roles are named in the language of the first run; whoever kept that name sees it in his own. */
export function roleName(role: { name: string; builtin: string | null }): string {
  const builtin = BUILTIN_ROLES.find((one) => one === role.builtin)
  return builtin && isSeededWord(`roles.${builtin}`, role.name) ? word(`roles.${builtin}`) : role.name
}
export function roleDescription(role: { description: string | null; builtin: string | null }): string | null {
  const builtin: BuiltinRole | undefined = BUILTIN_ROLES.find((one) => one === role.builtin)
  return builtin && role.description !== null && isSeededWord(`roleHints.${builtin}`, role.description)
    ? word(`roleHints.${builtin}`)
    : role.description
}
const isSeededWord = (key: string, said: string): boolean =>
  Object.values(text).some((words) => (words as Readonly<Record<string, string>>)[key] === said)
