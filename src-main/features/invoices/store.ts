import { sql } from 'kysely'
import type { Invoice, InvoiceLine, InvoiceLineInput, OrderInvoice } from '../../../src-shared/features/invoices/model.ts'
import type { CommandContext, QueryContext } from '../../kernel/context.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { mayAskBy, rowsFor } from '../../kernel/policy.ts'
import { rowsById } from '../../kernel/records/select.ts'
import { insertInto } from '../../kernel/records/write.ts'

type Db = ReadDb | WriteTx
const among = (ids: readonly string[]) => sql`in (select value from json_each(${JSON.stringify(ids)}))`

export type StoredLine = { id: string; orderId: string; amountFen: number }
export async function storedLines(db: Db, invoiceId: string): Promise<StoredLine[]> {
  const { rows } = await sql<StoredLine>`
    select id, order_id as "orderId", amount_fen as "amountFen" from invoice_line where invoice_id = ${invoiceId} order by position`.execute(
    plain(db),
  )
  return rows
}

export async function insertLines(context: CommandContext, invoiceId: string, lines: readonly InvoiceLineInput[]): Promise<void> {
  for (const [position, { orderId, amountFen }] of lines.entries())
    await insertInto(context.tx, 'invoice_line', {
      id: context.newId(),
      invoiceId,
      orderId,
      amountFen,
      position,
      createdAt: context.now(),
    })
}

export async function deleteLines(context: CommandContext, invoiceIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`delete from invoice_line where invoice_id ${among(invoiceIds)} returning id`.execute(
    context.tx,
  )
  return rows.map(({ id }) => id)
}

/** What it is for, as far as the reader sees the orders. */
export async function linesOf(context: QueryContext, id: string): Promise<InvoiceLine[]> {
  const { db, actor } = context
  if (!mayAskBy(actor, entityIn(context, 'invoice'), 'amountFen')) return []
  const { rows } = await sql<InvoiceLine & { seen: number }>`
    select l.id, l.order_id as "orderId", t.name as "orderName", t.number as "orderNumber", l.amount_fen as "amountFen",
      ${rowsFor(actor, entityIn(context, 'order'), 't')} as seen
    from invoice_line l join sales_order t on t.id = l.order_id where l.invoice_id = ${id} order by l.position`.execute(plain(db))
  return rows.map(({ seen, ...line }) => (seen === 1 ? line : { ...line, orderName: null, orderNumber: null }))
}

/** The living invoices on an order, the newest first, each with its part. */
export async function ofOrder(context: QueryContext, orderId: string): Promise<OrderInvoice[]> {
  const { db, actor } = context
  const entity = entityIn(context, 'invoice')
  const { rows } = await sql<{ id: string; partFen: number }>`
    select i.id, l.amount_fen as "partFen" from invoice_line l join invoice i on i.id = l.invoice_id
    where l.order_id = ${orderId} and i.deleted_at is null order by i.requested_on desc, i.id desc limit 500`.execute(plain(db))
  const seen = (await rowsById(
    db,
    actor,
    entity,
    rows.map(({ id }) => id),
  )) as Invoice[]
  const sees = mayAskBy(actor, entity, 'amountFen')
  return rows.flatMap(({ id, partFen }) => {
    const invoice = seen.find((one) => one.id === id)
    return invoice ? [{ invoice, partFen: sees ? partFen : null }] : []
  })
}

/** The living invoices of a customer, the newest first. */
export async function ofCustomer(context: QueryContext, customerId: string): Promise<Invoice[]> {
  const { rows } = await sql<{ id: string }>`
    select id from invoice where customer_id = ${customerId} and deleted_at is null order by requested_on desc, id desc limit 500`.execute(
    plain(context.db),
  )
  const ids = rows.map(({ id }) => id)
  const seen = (await rowsById(context.db, context.actor, entityIn(context, 'invoice'), ids)) as Invoice[]
  return seen.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
}

/** Another invoice of value under this number of the tax office, if any. */
export async function withOfficialNumber(tx: WriteTx, official: string, exceptId: string): Promise<{ number: string } | null> {
  const { rows } = await sql<{ number: string }>`
    select number from invoice where official_number = ${official} and status <> 'void' and deleted_at is null and id <> ${exceptId} limit 1`.execute(
    plain(tx),
  )
  return rows[0] ?? null
}

/** Columns of the invoice that the program writes. */
export async function put(context: CommandContext, id: string, values: Readonly<Record<string, unknown>>): Promise<void> {
  await context.tx
    .updateTable('invoice')
    .set((eb) => ({ ...values, updatedAt: context.now(), version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

/** What goes with invoices that go for good. @returns the ids of the rows. */
export const purgeBeside = deleteLines
