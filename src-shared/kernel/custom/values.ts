import { formatPhone } from '../cleaning/phoneDisplay.ts'
import { readPhones } from '../cleaning/phone.ts'
import { cleanLongText, cleanText } from '../cleaning/text.ts'
import { type EntityDescriptor, type FieldDescriptor, findField, isCustomKey } from '../entity.ts'
import { Refusal } from '../refusal.ts'
import { chosenIn } from './chosen.ts'
import { Ulid } from '../ids.ts'
import { isDay } from '../day.ts'
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
  'notATime',
  'notAChoice',
  'notYesOrNo',
  'notAnEmail',
  'notAPhone',
  'notALink',
  'notACustomer',
  'computed',
  'requiredMissing',
  'uniqueTaken',
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
export function cleanCustom(field: FieldDescriptor, value: CustomValue): Exclude<CustomValue, readonly string[]> {
  if (field.formula) throw refused('computed', field)
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return null
  switch (field.type) {
    case 'number':
      return numberOf(field, value)
    case 'money':
      if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw refused('notAnAmount', field)
      return value
    case 'boolean':
      if (typeof value !== 'boolean') throw refused('notYesOrNo', field)
      return value
    case 'multiSelect':
      return chosenOf(field, value)
    default:
      if (typeof value !== 'string') throw refused(field.type === 'date' ? 'notADay' : 'notText', field)
      return textOf(field, value)
  }
}

/** Several options are kept as one text, in the order of the options: equal choices are equal texts for history, undo and lists alike. */
function chosenOf(field: FieldDescriptor, value: CustomValue): string | null {
  const given = new Set(Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [null])
  const known = (field.choices ?? []).map((choice) => choice.value).filter((one) => given.has(one))
  if (known.length !== given.size) throw refused('notAChoice', field)
  return known.length === 0 ? null : known.join(',')
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
    case 'time': {
      const time = timeOf(text)
      if (time === null) throw refused('notATime', field)
      return time
    }
    case 'reference':
      if (!Ulid.safeParse(text).success) throw refused('notACustomer', field)
      return text
    default:
      return text
  }
}

/** 9:05, 09:05:30, 9点半, 下午3点, 3pm: the minute of the day as HH:MM. */
export function timeOf(text: string): string | null {
  const clean = text.trim().toLowerCase().replaceAll('：', ':')
  const match =
    /^(上午|早上|凌晨|中午|下午|晚上|am|pm)?\s*(\d{1,2})(?:(?::|点|时)(半|\d{1,2})?分?(?::\d{1,2}(?:\.\d+)?)?)?\s*(am|pm)?$/.exec(
      clean,
    )
  if (!match) return null
  const [, before, hour = '', minute = '0', after] = match
  const half = before ?? after
  const isLate = half === '下午' || half === '晚上' || half === 'pm' || (half === '中午' && Number(hour) < 11)
  const hours = (Number(hour) % (half === undefined ? 24 : 12)) + (isLate ? 12 : half === '中午' ? 12 : 0)
  const minutes = minute === '半' ? 30 : Number(minute)
  if (Number(hour) > 23 || (half !== undefined && Number(hour) > 12) || minutes > 59) return null
  if (!clean.includes(':') && !/[点时]/.test(clean) && half === undefined) return null
  return `${String(hours % 24).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`
}

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
  if (typeof value === 'object' && 'error' in value) return null
  const word = (one: string): string => field.choices?.find((choice) => choice.value === one)?.label ?? one
  if (field.type === 'select') return word(String(value))
  if (field.type === 'multiSelect') return chosenIn(value).map(word).join('、') || null
  if (field.type === 'phone') return formatPhone(String(value))
  return String(value)
}
