import type { DuplicateColumn, DuplicateDetail } from '../../../src-shared/features/duplicates/model.ts'
import { type Clock, formatInstant, formatMoney, formatNumber, formatPhone } from '../../kernel/format.ts'
import { optionWord } from '../../kernel/slices.ts'

export type DetailRow = DuplicateDetail['rows'][number]
type Value = DetailRow['values'][number]
type Words = { yes: string; no: string; separator: string }

/** A value as the record page writes it. */
export function shownValue(row: Omit<DetailRow, 'values'>, value: Value, clock: Clock, words: Words): string {
  if (value === null || value === '') return ''
  if (Array.isArray(value)) return value.join(words.separator)
  if (typeof value === 'boolean') return value ? words.yes : words.no
  if (typeof value === 'number') return row.type === 'money' ? formatMoney(value) : formatNumber(value)
  if (row.type === 'select') return row.label === null ? optionWord(row.feature, row.field, value) : value
  if (row.type === 'phone') return value.startsWith('+') ? formatPhone(value) : value
  return row.type === 'instant' ? formatInstant(value, clock) : value
}

/** What differs by itself between any two records says nothing. */
const NEVER_MARKED = new Set(['contacts', 'followUps', 'createdAt', 'lastFollowUpAt', 'nextFollowUpAt'])

/** Which cells say something else than the first one that says anything. */
export function differing(field: string, shown: readonly string[]): boolean[] {
  const first = shown.find((value) => value !== '')
  return shown.map((value) => !NEVER_MARKED.has(field) && value !== '' && value !== first)
}

/** Below certainty nobody is told a hundred. */
export const percentOf = (score: number): string => `${Math.min(99, Math.floor(score / 10))}%`

/** Who may be kept while the others go: those one sees who are not in the bin already. */
export const removable = (columns: readonly DuplicateColumn[]): readonly DuplicateColumn[] =>
  columns.filter(({ id, deleted }) => id !== null && !deleted)
