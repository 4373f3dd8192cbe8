import type { EntityDescriptor } from '../entity.ts'
import type { Filter, Rule } from '../list.ts'
import { isGroup, relatedOf } from './fields.ts'

/** A value of a field that is called otherwise from now on; `entity` null: wherever there is a field of that key, as with tags. */
export type Renamed = {
  readonly entity: string | null
  readonly field: string
  readonly from: string
  readonly to: string
}

/**
 * The same filter asking by the new word wherever it asked by the old one, in conditions on related records, too.
 * @param relatedTo the descriptor behind a related condition's kind
 */
export function withRenamed(
  filter: Filter,
  entity: EntityDescriptor,
  renamed: Renamed,
  relatedTo: (name: string) => EntityDescriptor,
): Filter {
  return {
    ...filter,
    rules: filter.rules.map((part): Rule | Filter => {
      if (isGroup(part)) return withRenamed(part, entity, renamed, relatedTo)
      const related = relatedOf(entity, part.field)
      if (related && part.of)
        return { ...part, of: withRenamed(part.of as Filter, relatedTo(related.entity), renamed, relatedTo) as Rule['of'] }
      const isIt = part.field === renamed.field && (renamed.entity === null || renamed.entity === entity.name)
      return isIt ? { ...part, value: renamedIn(part.value, renamed) as Rule['value'] } : part
    }),
  }
}

/** What is said twice afterwards is said once. */
function renamedIn(value: unknown, { from, to }: Renamed): unknown {
  if (Array.isArray(value)) return [...new Set((value as unknown[]).map((one) => (one === from ? to : one)))]
  return value === from ? to : value
}
