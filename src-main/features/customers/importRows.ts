import { CompiledQuery } from 'kysely'
import { customText } from '../../../src-shared/kernel/custom/values.ts'
import { columnOf, type EntityDescriptor, isCustomKey } from '../../../src-shared/kernel/entity.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { Values } from '../../kernel/importer.ts'
import { insertStatements } from '../../kernel/manyRows.ts'

export const CUSTOMER_KEYS = [
  'id',
  'name',
  'nameSort',
  'nameCore',
  'kind',
  'level',
  'status',
  'ownerId',
  'phone',
  'phone2',
  'email',
  'website',
  'creditCode',
  'industry',
  'source',
  'province',
  'city',
  'district',
  'address',
  'note',
  'nextFollowUpAt',
  'lastFollowUpAt',
  'createdAt',
  'createdBy',
  'updatedAt',
] as const
export const CONTACT_KEYS = [
  'id',
  'customerId',
  'name',
  'nameSort',
  'title',
  'phone',
  'phone2',
  'email',
  'wechat',
  'isPrimary',
  'note',
  'createdAt',
  'createdBy',
  'updatedAt',
] as const
export const FOLLOW_UP_KEYS = [
  'id',
  'customerId',
  'contactId',
  'kind',
  'text',
  'happenedAt',
  'nextAt',
  'authorId',
  'createdAt',
  'createdBy',
  'updatedAt',
] as const
export const TAG_KEYS = ['id', 'tagId', 'entity', 'recordId', 'createdAt'] as const

/** New rows of an entity; the column of the company's own fields is only written where there are such fields. */
export function insertRecords(
  context: CommandContext,
  entity: EntityDescriptor,
  keys: readonly string[],
  rows: readonly Values[],
): Promise<void> {
  const custom = entity.fields.map(({ key }) => key).filter(isCustomKey)
  if (custom.length === 0) return insertMany(context, entity.table, keys, rows)
  const withCustom = rows.map((row) => ({
    ...row,
    custom: customText(Object.fromEntries(custom.map((key) => [key, row[key]]))),
  }))
  return insertMany(context, entity.table, [...keys, 'custom'], withCustom)
}

/** Many rows in few statements. */
export async function insertMany(
  context: CommandContext,
  table: string,
  keys: readonly string[],
  rows: readonly Values[],
): Promise<void> {
  const values = rows.map((row) => keys.map((key) => row[key] ?? null))
  for (const [text, given] of insertStatements({ table, columns: keys.map(columnOf) }, values))
    await context.tx.executeQuery(CompiledQuery.raw(text, given))
}
