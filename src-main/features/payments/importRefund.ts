import { sql } from 'kysely'
import { type Placed, takenBack } from '../../../src-shared/features/payments/rules.ts'
import { plain, type WriteTx } from '../../kernel/database.ts'
import { standingOf } from './store.ts'

type Asked = {
  readonly amountFen: number
  readonly customerId: string | null
  readonly orderIds: readonly string[]
  /** The payment that a row names. */
  readonly refundOf: string | null
}
type Paid = { id: string; amountFen: number }
export type Back = { readonly refundOf: string | null; readonly placed: Placed[]; readonly isAbove: boolean }

/** Payments that money may have gone back of: the one that is named, those for the order, or those of the customer; the last first. */
async function paymentsFor(tx: WriteTx, { refundOf, orderIds, customerId }: Asked): Promise<Paid[]> {
  const among =
    refundOf !== null
      ? sql`p.id = ${refundOf}`
      : orderIds.length > 0
        ? sql`p.id in (select a.payment_id from payment_allocation a where a.amount_fen > 0 and a.order_id in (select value from json_each(${JSON.stringify(orderIds)})))`
        : sql`p.customer_id = ${customerId}`
  const { rows } = await sql<Paid>`
    select p.id, p.amount_fen as "amountFen" from payment p where p.kind = 'payment' and p.deleted_at is null and ${among}
    order by p.received_on desc, p.id desc limit 200`.execute(plain(tx))
  return rows
}

/**
 * What a refund of a sheet takes back: of the last payment that had as much, else of the one that had most. What is above that stands for
 * no order, and the refund is flagged.
 */
export async function refundedFrom(tx: WriteTx, asked: Asked): Promise<Back> {
  const [orderId = null] = asked.refundOf === null ? asked.orderIds : asked.orderIds.slice(0, 1)
  let best: { payment: Paid; had: number; standing: Awaited<ReturnType<typeof standingOf>> } | null = null
  for (const payment of await paymentsFor(tx, asked)) {
    const standing = await standingOf(tx, payment)
    const had = standing.placed
      .filter((one) => orderId === null || one.orderId === orderId)
      .reduce((sum, one) => sum + Math.max(0, one.amountFen), orderId === null ? Math.max(0, standing.restFen) : 0)
    if (!best || had > best.had) best = { payment, had, standing }
    if (had >= asked.amountFen) break
  }
  if (!best) return { refundOf: null, placed: [], isAbove: true }
  const taken = Math.min(asked.amountFen, best.had)
  const placed = takenBack(taken, best.standing, orderId).map((part) => ({ ...part, amountFen: -part.amountFen }))
  return { refundOf: best.payment.id, placed, isAbove: taken < asked.amountFen }
}
