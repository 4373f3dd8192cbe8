import { sql } from 'kysely'
import { cleanLongText, cleanName, cleanText } from '../../../src-shared/kernel/cleaning/text.ts'
import { readPhones } from '../../../src-shared/kernel/cleaning/phone.ts'
import { nameCore } from '../../../src-shared/kernel/matching/nameCore.ts'
import { sortKey } from '../../../src-shared/kernel/pinyin/pinyin.ts'
import type { CustomerEdit, NewCustomer } from '../../../src-shared/features/customers/model.ts'
import { tagKey } from '../../../src-shared/features/tags/key.ts'
import { isCustomKey } from '../../../src-shared/kernel/entity.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'

const CLEANERS: Readonly<Record<string, (text: string) => string | null>> = {
  name: cleanName,
  phone: cleanPhone,
  phone2: cleanPhone,
  note: (text) => cleanLongText(text) || null,
}
const AS_GIVEN: ReadonlySet<string> = new Set(['kind', 'status', 'level', 'ownerId', 'nextFollowUpAt'])

/** The one cleaning of customer fields, for form, inline edit, import and API alike: a number that cannot be read stays as it was given. */
export function cleanCustomer<Values extends CustomerEdit | NewCustomer>(values: Values): Values {
  const clean = Object.entries(values).map(([key, value]) => {
    // The company's own fields are cleaned by their types.
    if (typeof value !== 'string' || AS_GIVEN.has(key) || isCustomKey(key)) return [key, value]
    return [key, CLEANERS[key] ? CLEANERS[key](value) : cleanText(value) || null]
  })
  return Object.fromEntries(clean) as Values
}

export function cleanPhone(value: string): string | null {
  const text = cleanText(value)
  if (text === '') return null
  const [first, ...others] = readPhones(text).phones
  return first && others.length === 0 ? first.e164 + (first.extension ? `;ext=${first.extension}` : '') : text
}

/** Columns computed from what is written: the pinyin order and the core that duplicates are found by. */
export const derivedFrom = (values: { name?: string | undefined }): Record<string, string> =>
  values.name === undefined ? {} : { nameSort: sortKey(values.name), nameCore: nameCore(values.name).core }

export async function employeeState(db: ReadDb | WriteTx, id: string): Promise<'unknown' | 'left' | 'here'> {
  const row = await db.selectFrom('employee').select(['id', 'leftOn']).where('id', '=', id).executeTakeFirst()
  if (!row) return 'unknown'
  return row.leftOn === null ? 'here' : 'left'
}

export async function tagNamesOf(tx: WriteTx, customerId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('recordTag')
    .innerJoin('tag', 'tag.id', 'recordTag.tagId')
    .select('tag.name')
    .where('recordTag.entity', '=', 'customer')
    .where('recordTag.recordId', '=', customerId)
    .execute()
  return rows.map((row) => row.name)
}

/** Adds and takes tags by name; a tag that does not exist yet is created. @returns whether anything changed. */
export async function changeTags(
  context: CommandContext,
  customerIds: readonly string[],
  change: { add: readonly string[]; remove: readonly string[] },
): Promise<boolean> {
  let changed = false
  for (const name of change.add) {
    const tagId = await tagIdFor(context, name)
    for (const recordId of customerIds) {
      const there = await context.tx
        .selectFrom('recordTag')
        .select('id')
        .where('entity', '=', 'customer')
        .where('recordId', '=', recordId)
        .where('tagId', '=', tagId)
        .executeTakeFirst()
      if (there) continue
      await context.tx
        .insertInto('recordTag')
        .values({ id: context.newId(), tagId, entity: 'customer', recordId, createdAt: context.now() })
        .execute()
      changed = true
    }
  }
  for (const name of change.remove) {
    const { numDeletedRows } = await context.tx
      .deleteFrom('recordTag')
      .where('entity', '=', 'customer')
      .where('recordId', 'in', [...customerIds])
      .where('tagId', 'in', context.tx.selectFrom('tag').select('id').where('nameKey', '=', tagKey(name)))
      .executeTakeFirstOrThrow()
    changed ||= numDeletedRows > 0n
  }
  return changed
}

