import { type RawBuilder, sql } from 'kysely'
import type { Allocation, Payment, PaymentParts, Receipt, RefundRequest } from '../../../src-shared/features/payments/model.ts'
import type { Placed } from '../../../src-shared/features/payments/rules.ts'
import { cleanLongText, cleanText } from '../../../src-shared/kernel/cleaning/text.ts'
import type { CommandContext, QueryContext } from '../../kernel/context.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { followRows } from '../../kernel/derived.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { mayAskBy, rowsFor } from '../../kernel/policy.ts'
import { rowsById } from '../../kernel/records/select.ts'
import { insertInto } from '../../kernel/records/write.ts'
import { purgeApprovals } from '../approvals/public.ts'

type Db = ReadDb | WriteTx
const among = (ids: readonly string[]) => sql`in (select value from json_each(${JSON.stringify(ids)}))`

/** The one cleaning of payments. */
export function cleanPayment<Values extends { reference?: string | null | undefined; note?: string | null | undefined }>(
  values: Values,
): Values {
  const { reference, note } = values
  return {
    ...values,
    ...(reference !== undefined && { reference: (reference && cleanText(reference)) || null }),
    ...(note !== undefined && { note: (note && cleanLongText(note)) || null }),
  }
}

export type StoredAllocation = Placed & { id: string; paymentId: string }
/** What payments are for, in the order in which it was said. */
export async function allocationsOf(db: Db, paymentIds: readonly string[]): Promise<StoredAllocation[]> {
  const { rows } = await sql<StoredAllocation>`
    select id, payment_id as "paymentId", order_id as "orderId", plan_id as "planId", amount_fen as "amountFen"
    from payment_allocation where payment_id ${among(paymentIds)} order by position, id`.execute(plain(db))
  return rows
}

/** Ids of the living refunds of a payment with what each gave back. */
export async function refundsOf(db: Db, paymentId: string): Promise<{ id: string; amountFen: number }[]> {
  const { rows } = await sql<{ id: string; amountFen: number }>`
    select id, amount_fen as "amountFen" from payment where refund_of = ${paymentId} and deleted_at is null order by received_on, id`.execute(
    plain(db),
  )
  return rows
}

/** What of a payment stands for orders once its refunds are taken off, and what is for none. */
export async function standingOf(
  db: Db,
  payment: { id: string; amountFen: number },
): Promise<{ placed: Placed[]; restFen: number }> {
  const refunds = await refundsOf(db, payment.id)
  const own = await allocationsOf(db, [payment.id])
  const back = await allocationsOf(
    db,
    refunds.map(({ id }) => id),
  )
  const sum = (ones: readonly { amountFen: number }[]): number => ones.reduce((total, { amountFen }) => total + amountFen, 0)
  const placed = own.map(({ orderId, planId, amountFen }) => ({ orderId, planId, amountFen }))
  for (const one of back) {
    const at = placed.find(({ orderId, planId }) => orderId === one.orderId && planId === one.planId)
    if (at) at.amountFen += one.amountFen
    else placed.push({ orderId: one.orderId, planId: one.planId, amountFen: one.amountFen })
  }
  return { placed, restFen: payment.amountFen - sum(refunds) - sum(placed) }
}

/** Writes what a payment is for; the same place stands once. */
export async function insertAllocations(context: CommandContext, paymentId: string, placed: readonly Placed[]): Promise<void> {
  const byPlace = Map.groupBy(placed, ({ orderId, planId }) => `${orderId} ${planId ?? ''}`)
  for (const [position, [first, ...more]] of [...byPlace.values()].entries())
    if (first)
      await insertInto(context.tx, 'payment_allocation', {
        id: context.newId(),
        paymentId,
        orderId: first.orderId,
        planId: first.planId,
        amountFen: more.reduce((sum, { amountFen }) => sum + amountFen, first.amountFen),
        position,
        createdAt: context.now(),
      })
}

/** @returns what they were for */
export async function deleteAllocations(context: CommandContext, paymentIds: readonly string[]): Promise<StoredAllocation[]> {
  const gone = await allocationsOf(context.tx, paymentIds)
  await sql`delete from payment_allocation where payment_id ${among(paymentIds)}`.execute(context.tx)
  return gone
}

/** Orders, plans and payments say again what their allocations say. */
export async function followMoney(
  context: CommandContext,
  paymentIds: readonly string[],
  places: readonly Pick<Placed, 'orderId' | 'planId'>[],
): Promise<void> {
  await followRows(context, 'sales_order', [...new Set(places.map(({ orderId }) => orderId))])
  await followRows(context, 'payment_plan', [...new Set(places.flatMap(({ planId }) => planId ?? []))])
  await followRows(context, 'payment', paymentIds)
}

export type OpenPlan = { id: string; orderId: string; dueOn: string; openFen: number; isVoid: number }
/** Plans of an order with what is still waited for. */
export async function openPlansOf(tx: WriteTx, orderId: string): Promise<OpenPlan[]> {
  const { rows } = await sql<OpenPlan>`
    select id, order_id as "orderId", due_on as "dueOn", amount_fen - received_fen as "openFen", void as "isVoid"
    from payment_plan where order_id = ${orderId} order by due_on, position`.execute(plain(tx))
  return rows
}

