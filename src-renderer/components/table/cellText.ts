import { birthdayShown } from '../../../src-shared/kernel/birthday.ts'
import { chosenIn } from '../../../src-shared/kernel/custom/chosen.ts'
import { customWord } from '../../../src-shared/kernel/custom/values.ts'
import { type FieldDescriptor, isCustomKey } from '../../../src-shared/kernel/entity.ts'
import { formatInstantFull, formatPhone } from '../../kernel/format.ts'
import { optionWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { text } from '../text.ts'
import { useClock } from '../../kernel/context.tsx'
import { useMemo } from 'react'

/** As one dials it at home: a spreadsheet makes a figure of what begins with a plus. */
export const dialled = (phone: string): string => (/^\+861\d{10}$/.test(phone) ? phone.slice(3) : formatPhone(phone))

/** Name and phone in one line; a number that is masked helps nobody. */
export const cardOf = (name: string, phone: string | null): string =>
  phone === null || phone.includes('*') ? name : `${name} ${formatPhone(phone)}`

export type CellWords = { readonly zone: string; readonly yes: string; readonly no: string }

/** A level is its letter: 「A 级」 would not be read back as the choice it is. */
function optionText(feature: string, field: FieldDescriptor, value: unknown): string {
  if (field.choices) return customWord(field, value) ?? ''
  return /^[A-Z]$/.test(String(value)) ? String(value) : optionWord(feature, field.key, String(value))
}

/** A value as it is copied into a spreadsheet, and read again when it is pasted back. */
export function plainValue(feature: string, field: FieldDescriptor, value: unknown, { zone, yes, no }: CellWords): string {
  // The result of a formula that cannot be worked out is nothing to copy.
  if (value === null || value === undefined || value === '' || (typeof value === 'object' && 'error' in value)) return ''
  switch (field.type) {
    case 'boolean':
      return value === true ? yes : no
    case 'money':
      return typeof value === 'number' ? (value / 100).toFixed(2) : ''
    case 'instant':
      return formatInstantFull(String(value), zone)
    case 'birthday':
      return birthdayShown(String(value))
    case 'phone':
      return dialled(String(value))
    case 'tags':
      return Array.isArray(value) ? value.join('、') : ''
    case 'multiSelect':
      return chosenIn(value)
        .map((one) => field.choices?.find((choice) => choice.value === one)?.label ?? one)
        .join('、')
    case 'select':
      return optionText(feature, field, value)
    default:
      return isCustomKey(field.key) ? (customWord(field, value) ?? '') : String(value)
  }
}

export function useCellWords(): CellWords {
  const t = useText(text)
  const { zone } = useClock()
  return useMemo(() => ({ zone, yes: t('yes'), no: t('no') }), [zone, t])
}
