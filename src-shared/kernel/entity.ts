import type { Entity } from './procedure.ts'

/** What a field holds; decides its column, its editor, its filter operators, its cleaning on import and its cell type on export. */
export const FIELD_TYPES = [
  'text',
  'longText',
  'phone',
  'email',
  'link',
  'number',
  'money',
  'date',
  'instant',
  'select',
  'boolean',
  'reference',
  'tags',
] as const
export type FieldType = (typeof FIELD_TYPES)[number]

/** One field of an entity as its slice describes it. Column name = `key` in snake_case; label = text key `<feature>.fields.<key>`. */
export type FieldDescriptor = {
  readonly key: string
  readonly type: FieldType
  /** Values of a select, in order; label = text key `<feature>.options.<key>.<value>`. */
  readonly options?: readonly string[]
  /** What a reference points at. */
  readonly reference?: Entity
  readonly required?: boolean
  /** Written only by the program (last follow-up, created at). */
  readonly readOnly?: boolean
  /** Although people may not write it, an import may say it of a new record (when it was created, and by whom). */
  readonly importOnce?: boolean
  /** An index serves `order by` this field: lists sort by it at any size on the main thread. */
  readonly indexed?: boolean
  /** Sorting uses this column instead (a pinyin key beside a Chinese name). */
  readonly sortColumn?: string
  /** How it is shown when the role says "masked"; a field without it can only be hidden, read or written. */
  readonly mask?: 'phone' | 'email' | 'text'
  /** May not be hidden: the record could not be named without it. */
  readonly alwaysReadable?: boolean
  readonly maxLength?: number
  /** Offered by the importer, with the words that headers use for it. */
  readonly synonyms?: readonly string[]
  /** Default list column with its width in px; absent = chosen by the user. */
  readonly width?: number
  readonly group?: string
  /** What a field is called that the company added itself: it has no text key. */
  readonly label?: string
  /** The values of such a select with their words, in order; `options` has the values alone. Those taken away stay readable. */
  readonly choices?: readonly Choice[]
  /** Shown behind a number. */
  readonly unit?: string
  /** Digits behind the point. */
  readonly precision?: number
}

export type Choice = {
  readonly value: string
  readonly label: string
  readonly tone: string
  readonly archived?: boolean | undefined
}

export type EntityDescriptor = {
  readonly name: Entity
  readonly table: string
  /** Feature key: contract key, permission prefix, text prefix. */
  readonly feature: string
  /** The field that names a record. */
  readonly title: string
  readonly fields: readonly FieldDescriptor[]
  /** Own rows: the column that holds the employee who owns a row. */
  readonly ownerKey?: string
  /** Rows that hang on a customer: seen by who sees the customer. */
  readonly parentKey?: string
  /** Tables whose rows hang on a record by `<name>_id` and are a part of it: who brought such a row has touched the record. */
  readonly dependents?: readonly string[]
  /** Marked by `deletedAt`, restored from the recycle bin. */
  readonly recyclable?: boolean
  /** Companies may add fields; their values stand by key in the JSON column `custom`. */
  readonly customizable?: boolean
  /** Added fields that are put aside: out of every list and form, but history still reads them. */
  readonly archived?: readonly FieldDescriptor[]
}

const CUSTOM = /^cf_[0-9a-z]{1,26}$/
/** Whether a key is that of a field which the company added. */
export const isCustomKey = (key: string): boolean => CUSTOM.test(key)

/** The value of a field in a row as it leaves the backend: an added field stands in `custom`. */
export function valueIn(row: Readonly<Record<string, unknown>>, key: string): unknown {
  if (!isCustomKey(key)) return row[key]
  return (row['custom'] as Readonly<Record<string, unknown>> | undefined)?.[key] ?? null
}

/** The column of a field; of an added one its key in the column `custom`. */
export const columnOf = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** @throws Error when the entity has no such field: callers check input with `findField`. */
export function fieldOf(entity: EntityDescriptor, key: string): FieldDescriptor {
  const field = findField(entity, key)
  if (!field) throw new Error(`${entity.name} has no field ${key}`)
  return field
}

export const findField = (entity: EntityDescriptor, key: string): FieldDescriptor | undefined =>
  entity.fields.find((field) => field.key === key)