/** Another living payment of the same reference on the same way, if any. */
export async function withReference(
  tx: WriteTx,
  { reference, method, exceptId = '' }: { reference: string; method: string; exceptId?: string },
): Promise<{ number: string } | null> {
  const { rows } = await sql<{ number: string }>`
    select number from payment where reference = ${reference} and method = ${method} and deleted_at is null and id <> ${exceptId} limit 1`.execute(
    plain(tx),
  )
  return rows[0] ?? null
}

/** What came for one order, the newest first; nothing for who must not see what payments come to. */
export async function receiptsOf(context: QueryContext, orderId: string): Promise<Receipt[]> {
  const payment = entityIn(context, 'payment')
  if (!mayAskBy(context.actor, payment, 'amountFen')) return []
  const { rows } = await sql<Receipt>`
    select p.id as "paymentId", p.number, p.kind, p.received_on as "receivedOn", p.method, p.reference, a.amount_fen as "amountFen", l.due_on as "planDueOn"
    from payment_allocation a join payment p on p.id = a.payment_id left join payment_plan l on l.id = a.plan_id
    where a.order_id = ${orderId} order by p.received_on desc, p.id desc, a.position`.execute(plain(context.db))
  return mayAskBy(context.actor, payment, 'reference') ? rows : rows.map((row) => ({ ...row, reference: null }))
}

/** What a payment is for, as far as the reader sees the orders, and what was given back of it. */
export async function partsOf(context: QueryContext, id: string): Promise<PaymentParts> {
  const { db, actor } = context
  const payment = entityIn(context, 'payment')
  const refunds = await refundsOf(db, id)
  const { rows } = await sql<Allocation & { seen: number }>`
    select a.id, a.order_id as "orderId", t.name as "orderName", t.number as "orderNumber", a.plan_id as "planId", l.due_on as "dueOn",
      a.amount_fen as "amountFen", ${rowsFor(actor, entityIn(context, 'order'), 't')} as seen
    from payment_allocation a join sales_order t on t.id = a.order_id left join payment_plan l on l.id = a.plan_id
    where a.payment_id = ${id} order by a.position, a.id`.execute(plain(db))
  const shown = mayAskBy(actor, payment, 'allocatedFen') ? rows : []
  return {
    allocations: shown.map(({ seen, ...one }) => (seen === 1 ? one : { ...one, orderName: null, orderNumber: null })),
    refunds: (await rowsById(
      db,
      actor,
      payment,
      refunds.map((one) => one.id),
    )) as Payment[],
    requests: mayAskBy(actor, payment, 'amountFen') ? await requestsOf(context, id) : [],
  }
}

/** Requests of one payment that wait, the newest first. */
export async function requestsOf({ db }: Pick<QueryContext, 'db'>, paymentId: string): Promise<RefundRequest[]> {
  const { rows } = await sql<RefundRequest>`
    select r.id, r.amount_fen as "amountFen", r.received_on as "receivedOn", r.note, r.state from refund_request r
    where r.payment_id = ${paymentId} and r.state = 'pending' order by r.created_at desc`.execute(plain(db))
  return rows
}

/** Ids of a customer's living payments, the newest first. */
export async function idsOfCustomer(db: ReadDb, customerId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from payment where customer_id = ${customerId} and deleted_at is null order by received_on desc, id desc limit 500`.execute(
    plain(db),
  )
  return rows.map(({ id }) => id)
}

export const sorted = (rows: readonly Payment[], ids: readonly string[]): Payment[] =>
  rows.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))

/** Into the recycle bin, or back. */
export async function setDeleted(context: CommandContext, id: string, deleted: boolean): Promise<void> {
  const at = context.now()
  await context.tx
    .updateTable('payment')
    .set((eb) => ({ deletedAt: deleted ? at : null, deletedWith: null, updatedAt: at, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

/** What goes with payments that go for good. @returns the ids of the rows. */
export async function purgeBeside(context: CommandContext, ids: readonly string[]): Promise<string[]> {
  const asked = await forgetRequests(context, sql`payment_id ${among(ids)} or id ${among(ids)}`)
  const gone = await deleteAllocations(context, ids)
  await followMoney(context, [], gone)
  await sql`update payment set refund_of = null where refund_of ${among(ids)}`.execute(context.tx)
  return [...asked, ...gone.map(({ id }) => id)]
}

/** Whether a refund of a payment waits for approval. */
export async function pendingRefund(tx: WriteTx, paymentId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('refundRequest')
    .select('id')
    .where('paymentId', '=', paymentId)
    .where('state', '=', 'pending')
    .executeTakeFirst()
  return row !== undefined
}

/** Requests for refunds that go for good, with what was decided on them. @returns the ids of the rows */
async function forgetRequests(context: CommandContext, which: RawBuilder<unknown>): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`delete from refund_request where ${which} returning id`.execute(context.tx)
  const ids = rows.map(({ id }) => id)
  return [...ids, ...(await purgeApprovals(context, 'refund', ids))]
}
