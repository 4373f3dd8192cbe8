import { z } from 'zod'
import type { EntityDescriptor, FieldDescriptor, FieldType } from '../entity.ts'

/** What a company's own field may hold. */
export const CUSTOM_TYPES = [
  'text',
  'longText',
  'number',
  'money',
  'date',
  'select',
  'boolean',
  'phone',
  'email',
  'link',
] as const satisfies readonly FieldType[]
export type CustomType = (typeof CUSTOM_TYPES)[number]

/** Money in fen, numbers as they are (at most 15 digits, so that none is rounded), dates YYYY-MM-DD, phones E.164, selects the option's value. */
export const CustomValue = z.union([z.string().max(20_000), z.number(), z.boolean(), z.null()])
export type CustomValue = z.infer<typeof CustomValue>
/** By key; what is not named stays as it is. */
export const CustomValues = z.record(z.string().max(40), CustomValue)
export type CustomValues = z.infer<typeof CustomValues>

export const CHOICE_TONES = ['ink', 'brand', 'ok', 'warn', 'bad', 'info', 'plum', 'lamp'] as const
export const StoredChoice = z.strictObject({
  value: z.string(),
  label: z.string(),
  tone: z.enum(CHOICE_TONES),
  archived: z.boolean().optional(),
})
export type StoredChoice = z.infer<typeof StoredChoice>

/** A definition as the table holds it. */
export type CustomFieldRow = {
  key: string
  label: string
  type: string
  options: string
  unit: string | null
  precision: number | null
  archivedAt: string | null
}

const MAX_LENGTH: Partial<Record<CustomType, number>> = {
  text: 2000,
  longText: 20_000,
  phone: 40,
  email: 254,
  link: 2000,
}
const MASK: Partial<Record<CustomType, NonNullable<FieldDescriptor['mask']>>> = {
  text: 'text',
  longText: 'text',
  phone: 'phone',
  email: 'email',
}
const WIDTH: Partial<Record<CustomType, number>> = { longText: 200, link: 180, text: 140, email: 180, boolean: 70 }

/** A definition as a field among the others. */
export function describeCustom(row: CustomFieldRow): FieldDescriptor {
  const type = row.type as CustomType
  const choices = type === 'select' ? (JSON.parse(row.options) as StoredChoice[]) : []
  const maxLength = MAX_LENGTH[type]
  const mask = MASK[type]
  return {
    key: row.key,
    type,
    label: row.label,
    synonyms: [...new Set([row.label, row.label.replace(/[（(][^（）()]*[)）]/g, '').trim() || row.label])],
    width: WIDTH[type] ?? 120,
    ...(type === 'select' && { choices, options: choices.filter(({ archived }) => !archived).map(({ value }) => value) }),
    ...(maxLength !== undefined && { maxLength }),
    ...(mask !== undefined && { mask }),
    ...(row.unit !== null && { unit: row.unit }),
    ...(row.precision !== null && { precision: row.precision }),
  }
}

/** The entity with the fields that the company added: living ones behind its own, those put aside for history. */
export function entityWith(entity: EntityDescriptor, rows: readonly CustomFieldRow[]): EntityDescriptor {
  if (rows.length === 0) return entity
  const of = (archived: boolean) => rows.filter((row) => (row.archivedAt !== null) === archived).map(describeCustom)
  return { ...entity, fields: [...entity.fields, ...of(false)], archived: of(true) }
}
