import { CompiledQuery } from 'kysely'
import { customText } from '../../../src-shared/kernel/custom/values.ts'
import { columnOf, type EntityDescriptor, isCustomKey } from '../../../src-shared/kernel/entity.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { Asked, Parts, Values } from '../../kernel/importer.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { insertStatements } from '../../kernel/manyRows.ts'

export const CUSTOMER_KEYS = [
  'id',
  'number',
  'name',
  'nameSort',
  'nameCore',
  'kind',
  'level',
  'status',
  'ownerId',
  'ownerSince',
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
  'birthday',
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

/** What a new row would make, each with what is asked of its kind; the defaults of the wizard stand before those of the fields. */
export function askedOfNew(
  context: Pick<CommandContext, 'entities'>,
  parts: Parts,
  { tags: _tags, ownerId: _owner, poolId: _pool, ...defaults }: Values,
): Asked {
  const own = (parts.customer ??= [{}])[0] ?? {}
  for (const [key, value] of Object.entries(defaults)) own[key] ??= value
  return [
    [entityIn(context, 'customer'), own],
    ...(parts.contact ?? []).map((one) => [entityIn(context, 'contact'), one] as const),
    ...(parts.followUp ?? []).map((one) => [entityIn(context, 'followUp'), one] as const),
  ]
}
