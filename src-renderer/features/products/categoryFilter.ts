import type { Filter, Rule } from '../../../src-shared/kernel/list.ts'

const isOfCategory = (part: Rule | Filter): part is Rule =>
  !('rules' in part) && part.field === 'categoryId' && part.operator === 'under'

/** The categories a filter asks for, with what lies below them. */
export function categoriesIn(filter: Filter | null): readonly string[] {
  if (!filter || filter.combinator !== 'and' || filter.not) return []
  const value = filter.rules.find(isOfCategory)?.value
  return (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(String)
}

/** The same filter with other categories. */
export function withCategories(filter: Filter | null, ids: readonly string[]): Filter | null {
  const isPlain = filter !== null && filter.combinator === 'and' && !filter.not
  const others = isPlain ? filter.rules.filter((part) => !isOfCategory(part)) : filter ? [filter] : []
  const rules = ids.length === 0 ? others : [...others, { field: 'categoryId', operator: 'under' as const, value: [...ids] }]
  return rules.length === 0 ? null : { combinator: 'and', rules }
}
