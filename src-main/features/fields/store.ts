import type { Selectable } from 'kysely'
import type { StoredChoice } from '../../../src-shared/kernel/custom/model.ts'
import { type CustomField, type CustomizableEntity, labelKey } from '../../../src-shared/features/fields/model.ts'
import type { ReadDb, WriteTx } from '../../kernel/database.ts'
import { NotFound } from '../../kernel/errors.ts'
import type { CustomFieldTable } from '../../kernel/tables.gen.ts'

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

type Change = Partial<Pick<CustomField, 'label' | 'unit' | 'precision' | 'choices' | 'position'>> & { archivedAt?: string | null }
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
