import { type RawBuilder, sql } from 'kysely'
import { cleanLongText, cleanName, cleanText } from '../../../src-shared/kernel/cleaning/text.ts'
import { readPhones } from '../../../src-shared/kernel/cleaning/phone.ts'
import { nameCore } from '../../../src-shared/kernel/matching/nameCore.ts'
import { sortKey } from '../../../src-shared/kernel/pinyin/pinyin.ts'
import type { Customer, CustomerEdit, NewCustomer } from '../../../src-shared/features/customers/model.ts'
import { tagKey } from '../../../src-shared/features/tags/key.ts'
import { isCustomKey } from '../../../src-shared/kernel/entity.ts'
import type { CommandContext, QueryContext } from '../../kernel/context.ts'
import { seqsShowing } from '../../kernel/erase.ts'
import { letBytesGo } from '../../kernel/fileStore.ts'
import { opportunityEntity } from '../../../src-shared/features/opportunities/entity.ts'
import { purgeOrdersBeside } from '../orders/public.ts'
import { purgeInvoicesBeside } from '../invoices/public.ts'
import { purgePaymentsBeside } from '../payments/public.ts'
import { purgeBesideQuotes } from '../quotes/public.ts'
import { letGo, reserve } from '../stock/public.ts'
import { forgetBecame, purgeBeside, purgeMentions } from './purgeParts.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { actorInPool, maskOf, mayReadKind, rowsFor } from '../../kernel/policy.ts'
import { onTheWay } from '../../kernel/records/path.ts'

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

/** What hangs on a customer and goes into the recycle bin with him: every table that can. */
export const HANGING = [
  'contact',
  'address',
  'follow_up',
  'file',
  'opportunity',
  'quote',
  'sales_order',
  'payment',
  'invoice',
  'billing_profile',
] as const

/** Marks customers and what hangs on them; children remember with whom they went, so that restoring brings exactly those back. */
export async function recycleCustomers(context: CommandContext, ids: readonly string[]): Promise<void> {
  const at = context.now()
  const list = JSON.stringify(ids)
  for (const table of HANGING) {
    await sql`update ${sql.table(table)} set deleted_at = ${at}, deleted_with = customer_id, updated_at = ${at}, version = version + 1
      where customer_id in (select value from json_each(${list})) and deleted_at is null`.execute(context.tx)
  }
  await letGo(context, await openOrdersOf(context, ids, at))
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
  await leaveReplaced(context, list)
  for (const table of HANGING) {
    await sql`update ${sql.table(table)} set deleted_at = null, deleted_with = null, updated_at = ${at}, version = version + 1
      where customer_id in (select value from json_each(${list})) and deleted_with = customer_id`.execute(context.tx)
  }
  for (const id of await openOrdersOf(context, ids, null)) await reserve(context, id)
}

/** One quote has one order: of which another was made since stays in the recycle bin, by itself. */
async function leaveReplaced(context: CommandContext, list: string): Promise<void> {
  await sql`update sales_order set deleted_with = null, updated_at = ${context.now()}, version = version + 1
    where customer_id in (select value from json_each(${list})) and deleted_with = customer_id
      and exists (select 1 from sales_order x where x.quote_id = sales_order.quote_id and x.id <> sales_order.id and x.deleted_at is null)`.execute(
    context.tx,
  )
}

/** Agreed orders of customers that went, or came back, by this very step: what is kept for them goes and comes with them. */
async function openOrdersOf(context: CommandContext, ids: readonly string[], deletedAt: string | null): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select o.id from sales_order o join journal j on j.tbl = 'sales_order' and j.row_id = o.id and j.seq = ${context.seq}
    where o.customer_id in (select value from json_each(${JSON.stringify(ids)})) and o.status = 'confirmed' and o.deleted_at is ${deletedAt}`.execute(
    context.tx,
  )
  return [...new Set(rows.map(({ id }) => id))]
}

/** Erases rows for good, children first. @returns every erased row and the commands whose images still show them. */
export async function purgeCustomers(
  context: CommandContext,
  ids: readonly string[],
): Promise<{ rowIds: string[]; seqs: number[] }> {
  const list = JSON.stringify(ids)
  const { rows: children } = await sql<{ id: string }>`
    select id from contact where customer_id in (select value from json_each(${list})) union all select id from address where customer_id in (select value from json_each(${list}))
    union all select id from follow_up where customer_id in (select value from json_each(${list})) union all select id from file where customer_id in (select value from json_each(${list}))
    union all select m.id from mention m join follow_up f on f.id = m.follow_up_id where f.customer_id in (select value from json_each(${list}))`.execute(
    context.tx,
  )
  await purgeMentions(context, sql`select id from follow_up where customer_id in (select value from json_each(${list}))`)
  const { rows: chances } = await sql<{ id: string }>`
    select id from opportunity where customer_id in (select value from json_each(${list}))`.execute(context.tx)
  const beside = await purgeBeside(
    context,
    opportunityEntity,
    chances.map(({ id }) => id),
  )
  const places = await removed(
    context,
    sql`delete from pool_move where customer_id in (select value from json_each(${list})) returning id`,
    sql`delete from record_member where entity = 'customer' and record_id in (select value from json_each(${list})) returning id`,
  )
  const offers = await purgeOffers(context, list)
  const money = await purgeMoney(context, list)
  await forgetBecame(
    context,
    'opportunity',
    sql`select id from opportunity where customer_id in (select value from json_each(${list}))`,
  )
  await forgetBecame(context, 'contact', sql`select id from contact where customer_id in (select value from json_each(${list}))`)
  await forgetBecame(context, 'customer', sql`select value from json_each(${list})`)
  await letBytesGo(context, sql`select id from file where customer_id in (select value from json_each(${list}))`)
  await sql`delete from record_tag where entity = 'customer' and record_id in (select value from json_each(${list}))`.execute(
    context.tx,
  )
  await sql`delete from not_duplicate where first_id in (select value from json_each(${list})) or second_id in (select value from json_each(${list}))`.execute(
    context.tx,
  )
  for (const table of [
    'billing_profile',
    'invoice',
    'payment',
    'sales_order',
    'quote',
    'opportunity',
    'file',
    'follow_up',
    'address',
    'contact',
  ])
    await sql`delete from ${sql.table(table)} where customer_id in (select value from json_each(${list}))`.execute(context.tx)
  await sql`delete from customer where id in (select value from json_each(${list}))`.execute(context.tx)
  const rowIds = [...ids, ...[...children, ...chances].map(({ id }) => id), ...beside, ...places, ...offers, ...money]
  return { rowIds, seqs: await seqsShowing(context, rowIds) }
}

async function removed(context: CommandContext, ...statements: RawBuilder<unknown>[]): Promise<string[]> {
  const ids: string[] = []
  for (const statement of statements) {
    const { rows } = await (statement as RawBuilder<{ id: string }>).execute(context.tx)
    ids.push(...rows.map(({ id }) => id))
  }
  return ids
}

const idsOf = async (context: CommandContext, table: string, list: string): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.table(table)} where customer_id in (select value from json_each(${list}))`.execute(context.tx)
  return rows.map(({ id }) => id)
}