export async function tagIdFor(context: CommandContext, name: string): Promise<string> {
  const clean = cleanText(name)
  const known = await context.tx.selectFrom('tag').select('id').where('nameKey', '=', tagKey(name)).executeTakeFirst()
  if (known) return known.id
  const id = context.newId()
  const at = context.now()
  await context.tx
    .insertInto('tag')
    .values({ id, name: clean, nameKey: tagKey(name), tone: 'ink', createdAt: at, updatedAt: at, version: 1 })
    .execute()
  return id
}

/** Marks customers and what hangs on them; children remember with whom they went, so that restoring brings exactly those back. */
export async function recycleCustomers(context: CommandContext, ids: readonly string[]): Promise<void> {
  const at = context.now()
  const list = JSON.stringify(ids)
  for (const table of ['contact', 'address', 'follow_up']) {
    await sql`update ${sql.table(table)} set deleted_at = ${at}, deleted_with = customer_id, updated_at = ${at}, version = version + 1
      where customer_id in (select value from json_each(${list})) and deleted_at is null`.execute(context.tx)
  }
  await sql`update customer set deleted_at = ${at}, updated_at = ${at}, version = version + 1 where id in (select value from json_each(${list}))`.execute(
    context.tx,
  )
}

export async function restoreCustomers(context: CommandContext, ids: readonly string[]): Promise<void> {
  const at = context.now()
  const list = JSON.stringify(ids)
  await sql`update customer set deleted_at = null, updated_at = ${at}, version = version + 1 where id in (select value from json_each(${list}))`.execute(
    context.tx,
  )
  for (const table of ['contact', 'address', 'follow_up']) {
    await sql`update ${sql.table(table)} set deleted_at = null, deleted_with = null, updated_at = ${at}, version = version + 1
      where customer_id in (select value from json_each(${list})) and deleted_with = customer_id`.execute(context.tx)
  }
}

/** Erases rows for good, children first. @returns every erased row and the commands whose images still show them. */
export async function purgeCustomers(
  context: CommandContext,
  ids: readonly string[],
): Promise<{ rowIds: string[]; seqs: number[] }> {
  const list = JSON.stringify(ids)
  const { rows: children } = await sql<{ id: string }>`
    select id from contact where customer_id in (select value from json_each(${list})) union all select id from address where customer_id in (select value from json_each(${list}))
    union all select id from follow_up where customer_id in (select value from json_each(${list}))`.execute(context.tx)
  await sql`delete from record_tag where entity = 'customer' and record_id in (select value from json_each(${list}))`.execute(
    context.tx,
  )
  await sql`delete from not_duplicate where first_id in (select value from json_each(${list})) or second_id in (select value from json_each(${list}))`.execute(
    context.tx,
  )
  for (const table of ['follow_up', 'address', 'contact'])
    await sql`delete from ${sql.table(table)} where customer_id in (select value from json_each(${list}))`.execute(context.tx)
  await sql`delete from customer where id in (select value from json_each(${list}))`.execute(context.tx)
  const rowIds = [...ids, ...children.map((child) => child.id)]
  const all = JSON.stringify(rowIds)
  const { rows } = await sql<{ seq: number }>`
    select distinct seq from journal where tbl in ('customer', 'contact', 'address', 'follow_up', 'record_tag') and row_id in (select value from json_each(${all}))`.execute(
    context.tx,
  )
  return { rowIds, seqs: rows.map((row) => row.seq).filter((seq) => seq !== context.seq) }
}

/** Contacts per customer, for the page of rows that shows them. */
export async function contactCounts(db: ReadDb, ids: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ customerId: string; n: number }>`
    select customer_id as "customerId", count(*) as n from contact where customer_id in (select value from json_each(${JSON.stringify(ids)})) and deleted_at is null group by customer_id`.execute(
    plain(db),
  )
  return new Map(rows.map((row) => [row.customerId, row.n]))
}
