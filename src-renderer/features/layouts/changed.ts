import { type EntityDescriptor, isCustomKey, valueIn } from '../../../src-shared/kernel/entity.ts'
import { formatPhone } from '../../kernel/format.ts'

type Values = Readonly<Record<string, unknown>>

/** With what the form of a record that stands begins, key by key; phones as they read, results of formulas left out. */
export function begunWith(entity: EntityDescriptor, record: Values): Record<string, unknown> {
  return Object.fromEntries(
    entity.fields
      .filter(({ formula }) => !formula)
      .map(({ key, type }) => {
        const value = valueIn(record, key)
        return [key, type === 'phone' && typeof value === 'string' ? formatPhone(value) : (value ?? undefined)]
      }),
  )
}

/** What was left empty is nothing, and blanks around words are not written. */
const written = (value: unknown): unknown => (typeof value === 'string' ? value.trim() || null : (value ?? null))

/**
 * Only the fields of a form that say something else than it began with: a colleague may be at the others. The company's fields stand
 * under `custom`; null when nothing was changed.
 */
export function changedFrom(begun: Values, values: Values): Record<string, unknown> | null {
  const changed = Object.entries(values)
    .map(([key, value]) => [key, written(value)] as const)
    .filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(written(begun[key])))
  if (changed.length === 0) return null
  const own = changed.filter(([key]) => !isCustomKey(key))
  const custom = changed.filter(([key]) => isCustomKey(key))
  return { ...Object.fromEntries(own), ...(custom.length > 0 && { custom: Object.fromEntries(custom) }) }
}
