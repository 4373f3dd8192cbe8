import type { FieldType } from '../../../src-shared/kernel/entity.ts'
import { formatMoney, formatNumber } from '../../kernel/format.ts'
import { optionWord } from '../../kernel/slices.ts'

export type DuplicateField = {
  entity: string
  feature: string
  field: string
  /** Which of the contacts of a row, counted from 0. */
  at: number
  file: string
  there: string
  said?: string | undefined
  type?: FieldType | undefined
}

type YesNo = { yes: string; no: string }
const isFigure = (text: string): boolean => text !== '' && Number.isFinite(Number(text))

/** A stored value as the page writes it; what is masked, or no value of its kind, as it came. */
function inWords({ feature, field, type }: DuplicateField, text: string, { yes, no }: YesNo): string {
  if (type === 'money' && isFigure(text)) return formatMoney(Number(text))
  if (type === 'number' && isFigure(text)) return formatNumber(Number(text))
  if (type === 'boolean') return /^(?:true|1)$/.test(text) ? yes : /^(?:false|0)$/.test(text) ? no : text
  return optionWord(feature, field, text)
}

/** Both sides are kept as stored and shown, and compared, as the page writes them. */
export const besideWords = (one: DuplicateField, words: YesNo): DuplicateField => ({
  ...one,
  file: inWords(one, one.file, words),
  there: inWords(one, one.there, words),
})

/** Who it is, then how to reach them, then where they are; the rest as the file has it. */
const FIRST = [
  'customer.name',
  'contact.name',
  'customer.creditCode',
  'customer.phone',
  'contact.phone',
  'customer.phone2',
  'contact.phone2',
  'customer.email',
  'customer.province',
  'customer.city',
  'customer.district',
  'customer.address',
  'customer.ownerId',
  'customer.poolId',
  'customer.source',
]
const rank = ({ entity, field, at }: DuplicateField): number => {
  const place = FIRST.indexOf(`${entity}.${field}`)
  // A second and third contact come after everything about the customer, each in one piece.
  return at > 0 ? FIRST.length + at : place < 0 ? FIRST.length : place
}

/** Both sides say something, and not the same: that is what somebody has to decide about. */
export const differs = ({ file, there }: Pick<DuplicateField, 'file' | 'there'>): boolean =>
  file !== '' && there !== '' && file !== there

export const besideOrder = (fields: readonly DuplicateField[]): readonly DuplicateField[] =>
  fields.filter(({ file, there }) => file !== '' || there !== '').toSorted((a, b) => rank(a) - rank(b))