/** What goes with the quotes of customers that go for good. @returns all their ids, parts included */
async function purgeOffers(context: CommandContext, list: string): Promise<string[]> {
  const quotes = await idsOf(context, 'quote', list)
  return [...quotes, ...(await purgeBesideQuotes(context, quotes))]
}

/** What goes with the orders and payments of customers that go for good. @returns all their ids, parts included */
async function purgeMoney(context: CommandContext, list: string): Promise<string[]> {
  const [orders, payments] = [await idsOf(context, 'sales_order', list), await idsOf(context, 'payment', list)]
  const [invoices, profiles] = [await idsOf(context, 'invoice', list), await idsOf(context, 'billing_profile', list)]
  const papers = [...invoices, ...profiles, ...(await purgeInvoicesBeside(context, invoices))]
  const parts = [...papers, ...(await purgePaymentsBeside(context, payments)), ...(await purgeOrdersBeside(context, orders))]
  // Chances and quotes of his that a quote or order of somebody else names.
  for (const [table, column, named] of NAMED_BY_OTHERS)
    await sql`update ${sql.table(table)} set ${sql.ref(column)} = null where ${sql.ref(column)} in (
      select id from ${sql.table(named)} where customer_id in (select value from json_each(${list})))`.execute(context.tx)
  return [...orders, ...payments, ...parts]
}
const NAMED_BY_OTHERS = [
  ['quote', 'opportunity_id', 'opportunity'],
  ['sales_order', 'opportunity_id', 'opportunity'],
  ['sales_order', 'quote_id', 'quote'],
] as const

/** The tags of many customers, for cells that replace them. */
export async function tagNamesOfMany(db: ReadDb | WriteTx, ids: readonly string[]): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select rt.record_id as id, tag.name from record_tag rt join tag on tag.id = rt.tag_id
    where rt.entity = 'customer' and rt.record_id in (select value from json_each(${JSON.stringify(ids)}))`.execute(plain(db))
  const found = new Map<string, string[]>()
  for (const { id, name } of rows) found.set(id, [...(found.get(id) ?? []), name])
  return found
}

type MainContact = { customerId: string; name: string; phone: string | null; phone2: string | null; n: number }
/** Of each customer of a page that the actor was given how many contacts there are, and the main one: who is said to be, else the oldest. */
export async function mainContacts(
  context: Pick<QueryContext, 'db' | 'actor' | 'entities'>,
  customers: readonly Pick<Customer, 'id' | 'poolId'>[],
): Promise<Map<string, MainContact>> {
  const entity = entityIn(context, 'contact')
  const ids = JSON.stringify(customers.map(({ id }) => id))
  // Whose customer is in hand, his contacts are in reach; in a pool a look may have to be paid for first.
  const reached = customers.some(({ poolId }) => poolId !== null)
    ? onTheWay(rowsFor(context.actor, entity, 'c'))
    : mayReadKind(context.actor, entity)
      ? sql`1 = 1`
      : sql`0 = 1`
  const { rows } = await sql<MainContact>`
    select "customerId", name, phone, phone2, n from (
      select c.customer_id as "customerId", c.name, c.phone, c.phone2, count(*) over (partition by c.customer_id) as n,
        row_number() over (partition by c.customer_id order by c.is_primary desc, c.created_at, c.id) as place
      from contact c where c.customer_id in (select value from json_each(${ids})) and c.deleted_at is null
        and ${reached}
    ) where place = 1`.execute(plain(context.db))
  const poolOf = new Map<string, string | null>(customers.map(({ id, poolId }) => [id, poolId]))
  return new Map(
    rows.map((row) => {
      // Each number by the right on its own field; chosen between them only then.
      const seen = maskOf(actorInPool(context.actor, poolOf.get(row.customerId)), entity)(row)
      return [row.customerId, { ...seen, phone: seen.phone ?? seen.phone2 }]
    }),
  )
}
