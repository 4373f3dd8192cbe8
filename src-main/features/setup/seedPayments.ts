import { sql } from 'kysely'
import { addDays } from '../../../src-shared/kernel/zoned.ts'
import { dateIn } from '../../../src-shared/kernel/time.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { Values } from '../../kernel/importer.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { takeNumber } from '../../kernel/records/numbers.ts'
import { insertMany } from '../customers/public.ts'
import { followMoney } from '../payments/public.ts'

type Due = { id: string; orderId: string; dueOn: string; amountFen: number; customerId: string | null; ownerId: string | null }
const PAYMENT_KEYS = [
  'id',
  'number',
  'kind',
  'customerId',
  'authorId',
  'receivedOn',
  'amountFen',
  'allocatedFen',
  'method',
  'reference',
  'createdAt',
  'updatedAt',
] as const
const ALLOCATION_KEYS = ['id', 'paymentId', 'orderId', 'planId', 'amountFen', 'position', 'createdAt'] as const

/** Payments for most of the plans whose day has passed: some a few days late, some not yet there; nothing where there are payments already. @returns how many */
export async function seedPayments(context: CommandContext, roll: () => number): Promise<number> {
  if (await context.tx.selectFrom('payment').select('id').limit(1).executeTakeFirst()) {
    context.unchanged()
    return 0
  }
  const today = dateIn(context.now(), context.services.timeZone())
  const { rows } = await sql<Due>`
    select p.id, p.order_id as "orderId", p.due_on as "dueOn", p.amount_fen as "amountFen", o.customer_id as "customerId", o.owner_id as "ownerId"
    from payment_plan p join sales_order o on o.id = p.order_id
    where p.due_on < ${today} and p.void = 0 and o.status in ('confirmed', 'delivered') order by p.due_on, p.id`.execute(
    context.tx,
  )
  const [payments, allocations]: [Values[], Values[]] = [[], []]
  for (const due of rows) {
    const receivedOn = addDays(due.dueOn, Math.floor(roll() * 15 - 4))
    const isWhole = roll() < 0.94
    if (roll() > 0.9 || receivedOn >= today) continue
    const amountFen = isWhole ? due.amountFen : Math.max(1, Math.floor(due.amountFen / 2))
    const id = context.newId()
    const createdAt = `${receivedOn}T08:00:00.000Z`
    payments.push({
      id,
      number: (await takeNumber(context, entityIn(context, 'payment'))) ?? id.slice(-10),
      kind: 'payment',
      customerId: due.customerId,
      authorId: due.ownerId,
      receivedOn,
      amountFen,
      allocatedFen: amountFen,
      method: roll() < 0.85 ? 'transfer' : 'check',
      reference: String(Math.floor(roll() * 1e10)).padStart(10, '0'),
      createdAt,
      updatedAt: createdAt,
    })
    allocations.push({
      id: context.newId(),
      paymentId: id,
      orderId: due.orderId,
      planId: due.id,
      amountFen,
      position: 0,
      createdAt,
    })
  }
  await insertMany(context, 'payment', PAYMENT_KEYS, payments)
  await insertMany(context, 'payment_allocation', ALLOCATION_KEYS, allocations)
  await followMoney(
    context,
    [],
    allocations.map(({ orderId, planId }) => ({ orderId: String(orderId), planId: String(planId) })),
  )
  if (payments.length === 0) context.unchanged()
  else context.record({ entity: 'payment', id: '', action: 'seeded', detail: { count: payments.length } })
  return payments.length
}
