import type { EntityDescriptor, FieldDescriptor } from '../entity.ts'
import type { CustomType, StoredChoice } from './model.ts'

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
