import { roleText } from '../../../src-shared/features/people/roleText.ts'
import { BUILTIN_ROLES } from '../../../src-shared/features/people/seededRoles.ts'
import { currentLanguage } from '../../kernel/text.ts'

/** Seeded roles are named in the language of the first run; whoever kept that name sees it in his own. */
export function roleName(role: { name: string; builtin: string | null }): string {
  const builtin = BUILTIN_ROLES.find((one) => one === role.builtin)
  const isSeeded = builtin && Object.values(roleText).some((words) => words[`roles.${builtin}`] === role.name)
  return isSeeded ? roleText[currentLanguage()][`roles.${builtin}`] : role.name
}
