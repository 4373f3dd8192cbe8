import { sql } from 'kysely'
import type { LineInput } from '../../../src-shared/features/orders/model.ts'
import { figuresOf } from '../../../src-shared/features/orders/rules.ts'
import { sortKey } from '../../../src-shared/kernel/pinyin/pinyin.ts'
import { addDays } from '../../../src-shared/kernel/zoned.ts'
import { dateIn } from '../../../src-shared/kernel/time.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { Values } from '../../kernel/importer.ts'
import { markWon } from '../../kernel/markWon.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { takeNumber } from '../../kernel/records/numbers.ts'
import { insertMany } from '../customers/public.ts'
import { readLines } from '../opportunities/public.ts'
import { knownSinceSigned, placedLines } from '../orders/public.ts'

type Won = {
  id: string
  name: string
  customerId: string
  level: string | null
  contactId: string | null
  ownerId: string | null
  closedAt: string
  amount: number | null
  /** The quote that was accepted. */
  quoteId: string | null
}
const ORDER_KEYS = [
  'id',
  'number',
  'name',
  'nameSort',
  'customerId',
  'contactId',
  'opportunityId',
  'quoteId',
  'ownerId',
  'status',
  'signedOn',
  'deliveredOn',
  'startsOn',
  'endsOn',
  'linesFen',
  'discountFen',
  'totalFen',
  'taxFen',
  'listFen',
  'costFen',
  'createdAt',
  'updatedAt',
] as const
const LINE_KEYS = [
  'id',
  'orderId',
  'productId',
  'name',
  'unit',
  'quantity',
  'priceFen',
  'discount',
  'taxRate',
  'listPriceFen',
  'costFen',
  'amountFen',
  'position',
  'createdAt',
] as const
const PLAN_KEYS = ['id', 'orderId', 'position', 'dueOn', 'amountFen', 'createdAt', 'updatedAt'] as const
type Tables = Record<'orders' | 'lines' | 'plans', Values[]>
/** Which part of the whole is asked for after so many days: before delivery, at delivery, when the guarantee ends. */
const PARTS = [
  [3n, 7],
  [6n, 35],
  [1n, 120],
] as const
const DELIVERED_AFTER = 20

/**
 * The orders of the won opportunities that are there, with lines, delivery and plans of payment; nothing where there are orders already.
 * @returns how many
 */
export async function seedOrders(context: CommandContext, roll: () => number): Promise<number> {
  if (await context.tx.selectFrom('salesOrder').select('id').limit(1).executeTakeFirst()) {
    context.unchanged()
    return 0
  }
  const tables: Tables = { orders: [], lines: [], plans: [] }
  const today = dateIn(context.now(), context.services.timeZone())
  const won = await wonOnes(context)
  for (const chance of won) if (roll() < 0.92) await agree(context, tables, { chance, roll, today })
  await insertMany(context, 'sales_order', ORDER_KEYS, tables.orders)
  await insertMany(context, 'order_line', LINE_KEYS, tables.lines)
  await insertMany(context, 'payment_plan', PLAN_KEYS, tables.plans)
  await knownSinceSigned(
    context,
    tables.orders.map(({ id }) => String(id)),
  )
  await markWon(
    context,
    won.map(({ customerId, closedAt }) => ({ customerId, on: dateIn(closedAt, context.services.timeZone()) })),
  )
  const count = tables.orders.length
  if (count === 0) context.unchanged()
  else context.record({ entity: 'order', id: '', action: 'seeded', detail: { count } })
  return count
}

async function wonOnes(context: CommandContext): Promise<Won[]> {
  const { rows } = await sql<Won>`
    select o.id, o.name, o.customer_id as "customerId", c.level, o.contact_id as "contactId", o.owner_id as "ownerId", o.closed_at as "closedAt", o.amount,
      (select q.id from quote q where q.opportunity_id = o.id and q.state = 'accepted' and q.deleted_at is null) as "quoteId"
    from opportunity o join customer c on c.id = o.customer_id
    where o.state = 'won' and o.deleted_at is null and o.closed_at is not null order by o.closed_at, o.id`.execute(context.tx)
  return rows
}

type Agreed = { chance: Won; roll: () => number; today: string }
async function agree(context: CommandContext, tables: Tables, { chance, roll, today }: Agreed): Promise<void> {
  const signedOn = dateIn(chance.closedAt, context.services.timeZone())
  const lines = await placedLines(context.tx, await wantedOf(context, chance), [], {
    level: chance.level,
    day: signedOn,
    agreed: true,
  })
  if (lines.length === 0) return
  const { amounts, ...figures } = figuresOf(lines, 0)
  const deliveredOn = addDays(signedOn, DELIVERED_AFTER + Math.floor(roll() * 20))
  const isDelivered = deliveredOn < today
  const id = context.newId()
  const stamps = { createdAt: chance.closedAt, updatedAt: chance.closedAt }
  tables.orders.push({
    id,
    number: await takeNumber(context, entityIn(context, 'order')),
    name: chance.name,
    nameSort: sortKey(chance.name),
    customerId: chance.customerId,
    contactId: chance.contactId,
    opportunityId: chance.id,
    quoteId: chance.quoteId,
    ownerId: chance.ownerId,
    status: isDelivered ? 'delivered' : 'confirmed',
    signedOn,
    startsOn: signedOn,
    endsOn: addDays(signedOn, 365),
    deliveredOn: isDelivered ? deliveredOn : null,
    ...figures,
    ...stamps,
  })
  for (const [position, line] of lines.entries())
    tables.lines.push({
      ...line,
      id: context.newId(),
      orderId: id,
      amountFen: amounts[position],
      position,
      createdAt: chance.closedAt,
    })
  for (const [position, { dueOn, amountFen }] of plannedFor(figures.totalFen, signedOn).entries())
    tables.plans.push({ id: context.newId(), orderId: id, position, dueOn, amountFen, ...stamps })
}

/** What was talked about, or its amount as one line. */
async function wantedOf(context: CommandContext, { id, name, amount }: Won): Promise<LineInput[]> {
  const rest = { taxRate: '13', note: null }
  const lines = await readLines(context.tx, id)
  if (lines.length > 0)
    return lines.map(({ productId, name: what, unit, quantity, priceFen, discount }) => ({
      productId: productId as LineInput['productId'],
      name: what,
      unit,
      quantity,
      priceFen: priceFen ?? 0,
      discount,
      ...rest,
    }))
  if (amount === null || amount <= 0) return []
  return [{ productId: null, name, unit: null, quantity: '1', priceFen: amount, discount: '0', ...rest }]
}

function plannedFor(totalFen: number, signedOn: string): { dueOn: string; amountFen: number }[] {
  let left = totalFen
  return PARTS.flatMap(([tenths, days], n) => {
    const amountFen = n === PARTS.length - 1 ? left : Number((BigInt(totalFen) * tenths) / 10n)
    left -= amountFen
    return amountFen > 0 ? [{ dueOn: addDays(signedOn, days), amountFen }] : []
  })
}
