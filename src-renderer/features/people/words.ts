import { BUILTIN_ROLES, type BuiltinRole } from '../../../src-shared/features/people/seededRoles.ts'
import { text } from '../../../src-shared/features/people/text.ts'
import type { FieldRight, Permission, Scope } from '../../../src-shared/kernel/permissions.ts'
import { registerSlice, sliceWord } from '../../kernel/slices.ts'

// These pages are opened late: their slice's words come with them, not with the first load.
registerSlice('people', text)

export { roleName } from './roleName.ts'

const word = (key: string): string => sliceWord('people', key) ?? key

export const peopleField = (key: string): string => word(`fields.${key}`)
export const permissionWord = (permission: Permission): string => word(`permissions.${permission}`)
export const scopeHint = (scope: Scope): string => word(`scopes.${scope}`)
export const rightHint = (right: FieldRight): string => word(`rights.${right}`)

export function roleDescription(role: { description: string | null; builtin: string | null }): string | null {
  const builtin: BuiltinRole | undefined = BUILTIN_ROLES.find((one) => one === role.builtin)
  return builtin && role.description !== null && isSeededWord(`roleHints.${builtin}`, role.description)
    ? word(`roleHints.${builtin}`)
    : role.description
}
const isSeededWord = (key: string, said: string): boolean =>
  Object.values(text).some((words) => (words as Readonly<Record<string, string>>)[key] === said)
