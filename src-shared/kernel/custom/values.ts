import { formatPhone } from '../cleaning/phoneDisplay.ts'
import { readPhones } from '../cleaning/phone.ts'
import { cleanLongText, cleanText } from '../cleaning/text.ts'
import { type EntityDescriptor, type FieldDescriptor, findField, isCustomKey } from '../entity.ts'
import { Refusal } from '../refusal.ts'
import { BusinessDate } from '../time.ts'
import type { CustomValue } from './model.ts'

type Values = Record<string, unknown>

/** What a value of an added field may be refused for; every sentence names the field. */
export const CUSTOM_REFUSALS = [
  'customUnknown',
  'customArchived',
  'notText',
  'textTooLong',
  'notANumber',
  'tooManyDigits',
  'notAnAmount',
  'notADay',
  'notAChoice',
  'notYesOrNo',
  'notAnEmail',
  'notALink',
] as const
export type CustomRefusal = (typeof CUSTOM_REFUSALS)[number]

const refused = (reason: CustomRefusal, field: FieldDescriptor | string): Refusal<CustomRefusal> =>
  new Refusal(reason, typeof field === 'string' ? { label: field } : { label: field.label ?? field.key, field: field.key })

/**
 * Values as an API names them, the added fields apart in `custom`, to one level, cleaned and checked: what the engine writes.
 * @throws Refusal naming the field
 */
export function flatValues<Given extends { custom?: Readonly<Record<string, CustomValue>> | undefined }>(
  entity: EntityDescriptor,
  values: Given,
): Omit<Given, 'custom'> {
  const { custom, ...own } = values
  const added = Object.entries(custom ?? {}).map(([key, value]) => [key, cleanCustom(customField(entity, key), value)])
  return { ...own, ...Object.fromEntries(added) }
}

function customField(entity: EntityDescriptor, key: string): FieldDescriptor {
  const field = isCustomKey(key) ? findField(entity, key) : undefined
  if (field) return field
  const old = entity.archived?.find((one) => one.key === key)
  throw old ? refused('customArchived', old) : refused('customUnknown', key)
}

/** One value as it is stored, or null for nothing. @throws Refusal naming the field */
export function cleanCustom(field: FieldDescriptor, value: CustomValue): CustomValue {
  if (value === null || value === '') return null
  switch (field.type) {
    case 'number':
      return numberOf(field, value)
    case 'money':
      if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw refused('notAnAmount', field)
      return value
    case 'boolean':
      if (typeof value !== 'boolean') throw refused('notYesOrNo', field)
      return value
    default:
      if (typeof value !== 'string') throw refused(field.type === 'date' ? 'notADay' : 'notText', field)
      return textOf(field, value)
  }
}

/** A decimal of at most 15 digits comes back from a double as it went in; one more and it may not. */
export const EXACT_DIGITS = 15
export const MOST_DECIMALS = 6

function numberOf(field: FieldDescriptor, value: CustomValue): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw refused('notANumber', field)
  const scaled = String(value)
  const [whole = '', decimals = ''] = scaled.replace('-', '').split('.')
  if (scaled.includes('e') || `${whole}${decimals}`.replace(/^0+/, '').length > EXACT_DIGITS)
    throw refused('tooManyDigits', field)
  if (decimals.length > (field.precision ?? MOST_DECIMALS)) throw refused('tooManyDigits', field)
  return value === 0 ? 0 : value
}

function textOf(field: FieldDescriptor, given: string): string | null {
  const text = field.type === 'longText' ? cleanLongText(given) : cleanText(given)
  if (text === '') return null
  if (text.length > (field.maxLength ?? 5000)) throw refused('textTooLong', field)
  switch (field.type) {
    case 'date':
      if (!isDay(text)) throw refused('notADay', field)
      return text
    case 'select':
      // One that was taken away stays where it stands: a form sends it back with the rest.
      if (!field.choices?.some(({ value }) => value === text)) throw refused('notAChoice', field)
      return text
    case 'email':
      if (!/^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(text)) throw refused('notAnEmail', field)
      return text
    case 'link':
      if (!/^(?:https?:\/\/)?[^\s/:@]+\.[^\s]+$/i.test(text)) throw refused('notALink', field)
      return text
    case 'phone':
      return phoneOf(text)
    default:
      return text
  }
}

const isDay = (text: string): boolean =>
  BusinessDate.safeParse(text).success && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text)

/** A number that cannot be read stays as it was given, as in the program's own fields. */
function phoneOf(text: string): string {
  const [first, ...others] = readPhones(text).phones
  return first && others.length === 0 ? first.e164 + (first.extension ? `;ext=${first.extension}` : '') : text
}

/** The column's text of a row's added fields: in the order of their keys and without empty ones, so that equal values are equal texts. */
export function customText(values: Readonly<Values>): string {
  const kept = Object.keys(values)
    .filter((key) => isCustomKey(key) && values[key] !== null && values[key] !== undefined && values[key] !== '')
    .toSorted()
  return kept.length === 0 ? '{}' : JSON.stringify(Object.fromEntries(kept.map((key) => [key, values[key]])))
}

const parsed = (text: unknown): Values => (typeof text === 'string' && text !== '{}' ? (JSON.parse(text) as Values) : {})

/** A stored row or image with its added fields beside the others; one without any is handed back as it is. */
export function flatRow<Row extends Values>(row: Row): Row {
  return typeof row['custom'] === 'string' && row['custom'] !== '{}' ? { ...row, ...parsed(row['custom']) } : row
}

/** The text of the column when these added fields are written over what stands there. */
export const customOver = (stored: unknown, changes: Readonly<Values>): string => customText({ ...parsed(stored), ...changes })

/** A value as words of a list, a history line or an export read it, but for what depends on the language. */
export function customWord(field: FieldDescriptor, value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (field.type === 'select') return field.choices?.find((choice) => choice.value === value)?.label ?? String(value)
  if (field.type === 'phone') return formatPhone(String(value))
  return String(value)
}
