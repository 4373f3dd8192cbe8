import { text as contactText } from '../../../src-shared/features/contacts/text.ts'
import { text as customerText } from '../../../src-shared/features/customers/text.ts'
import type { ExportRequest } from '../../../src-shared/features/exports/contract.ts'
import { text as exportText } from '../../../src-shared/features/exports/text.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import { type EntityDescriptor, type FieldDescriptor, findField, valueIn } from '../../../src-shared/kernel/entity.ts'
import { customWord } from '../../../src-shared/kernel/custom/values.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import { rightTo } from '../../kernel/policy.ts'
import type { WriteCell, WriteColumn } from '../../kernel/workbook/write.ts'

type Language = ExportRequest['language']
type Column = WriteColumn & { key: string; cell: (row: Record<string, unknown>) => WriteCell }

const words: Readonly<Record<string, Readonly<Record<Language, Readonly<Record<string, string>>>>>> = {
  customers: customerText,
  contacts: contactText,
}
const word = (feature: string, language: Language, key: string, fallback: string): string =>
  words[feature]?.[language][key] ?? fallback

/**
 * The columns of an export: fields the actor may read, as the list shows them, the id last so that a changed file finds its rows again.
 * @throws Refusal columnUnknown | columnHidden
 */
export function exportColumns(
  actor: Actor,
  entity: EntityDescriptor,
  request: Pick<ExportRequest, 'columns' | 'language'>,
  zone: string,
): Column[] {
  const readable = entity.fields.filter((field) => rightTo(actor, entity, field.key) !== 'hidden')
  const fields = request.columns
    ? request.columns.map((key) => chosen(entity, readable, key))
    : readable.filter((field) => field.key !== 'createdBy')
  const { language } = request
  const columns = fields.map((field) => ({
    key: field.key,
    header: field.label ?? word(entity.feature, language, `fields.${field.key}`, field.key),
    type: typeOf(field),
    width: widthOf(field),
    cell: cellOf(entity, field, language, zone),
  }))
  return [
    ...columns,
    { key: 'id', header: exportText[language]['column.id'], type: 'text', width: 30, cell: (row) => String(row['id']) },
  ]
}

function chosen(entity: EntityDescriptor, readable: readonly FieldDescriptor[], key: string): FieldDescriptor {
  if (!findField(entity, key)) throw new Refusal('columnUnknown', { column: key })
  const field = readable.find((known) => known.key === key)
  if (!field) throw new Refusal('columnHidden', { column: key })
  return field
}

const TYPES: Partial<Record<FieldDescriptor['type'], WriteColumn['type']>> = {
  phone: 'phone',
  number: 'number',
  money: 'money',
  date: 'date',
  instant: 'datetime',
}
const typeOf = (field: FieldDescriptor): WriteColumn['type'] => TYPES[field.type] ?? 'text'
const widthOf = (field: FieldDescriptor): number => Math.max(10, Math.min(48, Math.round((field.width ?? 140) / 7)))

function cellOf(entity: EntityDescriptor, field: FieldDescriptor, language: Language, zone: string): Column['cell'] {
  const { key } = field
  switch (field.type) {
    case 'reference':
      return (row) => asText(row[key.replace(/Id$/, 'Name')])
    case 'tags':
      return (row) => (Array.isArray(row[key]) ? row[key].join('、') : null)
    case 'select':
      if (field.choices) return (row) => customWord(field, valueIn(row, key))
      return (row) => optionWord(entity, key, asText(row[key]), language)
    case 'phone':
      return (row) => dialled(asText(valueIn(row, key)))
    case 'date':
      return (row) => dayCell(asText(valueIn(row, key)))
    case 'instant':
      return (row) => wallTime(asText(row[key]), zone)
    case 'boolean':
      return (row) => yesOrNo(valueIn(row, key), language)
    case 'number':
    case 'money':
      return (row) => asNumber(valueIn(row, key))
    default:
      return (row) => asText(valueIn(row, key))
  }
}

/** A level is its letter: 「A 级」 would not be read back as the choice it is. */
const optionWord = (entity: EntityDescriptor, key: string, value: string | null, language: Language): string | null =>
  value === null || /^[A-Z]$/.test(value) ? value : word(entity.feature, language, `options.${key}.${value}`, value)
/** A field of the company that nobody has answered is neither. */
function yesOrNo(value: unknown, language: Language): string | null {
  if (value === null || value === undefined) return null
  if (language === 'zh-CN') return value === true ? '是' : '否'
  return value === true ? 'yes' : 'no'
}
const dayCell = (day: string | null): WriteCell => (day === null ? null : { date: day })
const asNumber = (value: unknown): number | null => (typeof value === 'number' ? value : null)
const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null)
/** As one dials it at home; the importer reads it back to the same number. */
const dialled = (phone: string | null): string | null => (phone === null ? null : phone.replace(/^\+86(?=1\d{10}$)/, ''))

function wallTime(instant: string | null, zone: string): WriteCell {
  if (instant === null) return null
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(
    Date.parse(instant),
  )
  return { date: parts.replace(' ', 'T') }
}
