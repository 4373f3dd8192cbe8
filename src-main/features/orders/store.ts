import { sql } from 'kysely'
import type { BulkEdit } from '../../../src-shared/features/orders/contract.ts'
import { INVOICED } from '../../../src-shared/features/orders/entity.ts'
import { issueOf, requireShares } from '../../../src-shared/features/orders/rules.ts'
import type { Order, OrderEdit } from '../../../src-shared/features/orders/model.ts'
import { cleanLongText, cleanText } from '../../../src-shared/kernel/cleaning/text.ts'
import { isCustomKey } from '../../../src-shared/kernel/entity.ts'
import { sortKey } from '../../../src-shared/kernel/pinyin/pinyin.ts'
import { attempt, Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext, QueryContext } from '../../kernel/context.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { followRows } from '../../kernel/derived.ts'
import { eraseAdded } from '../../kernel/erase.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { rowsFor, type Verb } from '../../kernel/policy.ts'
import { purgeApprovals } from '../approvals/public.ts'
import { forgetOrders } from '../stock/public.ts'

type Db = ReadDb | WriteTx

const AS_GIVEN: ReadonlySet<string> = new Set([
  'customerId',
  'contactId',
  'opportunityId',
  'ownerId',
  'signedOn',
  'deliveredOn',
  'startsOn',
  'endsOn',
  'currency',
])
/** The one cleaning of orders, whoever brings them. */
export function cleanOrder<Values extends OrderEdit | BulkEdit>(values: Values): Values {
  const clean = Object.entries(values).map(([key, value]) => {
    if (typeof value !== 'string' || AS_GIVEN.has(key) || isCustomKey(key)) return [key, value]
    return [key, (key === 'note' ? cleanLongText(value) : cleanText(value)) || null]
  })
  return Object.fromEntries(clean) as Values
}
/** The living order that was made of a quote, if any. */
export async function orderOfQuote(db: Db, quoteId: string): Promise<{ id: string; number: string | null; name: string } | null> {
  const { rows } = await sql<{ id: string; number: string | null; name: string }>`
    select id, number, name from sales_order where quote_id = ${quoteId} and deleted_at is null order by id limit 1`.execute(
    plain(db),
  )
  return rows[0] ?? null
}

/** Before an order comes back: one quote has one. @throws Refusal quoteOrdered (name) */
export async function requireOnlyOfQuote(tx: WriteTx, { id, quoteId }: Readonly<Record<string, unknown>>): Promise<void> {
  if (typeof quoteId !== 'string') return
  const { rows } = await sql<{ name: string }>`
    select coalesce(number, name) as name from sales_order where quote_id = ${quoteId} and id <> ${id} and deleted_at is null limit 1`.execute(
    plain(tx),
  )
  const [other] = rows
  if (other) throw new Refusal('quoteOrdered', { name: other.name })
}

/** What of an order its living invoices say, and the number of the newest of them. */
export async function invoicedOf(db: Db, orderId: string): Promise<{ fen: number; number: string }> {
  const { rows } = await sql<{ fen: number; number: string }>`
    select ${sql.raw(INVOICED.replaceAll('{t}', 'o'))} as fen, coalesce((select i.number from invoice_line l join invoice i on i.id = l.invoice_id
      where l.order_id = o.id and i.status <> 'void' and i.deleted_at is null order by i.id desc limit 1), '') as number
    from sales_order o where o.id = ${orderId}`.execute(plain(db))
  return rows[0] ?? { fen: 0, number: '' }
}

export const derivedOf = (values: { name?: string | undefined }): Record<string, string> =>
  values.name === undefined ? {} : { nameSort: sortKey(values.name) }

/** Whose a contact is, or null when there is none. */
export async function customerOfContact(tx: WriteTx, contactId: string): Promise<string | null> {
  const row = await tx
    .selectFrom('contact')
    .select('customerId')
    .where('id', '=', contactId)
    .where('deletedAt', 'is', null)
    .executeTakeFirst()
  return row?.customerId ?? null
}

