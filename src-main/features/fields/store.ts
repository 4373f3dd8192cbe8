import { type Selectable, sql } from 'kysely'
import type { CustomValue, StoredChoice } from '../../../src-shared/kernel/custom/model.ts'
import {
  type ConfiguredField,
  type CustomField,
  type CustomizableEntity,
  labelKey,
} from '../../../src-shared/features/fields/model.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import type { EntityDescriptor, FieldDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { Filter } from '../../../src-shared/kernel/list.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { uniqueIndexSql } from '../../kernel/dialect/uniqueIndexes.ts'
import { NotFound } from '../../kernel/errors.ts'
import { mayAskBy, rowsFor } from '../../kernel/policy.ts'
import { columnSql } from '../../kernel/records/column.ts'
import type { CustomFieldTable, FieldSettingTable } from '../../kernel/tables.gen.ts'

type Db = ReadDb | WriteTx

const fieldOf = (row: Selectable<CustomFieldTable>): CustomField => ({
  id: row.id as CustomField['id'],
  entity: row.entity as CustomizableEntity,
  key: row.key,
  label: row.label,
  type: row.type as CustomField['type'],
  choices: JSON.parse(row.options) as StoredChoice[],
  unit: row.unit,
  precision: row.precision,
  formula: row.formula,
  position: row.position,
  archived: row.archivedAt !== null,
  version: row.version,
})

export async function listFields(db: Db, entity?: CustomizableEntity): Promise<CustomField[]> {
  const all = (db as ReadDb).selectFrom('customField').selectAll().orderBy('entity').orderBy('position').orderBy('id')
  const rows = await (entity ? all.where('entity', '=', entity) : all).execute()
  return rows.map(fieldOf)
}

export async function getField(db: Db, id: string): Promise<CustomField> {
  const row = await (db as ReadDb).selectFrom('customField').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw new NotFound('customField', id)
  return fieldOf(row)
}

export async function getFieldByKey(db: Db, entity: string, key: string): Promise<CustomField> {
  const row = await (db as ReadDb)
    .selectFrom('customField')
    .selectAll()
    .where('entity', '=', entity)
    .where('key', '=', key)
    .executeTakeFirst()
  if (!row) throw new NotFound('customField', key)
  return fieldOf(row)
}

type NewRow = Omit<CustomField, 'archived' | 'version'> & { at: string }
export async function insertField(tx: WriteTx, { at, choices, ...field }: NewRow): Promise<void> {
  await tx
    .insertInto('customField')
    .values({
      ...field,
      labelKey: labelKey(field.label),
      options: JSON.stringify(choices),
      createdAt: at,
      updatedAt: at,
      archivedAt: null,
    })
    .execute()
}

