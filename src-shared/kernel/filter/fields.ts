import type { EntityDescriptor, Related } from '../entity.ts'
import type { Filter, Rule } from '../list.ts'

/** A field that no record has: the department of whoever owns it. */
export const OWNER_DEPARTMENT = 'ownerDepartment'
/** Nor this: when the caller last opened the record. */
export const OPENED_BY_ME = 'openedByMe'
/** Whoever asks, and the people whose rows the scopes of a role reach, where a condition names employees. */
export const ASKERS = ['@me', '@department', '@below'] as const
export type Asker = (typeof ASKERS)[number]
export const isAsker = (value: unknown): value is Asker => (ASKERS as readonly unknown[]).includes(value)

const RELATED = 'related.'
/** Conditions on related records stand under the field `related.<kind>`. */
export const relatedField = (kind: string): string => `${RELATED}${kind}`
export const isRelatedField = (field: string): boolean => field.startsWith(RELATED)
/** How an entity is related to a kind of record, or undefined when it is not. */
export const relatedOf = (entity: EntityDescriptor, field: string): Related | undefined =>
  isRelatedField(field) ? entity.related?.find(({ key }) => key === field.slice(RELATED.length)) : undefined

export const isGroup = (part: Rule | Filter): part is Filter => 'rules' in part

/** Every condition of a filter with its depth, outermost groups first; conditions on related records are not looked into. */
export function rulesOf(filter: Filter): Rule[] {
  return filter.rules.flatMap((part) => (isGroup(part) ? rulesOf(part) : [part]))
}

/** The same filter without the conditions that a test picks out; groups that held nothing else go with them. Null when nothing is left. */
export function withoutRules(filter: Filter, goes: (rule: Rule) => boolean): Filter | null {
  const rules = filter.rules.flatMap((part): (Rule | Filter)[] => {
    if (!isGroup(part)) return goes(part) ? [] : [part]
    const rest = withoutRules(part, goes)
    return rest ? [rest] : []
  })
  return rules.length === 0 ? null : { ...filter, rules }
}
