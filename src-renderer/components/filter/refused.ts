import { CHANGED_IN } from '../../../src-shared/kernel/changedIn.ts'
import { isRelatedField, rulesOf, withoutRules } from '../../../src-shared/kernel/filter/fields.ts'
import type { Filter, Rule } from '../../../src-shared/kernel/list.ts'
import type { FilterField } from './filterField.ts'

const isKnown = (rule: Rule, fields: readonly FilterField[]): boolean => {
  if (rule.field === CHANGED_IN) return true
  const field = fields.find(({ key }) => key === rule.field)
  if (!field) return false
  return !rule.of || rulesOf(rule.of).every((inner) => isKnown(inner, field.fields ?? []))
}

/** Conditions that the caller may not ask by, or that name what no longer exists: such a filter is not asked at all. */
export const refusedRules = (filter: Filter | null, fields: readonly FilterField[]): readonly Rule[] =>
  filter === null ? [] : rulesOf(filter).filter((rule) => !isKnown(rule, fields))

export const withoutRefused = (filter: Filter, fields: readonly FilterField[]): Filter | null =>
  withoutRules(filter, (rule) => !isKnown(rule, fields))

/** The fields behind refused conditions, those within a related record by their own names. */
export function refusedFields(
  rules: readonly Rule[],
  fields: readonly FilterField[],
): readonly { key: string; isRelated: boolean }[] {
  return rules.flatMap((rule) => {
    const field = fields.find(({ key }) => key === rule.field)
    if (!field || !rule.of) return [{ key: rule.field, isRelated: isRelatedField(rule.field) }]
    return rulesOf(rule.of)
      .filter((inner) => !isKnown(inner, field.fields ?? []))
      .map((inner) => ({ key: inner.field, isRelated: false }))
  })
}
