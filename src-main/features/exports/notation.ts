import { text as contactText } from '../../../src-shared/features/contacts/text.ts'
import { text as customerText } from '../../../src-shared/features/customers/text.ts'
import { text as exportText } from '../../../src-shared/features/exports/text.ts'
import { text as followUpText } from '../../../src-shared/features/follow-ups/text.ts'
import { text as leadText } from '../../../src-shared/features/leads/text.ts'
import { text as opportunityText } from '../../../src-shared/features/opportunities/text.ts'
import { text as orderPartText } from '../../../src-shared/features/orders/partsText.ts'
import { text as orderText } from '../../../src-shared/features/orders/text.ts'
import { text as invoiceText } from '../../../src-shared/features/invoices/text.ts'
import { text as paymentText } from '../../../src-shared/features/payments/text.ts'
import { text as quoteText } from '../../../src-shared/features/quotes/text.ts'
import { text as peopleText } from '../../../src-shared/features/people/text.ts'
import { text as productText } from '../../../src-shared/features/products/text.ts'
import { text as moveText } from '../../../src-shared/features/stock/moveText.ts'
import { text as purchaseText } from '../../../src-shared/features/purchases/text.ts'
import { text as stockText } from '../../../src-shared/features/stock/text.ts'
import { text as tagText } from '../../../src-shared/features/tags/text.ts'
import { birthdayShown } from '../../../src-shared/kernel/birthday.ts'
import { formatPhone } from '../../../src-shared/kernel/cleaning/phoneDisplay.ts'
import { customWord } from '../../../src-shared/kernel/custom/values.ts'
import { type EntityDescriptor, type FieldDescriptor, isCustomKey, valueIn } from '../../../src-shared/kernel/entity.ts'
import type { WriteCell } from '../../kernel/workbook/write.ts'

export const LANGUAGES = ['zh-CN', 'en-US'] as const
export type Language = (typeof LANGUAGES)[number]
type Row = Readonly<Record<string, unknown>>

const words: Readonly<Record<string, Readonly<Record<Language, Readonly<Record<string, string>>>>>> = {
  customers: customerText,
  contacts: contactText,
  followUps: followUpText,
  opportunities: opportunityText,
  orders: orderText,
  orderParts: orderPartText,
  payments: paymentText,
  invoices: invoiceText,
  leads: leadText,
  quotes: quoteText,
  people: peopleText,
  products: productText,
  purchases: purchaseText,
  stockMoves: moveText,
  stock: stockText,
  tags: tagText,
}
const word = (feature: string, language: Language, key: string, fallback: string): string =>
  words[feature]?.[language][key] ?? fallback

/** How a field heads its column in an exported file. */
export const headerOf = (entity: EntityDescriptor, field: FieldDescriptor, language: Language): string =>
  field.label ?? word(entity.feature, language, `fields.${field.key}`, field.key)

/** What a record of this kind is called. */
export const entityWord = (entity: EntityDescriptor, language: Language): string =>
  word(entity.feature, language, `entity.${entity.name}`, entity.name)

/** The two last columns, by which a file that comes back finds its records and what they were when they left. */
export const idHeader = (language: Language): string => exportText[language]['column.id']
export const stateHeader = (language: Language): string => exportText[language]['column.state']
export const isIdHeader = (header: string): boolean => LANGUAGES.some((language) => idHeader(language) === header.trim())
export const isStateHeader = (header: string): boolean => LANGUAGES.some((language) => stateHeader(language) === header.trim())

/** A field of a record as it stands in an exported cell; the importer asks the same, to know which cells nobody has touched. */
export function cellOf(
  entity: EntityDescriptor,
  field: FieldDescriptor,
  language: Language,
  zone: string,
): (row: Row) => WriteCell {
  const { key } = field
  switch (field.type) {
    case 'reference':
      if (isCustomKey(key)) return (row) => asText((row['customNames'] as Row | undefined)?.[key])
      return (row) => asText(row[key.replace(/Id$/, 'Name')])
    case 'multiSelect':
      return (row) => customWord(field, valueIn(row, key))
    case 'tags':
      return (row) => (Array.isArray(row[key]) ? row[key].join('、') : null)
    case 'select':
      if (field.choices) return (row) => customWord(field, valueIn(row, key))
      return (row) => optionWord(entity, key, asText(row[key]), language)
    case 'phone':
      return (row) => dialled(asText(valueIn(row, key)))
    case 'date':
      return (row) => dayCell(asText(valueIn(row, key)))
    case 'birthday':
      return (row) => birthdayText(asText(row[key]))
    case 'instant':
      return (row) => wallTime(asText(row[key]), zone)
    case 'boolean':
      return (row) => yesOrNo(valueIn(row, key), language)
    case 'number':
    case 'money':
      return (row) => asNumber(valueIn(row, key)) ?? errorCell(valueIn(row, key))
    default:
      return (row) => asText(valueIn(row, key)) ?? errorCell(valueIn(row, key))
  }
}

/** A formula that cannot be worked out says so in a sheet too, in the manner of sheets. */
const ERRORS: Readonly<Record<string, string>> = { divisionByZero: '#DIV/0!', tooLarge: '#NUM!', broken: '#REF!' }
const errorCell = (value: unknown): string | null =>
  typeof value === 'object' && value !== null && 'error' in value ? (ERRORS[String(value.error)] ?? '#VALUE!') : null

/** A level is its letter: 「A 级」 would not be read back as the choice it is. */
const optionWord = (entity: EntityDescriptor, key: string, value: string | null, language: Language): string | null =>
  value === null || /^[A-Z]$/.test(value) ? value : word(entity.feature, language, `options.${key}.${value}`, value)
/** A field of the company that nobody has answered is neither. */
function yesOrNo(value: unknown, language: Language): string | null {
  if (value === null || value === undefined) return null
  if (language === 'zh-CN') return value === true ? '是' : '否'
  return value === true ? 'yes' : 'no'
}
/** Text in both cases: a day cell would have to have a year. */
const birthdayText = (stored: string | null): string | null => (stored === null ? null : birthdayShown(stored))
const dayCell = (day: string | null): WriteCell => (day === null ? null : { date: day })
const asNumber = (value: unknown): number | null => (typeof value === 'number' ? value : null)
const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** As one dials it at home: what begins with a plus, or is a bare long number, Excel makes a figure of when it opens a csv. */
function dialled(phone: string | null): string | null {
  if (phone === null || !phone.startsWith('+86')) return phone
  return /^\+861\d{10}$/.test(phone) ? phone.slice(3) : formatPhone(phone)
}

const clocks = new Map<string, Intl.DateTimeFormat>()
function wallTime(instant: string | null, zone: string): WriteCell {
  if (instant === null) return null
  let clock = clocks.get(zone)
  if (!clock)
    clocks.set(zone, (clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })))
  return { date: clock.format(Date.parse(instant)).replace(' ', 'T') }
}
