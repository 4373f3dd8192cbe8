import { useMemo } from 'react'
import { isRequired, isVisible } from '../../../src-shared/kernel/custom/rules.ts'
import type { EntityDescriptor, FieldDescriptor } from '../../../src-shared/kernel/entity.ts'
import { dateIn } from '../../../src-shared/kernel/dateIn.ts'
import { nowIso } from '../../kernel/clock.ts'
import { useClock } from '../../kernel/context.tsx'

type Record_ = Readonly<Record<string, unknown>>
export type FieldRules = {
  readonly shown: (field: FieldDescriptor) => boolean
  readonly required: (field: FieldDescriptor) => boolean
}

/** What the rules of fields say of a record as it is being written; the backend asks the same functions when it is saved. */
export function useFieldRules(entity: EntityDescriptor, record: Record_): FieldRules {
  // Drawn again with the minute: the day may have turned.
  const { zone } = useClock()
  const today = dateIn(nowIso(), zone)
  return useMemo(() => {
    const env = { today: () => today, zone: () => zone }
    const stored = flat(record)
    return {
      shown: (field) => isVisible(entity, field, stored, env),
      required: (field) => field.required === true || isRequired(entity, field, stored, env),
    }
  }, [entity, record, today, zone])
}

/** Several options are one text where rules and formulas read them. */
const flat = (record: Record_): Record_ =>
  Object.fromEntries(
    Object.entries(record).map(([key, value]) => [key, Array.isArray(value) && key !== 'tags' ? value.join(',') || null : value]),
  )

/** With what a form begins: what the company says of its fields, over what the program says. */
export function defaultsOf(entity: EntityDescriptor, today: string): Record<string, unknown> {
  return Object.fromEntries(
    entity.fields.flatMap(({ key, type, setting }) => {
      const value = setting?.defaultValue ?? null
      if (value === null) return []
      if (type === 'date' && value === 'today') return [[key, today]]
      return [[key, type === 'multiSelect' && typeof value === 'string' ? value.split(',') : value]]
    }),
  )
}