/** Columns of the order itself that follow from its lines, people or plans; nothing named is a new version all the same. */
export async function writeHeader(context: CommandContext, id: string, values: Readonly<Record<string, unknown>>): Promise<void> {
  await context.tx
    .updateTable('salesOrder')
    .set((eb) => ({ ...values, updatedAt: context.now(), version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

/** Ids of a customer's living orders, running ones first, the newest before the others. */
export async function idsOfCustomer(db: ReadDb, customerId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from sales_order where customer_id = ${customerId} and deleted_at is null
    order by status = 'cancelled', coalesce(signed_on, created_at) desc, id desc limit 500`.execute(plain(db))
  return rows.map(({ id }) => id)
}

export const sorted = (rows: readonly Order[], ids: readonly string[]): Order[] =>
  rows.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))

/** By the policy that the commands ask, so that no page offers what would be refused. */
export async function mayDo(
  context: Pick<QueryContext, 'db' | 'actor' | 'entities'>,
  id: string,
): Promise<Order['may'] & object> {
  const can = (verb: Verb) => rowsFor(context.actor, entityIn(context, 'order'), 't', verb)
  const { rows } = await sql<{ edit: number; remove: number; transfer: number }>`
    select ${can('edit')} as edit, ${can('delete')} as remove, ${can('transfer')} as transfer from sales_order t where t.id = ${id}`.execute(
    plain(context.db),
  )
  const [found] = rows
  return { edit: found?.edit === 1, remove: found?.remove === 1, transfer: found?.transfer === 1 }
}

/** Into the recycle bin. */
export async function recycle(context: CommandContext, ids: readonly string[]): Promise<void> {
  const at = context.now()
  await sql`update sales_order set deleted_at = ${at}, deleted_with = null, updated_at = ${at}, version = version + 1
    where id in (select value from json_each(${JSON.stringify(ids)}))`.execute(context.tx)
}

const PARTS = ['invoice_line', 'payment_allocation', 'payment_plan', 'order_line', 'order_person'] as const
/** What goes with orders that go for good; payments stay and are for nothing then. @returns the ids of the rows. */
export async function purgeBeside(context: CommandContext, ids: readonly string[]): Promise<string[]> {
  const list = JSON.stringify(ids)
  const { rows: paid } = await sql<{ id: string }>`
    select distinct payment_id as id from payment_allocation where order_id in (select value from json_each(${list}))`.execute(
    context.tx,
  )
  const gone = await forgetOrders(context, ids)
  await sql`update refund_request set order_id = null where order_id in (select value from json_each(${list}))`.execute(
    context.tx,
  )
  for (const table of PARTS) {
    const { rows } = await sql<{ id: string }>`
      delete from ${sql.table(table)} where order_id in (select value from json_each(${list})) returning id`.execute(context.tx)
    gone.push(...rows.map(({ id }) => id))
  }
  await eraseAdded(context, { table: 'order_revision', column: 'order_id' }, ids)
  const { rows: members } = await sql<{ id: string }>`
    delete from record_member where entity = 'order' and record_id in (select value from json_each(${list})) returning id`.execute(
    context.tx,
  )
  await followRows(
    context,
    'payment',
    paid.map(({ id }) => id),
  )
  return [...gone, ...members.map(({ id }) => id), ...(await purgeApprovals(context, 'order', ids))]
}

type Part = { employeeId: string; role: string; share: string }
/** Whether the shares of each role of an order come to 100. */
export async function sharesAreWhole(tx: WriteTx, orderId: string): Promise<boolean> {
  const { rows } = await sql<Part>`
    select employee_id as "employeeId", role, share from order_person where order_id = ${orderId}`.execute(plain(tx))
  return !(attempt(() => requireShares(rows)) instanceof Refusal)
}

/** What cannot be mended on the order itself. */
const STAYS: ReadonlySet<unknown> = new Set(['numberTwice', 'unapproved'])
/** What is still missing of an order that an import brought flagged, once it was mended; nothing of one that is not flagged. */
export async function issueAfter(
  tx: WriteTx,
  row: Readonly<Record<string, unknown>> & { readonly id: string },
  lines: number,
): Promise<{ issue?: string | null }> {
  if (row['issue'] === null || row['issue'] === undefined || STAYS.has(row['issue'])) return {}
  const { rows } = await sql<{ id: string }>`
    select id from sales_order where number = ${row['number']} and issue is null and id <> ${row.id} limit 1`.execute(plain(tx))
  const issue = issueOf(row, { taken: rows.length > 0, lines, isWhole: await sharesAreWhole(tx, row.id) })
  return issue === row['issue'] ? {} : { issue }
}

/** Which of these numbers an order has. */
export async function numbersTaken(tx: WriteTx, numbers: readonly string[]): Promise<Set<string>> {
  if (numbers.length === 0) return new Set()
  const { rows } = await sql<{ number: string }>`
    select number from sales_order where number in (select value from json_each(${JSON.stringify(numbers)}))`.execute(plain(tx))
  return new Set(rows.map(({ number }) => number))
}

export async function countLines(db: Db, orderId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from order_line where order_id = ${orderId}`.execute(plain(db))
  return rows[0]?.n ?? 0
}
