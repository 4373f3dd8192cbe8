import { readMoment } from '../../../src-shared/kernel/cleaning/date.ts'
import { timeOf } from '../../../src-shared/kernel/custom/values.ts'
import type { FieldDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { Importer } from '../../kernel/importer.ts'
import { apply, type Cell, type Into, problem, type Slot } from './cellInto.ts'
import { splitTags } from '../../../src-shared/kernel/cleaning/tagText.ts'

/** The option that a cell's word means. */
export function optionOf(into: Into, slot: Slot, text: string): string | null {
  const key = `${slot.entity}.${slot.field.key}`
  const chosen = into.settings.options.values[key]?.[text]
  const words = into.off.has('value') ? {} : into.settings.importer.words
  const value = chosen === undefined ? guessOption(words, slot.field, key, text) : chosen
  if (value === null && chosen === undefined) problem(into, slot.column, 'warning', 'value.unknown', text)
  else if (value !== null) apply(into, slot, 'value', text, value)
  return value
}

function guessOption(words: Importer['words'], field: FieldDescriptor, key: string, text: string): string | null {
  const bare = text.toLowerCase()
  const exact = field.options?.find(
    (option) => option.toLowerCase() === bare || `${option.toLowerCase()}级` === bare || `${option.toLowerCase()}类` === bare,
  )
  if (exact !== undefined) return exact
  for (const [option, known] of Object.entries(words[key] ?? {})) if (known.some((word) => word === bare)) return option
  return null
}

/** Several options of a cell; what is none of them is told and left out. */
export function optionsOf(into: Into, slot: Slot, text: string): string | null {
  const found = new Set(splitTags(text).flatMap((word) => optionOf(into, slot, word) ?? []))
  const inOrder = (slot.field.choices ?? []).map(({ value }) => value).filter((value) => found.has(value))
  return inOrder.length === 0 ? null : inOrder.join(',')
}

/** A time of day; one that a sheet keeps as a moment has its day left out. */
export function clockOf(into: Into, slot: Slot, { text }: Cell): string | null {
  const time = timeOf(text) ?? readMoment(text)?.time?.slice(0, 5) ?? null
  if (time === null) problem(into, slot.column, 'warning', 'time.unread', text)
  else into.shown[slot.column] = time
  return time
}

/** Of two customers of one name neither is guessed. */
export function customerOf(into: Into, slot: Slot, name: string): string | null {
  const found = into.settings.customersNamed?.(name) ?? []
  const [id] = found
  if (id === undefined || found.length > 1)
    problem(into, slot.column, 'warning', id === undefined ? 'named.unknown' : 'named.several', name)
  return found.length === 1 ? (id ?? null) : null
}
