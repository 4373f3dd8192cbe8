import type { FormulaProgram } from './custom/formula/program.ts'
import type { FieldSetting } from './custom/setting.ts'
import type { Permission } from './permissions.ts'
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
  'birthday',
  'time',
  'instant',
  'select',
  'multiSelect',
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
  /** Although people change it by commands of its own, an import may say it too, for who has this right. */
  readonly importBy?: Permission
  /** An index serves `order by` this field: lists sort by it at any size on the main thread. */
  readonly indexed?: boolean
  /** Within one value its index goes by age: a list asked for that value is read from its newest row on, and equal rows stand in that order. */
  readonly byAge?: boolean
  /** Sorting uses this column instead (a pinyin key beside a Chinese name). */
  readonly sortColumn?: string
  /** Sorting goes by this SQL instead, `{t}` being the table: the pinyin key of what another table names. */
  readonly sortSql?: string
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
  /** Worked out by SQL over the row, `{t}` being its table: it is read, sorted and filtered like any other, and nobody writes it. */
  readonly computed?: string
  /** The fields it tells of where it is worked out: who may not read one of them does not read it either. */
  readonly tellsOf?: readonly string[]
  /** Digits behind the point. */
  readonly precision?: number
  /** Computed from other fields whenever it is read; `type` is that of its result. */
  readonly formula?: FormulaProgram
  /** What the company asks of it: required, unique, shown when, begun with, explained. */
  readonly setting?: FieldSetting
  /** Words are offered but not demanded: the text of one's own is taken too. */
  readonly freeEntry?: boolean
  /** A word of a sheet that names no such record is kept in this field of the same record. */
  readonly keepsWord?: string
  /** Stands once among all records, those of the recycle bin too: the number of a record. */
  readonly single?: boolean
}

/** In `computed`: the day of the company, as SQL asks for it. */
export const TODAY_FUNCTION = 'kezhan_today'

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
  /** Own rows that are nobody's lie in a pool, which `column` names, for its members to see, or in none; with `seesAll` one sees all of these. */
  readonly queue?: { readonly column: string; readonly seesAll: Permission }
  /** Own rows may lie in a pool, which `pool_id` names. */
  readonly pooled?: boolean
  /** Rows that hang on a customer: seen by who sees the customer. */
  readonly parentKey?: string
  /** What seeing any row needs, of a kind that has neither owner nor customer: then all of them are seen. */
  readonly needs?: Permission
  /** Kinds of records that conditions of a filter may be about. */
  readonly related?: readonly Related[]
  /** Rows that hang on records of several kinds: the column that names the kind, and what seeing each kind needs. */
  readonly host?: { readonly column: string; readonly needs: Readonly<Record<string, Permission>> } | undefined
  /** Tables whose rows hang on a record by `<name>_id` and are a part of it: who brought such a row has touched the record. */
  readonly dependents?: readonly string[]
  /** Marked by `deletedAt`, restored from the recycle bin. */
  readonly recyclable?: boolean
  /** The column that names the record which took the place of this one: it is in no list and in no recycle bin. */
  readonly mergedKey?: string
  /** Companies may add fields; their values stand by key in the JSON column `custom`. */
  readonly customizable?: boolean
  /** Added fields that are put aside: out of every list and form, but history still reads them. */
  readonly archived?: readonly FieldDescriptor[]
}

/** Records of another kind that hang on this one by their field `by`, or (`isParent`) the one that this hangs on by its own. */
export type Related = { readonly key: string; readonly entity: Entity; readonly by: string; readonly isParent?: boolean }

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