type Change = Partial<Pick<CustomField, 'label' | 'unit' | 'precision' | 'choices' | 'formula' | 'position'>> & {
  archivedAt?: string | null
}
export async function updateField(tx: WriteTx, id: string, { choices, ...change }: Change, at: string): Promise<void> {
  await tx
    .updateTable('customField')
    .set((eb) => ({
      ...change,
      ...(change.label !== undefined && { labelKey: labelKey(change.label) }),
      ...(choices !== undefined && { options: JSON.stringify(choices) }),
      updatedAt: at,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .execute()
}

const settingOf = (row: Selectable<FieldSettingTable>): ConfiguredField => ({
  id: row.id,
  entity: row.entity as CustomizableEntity,
  field: row.field,
  required: row.required === 1,
  requiredWhen: parsed<Filter>(row.requiredWhen),
  visibleWhen: parsed<Filter>(row.visibleWhen),
  unique: row.isUnique === 1,
  defaultValue: parsed<CustomValue>(row.defaultValue),
  help: row.help,
  options: JSON.parse(row.options) as StoredChoice[],
  version: row.version,
})
const parsed = <T>(text: string | null): T | null => (text === null ? null : (JSON.parse(text) as T))

export async function listSettings(db: Db): Promise<ConfiguredField[]> {
  const rows = await (db as ReadDb).selectFrom('fieldSetting').selectAll().orderBy('entity').orderBy('field').execute()
  return rows.map(settingOf)
}

export async function findSetting(db: Db, entity: string, field: string): Promise<ConfiguredField | null> {
  const row = await (db as ReadDb)
    .selectFrom('fieldSetting')
    .selectAll()
    .where('entity', '=', entity)
    .where('field', '=', field)
    .executeTakeFirst()
  return row ? settingOf(row) : null
}

const json = (value: unknown): string | null => (value === null || value === undefined ? null : JSON.stringify(value))

/** Writes what is asked of a field, for the first time or anew. */
export async function saveSetting(tx: WriteTx, setting: Omit<ConfiguredField, 'version'>, at: string): Promise<void> {
  const values = {
    required: setting.required ? 1 : 0,
    requiredWhen: json(setting.requiredWhen),
    visibleWhen: json(setting.visibleWhen),
    isUnique: setting.unique ? 1 : 0,
    defaultValue: json(setting.defaultValue),
    help: setting.help === '' ? null : setting.help,
    options: JSON.stringify(setting.options),
    updatedAt: at,
  }
  const { numUpdatedRows } = await tx
    .updateTable('fieldSetting')
    .set((eb) => ({ ...values, version: eb('version', '+', 1) }))
    .where('id', '=', setting.id)
    .executeTakeFirst()
  if (numUpdatedRows > 0n) return
  const { id, entity, field } = setting
  await tx
    .insertInto('fieldSetting')
    .values({ id, entity, field, ...values, createdAt: at })
    .execute()
}

/**
 * Records that share a value of a field with another living one: all are counted, but of the values only those are named that the asker
 * sees on one of them. For a worker: it looks at all of them.
 */
export async function findDuplicates(
  db: ReadDb,
  actor: Actor,
  entity: EntityDescriptor,
  field: FieldDescriptor,
): Promise<{ count: number; values: string[] }> {
  const column = columnSql('t', field)
  const seen = mayAskBy(actor, entity, field.key) ? rowsFor(actor, entity, 't', 'read', { pool: null }) : sql`0`
  const { rows } = await sql<{ value: unknown; n: number; seen: number }>`
    select ${column} as value, count(*) as n, max(${seen}) as seen from ${sql.table(entity.table)} t
    where t.deleted_at is null and ${column} is not null and ${column} <> '' group by ${column} having count(*) > 1 order by n desc`.execute(
    plain(db),
  )
  const named = rows.filter((row) => row.seen === 1).slice(0, 20)
  return { count: rows.reduce((sum, { n }) => sum + n, 0), values: named.map(({ value }) => String(value)) }
}

/** The base itself keeps it single from here on; where it is not, nothing is changed. @returns whether it is */
export async function makeUnique(tx: WriteTx, entity: EntityDescriptor, field: FieldDescriptor): Promise<boolean> {
  try {
    await sql.raw(uniqueIndexSql(entity, field)).execute(tx)
    return true
  } catch (error) {
    if (String((error as { code?: string }).code).startsWith('SQLITE_CONSTRAINT')) return false
    throw error
  }
}

/** Some records that hold an option, also in the recycle bin. */
export async function holdersOf(
  db: Db,
  entity: EntityDescriptor,
  field: FieldDescriptor,
  value: string,
  most: number,
): Promise<{ id: string; custom: string }[]> {
  const column = columnSql('t', field)
  const holds =
    field.type === 'multiSelect' ? sql`instr(',' || ${column} || ',', ${`,${value},`}) > 0` : sql`${column} = ${value}`
  const { rows } = await sql<{ id: string; custom: string }>`
    select t.id, t.custom from ${sql.table(entity.table)} t where ${holds} limit ${most}`.execute(plain(db))
  return rows
}

/** Gives records another value in one field. Whoever keeps the options changes them everywhere, also where he sees no records. */
export async function writeValue(
  tx: WriteTx,
  entity: EntityDescriptor,
  change: { id: string; column: string; value: string | null; at: string },
): Promise<void> {
  await sql`update ${sql.table(entity.table)} set ${sql.ref(change.column)} = ${change.value}, updated_at = ${change.at}, version = version + 1
    where id = ${change.id}`.execute(tx)
}
