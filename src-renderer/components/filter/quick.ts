import { isGroup } from '../../../src-shared/kernel/filter/fields.ts'
import type { Filter, Rule } from '../../../src-shared/kernel/list.ts'

/** A value that stands for "not filled in" in a quick filter. */
export const UNSET = '-'

const isAll = (filter: Filter | null): filter is Filter => filter !== null && filter.combinator === 'and' && !filter.not
const isQuick = (part: Rule | Filter, field: string): part is Rule =>
  !isGroup(part) && part.field === field && (part.operator === 'in' || part.operator === '=') && !part.of

/** What a quick filter of a field shows as chosen: the one condition on it that everything must meet. */
export function quickValues(filter: Filter | null, field: string): readonly string[] {
  if (!isAll(filter)) return []
  const rule = filter.rules.find((part) => isQuick(part, field)) as Rule | undefined
  if (!rule) return []
  return (Array.isArray(rule.value) ? rule.value : [rule.value ?? null]).map((value) => (value === null ? UNSET : String(value)))
}

/** The same filter with other values for a field, at the place where its condition stands. */
export function withQuick(filter: Filter | null, field: string, values: readonly string[]): Filter | null {
  const rule: Rule = { field, operator: 'in', value: values.map((value) => (value === UNSET ? null : value)) }
  if (!isAll(filter)) {
    if (values.length === 0) return filter
    return { combinator: 'and', rules: filter === null ? [rule] : [filter, rule] }
  }
  const at = filter.rules.findIndex((part) => isQuick(part, field))
  const rules = at < 0 ? [...filter.rules, rule] : filter.rules.map((part, index) => (index === at ? rule : part))
  const kept = values.length > 0 ? rules : filter.rules.filter((_, index) => index !== at)
  return kept.length === 0 ? null : { ...filter, rules: kept }
}

/** The filter but for a field's quick condition: the figures beside its values must not count the condition itself. */
export const withoutQuick = (filter: Filter | null, field: string): Filter | null => withQuick(filter, field, [])
