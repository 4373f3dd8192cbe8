import { type EntityDescriptor, type FieldDescriptor, type FieldType, isCustomKey } from '../entity.ts'
import { formulaFields } from './formula/program.ts'
import type { CustomType, StoredChoice } from './model.ts'
import type { FieldSetting } from './setting.ts'

/** A definition as the table holds it. */
export type CustomFieldRow = {
  key: string
  label: string
  type: string
  options: string
  unit: string | null
  precision: number | null
  formula: string | null
  archivedAt: string | null
}
/** What the company asks of a field, and the words it offers for one of the program's that takes any. */
export type FieldSettingRow = { field: string; setting: FieldSetting; options: readonly StoredChoice[] }

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
/** Kinds of the company's fields that the program calls otherwise; that of a formula is its result's. */
const TYPE: Partial<Record<CustomType, FieldType>> = { customer: 'reference', formula: 'text' }
const WIDTH: Partial<Record<CustomType, number>> = {
  longText: 200,
  link: 180,
  text: 140,
  email: 180,
  boolean: 70,
  time: 80,
  multiSelect: 160,
  customer: 180,
}

/** A definition as a field among the others. */
export function describeCustom(row: CustomFieldRow): FieldDescriptor {
  const type = row.type as CustomType
  const choices = type === 'select' || type === 'multiSelect' ? (JSON.parse(row.options) as StoredChoice[]) : []
  const maxLength = MAX_LENGTH[type]
  const mask = MASK[type]
  return {
    key: row.key,
    type: TYPE[type] ?? (type as FieldType),
    label: row.label,
    synonyms: [...new Set([row.label, row.label.replace(/[（(][^（）()]*[)）]/g, '').trim() || row.label])],
    width: WIDTH[type] ?? 120,
    ...(type === 'customer' && { reference: 'customer' as const }),
    ...((type === 'select' || type === 'multiSelect') && {
      choices,
      options: choices.filter(({ archived }) => !archived).map(({ value }) => value),
    }),
    ...(maxLength !== undefined && { maxLength }),
    ...(mask !== undefined && { mask }),
    ...(row.unit !== null && { unit: row.unit }),
    ...(row.precision !== null && { precision: row.precision }),
  }
}

const isFormula = ({ type }: CustomFieldRow): boolean => type === 'formula'

/** Formulas in their places among the fields they are computed from. */
function withFormulas(fields: readonly FieldDescriptor[], rows: readonly CustomFieldRow[]): FieldDescriptor[] {
  const stored = [...fields, ...rows.filter((row) => !isFormula(row)).map(describeCustom)]
  const made = formulaFields(
    stored,
    rows.filter(isFormula).map((row) => ({ field: describeCustom(row), source: row.formula ?? '' })),
  )
  const all = new Map([...stored, ...made].map((field) => [field.key, field]))
  return [...fields, ...rows.map((row) => all.get(row.key) ?? describeCustom(row))]
}

function withSetting(field: FieldDescriptor, rows: ReadonlyMap<string, FieldSettingRow>): FieldDescriptor {
  const row = rows.get(field.key)
  if (!row) return field
  const offered = !isCustomKey(field.key) && field.type === 'text' && row.options.length > 0
  return { ...field, setting: row.setting, ...(offered && { choices: row.options, freeEntry: true }) }
}

/** The entity with the fields that the company added: living ones behind its own, those put aside for history; and what it asks of each. */
export function entityWith(
  entity: EntityDescriptor,
  rows: readonly CustomFieldRow[],
  settings: readonly FieldSettingRow[] = [],
): EntityDescriptor {
  if (rows.length === 0 && settings.length === 0) return entity
  const living = rows.filter((row) => row.archivedAt === null)
  const byField = new Map(settings.map((setting) => [setting.field, setting]))
  const fields = withFormulas(entity.fields, living).map((field) => withSetting(field, byField))
  return { ...entity, fields, archived: rows.filter((row) => row.archivedAt !== null).map(describeCustom) }
}
