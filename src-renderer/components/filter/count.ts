import { isGroup } from '../../../src-shared/kernel/filter/fields.ts'
import type { Filter } from '../../../src-shared/kernel/list.ts'

/** How many conditions a filter has, groups counted by what is in them. */
export const countRules = (filter: Filter | null): number =>
  filter === null ? 0 : filter.rules.reduce((sum, part) => sum + (isGroup(part) ? countRules(part) : 1), 0)
