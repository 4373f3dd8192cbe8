import { sql } from 'kysely'
import { figuresOf, issueOf } from '../../../src-shared/features/orders/rules.ts'
import type { LineInput } from '../../../src-shared/features/orders/model.ts'
import { settleRows, type SheetLine } from '../../../src-shared/kernel/documents/sheetLines.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { plain } from '../../kernel/database.ts'
import type { Values } from '../../kernel/importer.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { takeNumber } from '../../kernel/records/numbers.ts'
import { insertMany } from '../customers/public.ts'
import { shelfOf } from '../products/public.ts'
import { LINE_KEYS, ORDER_KEYS } from './importRows.ts'
import { placedAsTold } from './pricing.ts'

type Won = {
  id: string
  name: string
  nameSort: string
  customerId: string | null
  level: string | null
  contactId: string | null
  ownerId: string | null
  amount: number
  closedOn: string
}
type WonLine = SheetLine & { opportunityId: string }
export type WonOrder = {
  readonly id: string
  readonly customerId: string | null
  readonly totalFen: number
  readonly signedOn: string
}

/**
 * Makes the orders of opportunities that are won and have none: each comes to the value of its opportunity, agreed on the day it was won,
 * with its products, and is paid in full by whoever calls this.
 * @returns the orders made
 */
export async function paidOrdersOfWon(context: CommandContext, opportunityIds: readonly string[]): Promise<WonOrder[]> {
  const { won, lines } = await wonAmong(context, opportunityIds)
  if (won.length === 0) return []
  const shelf = await shelfOf(
    context.tx,
    lines.flatMap(({ productId }) => productId ?? []),
  )
  const entity = entityIn(context, 'order')
  const now = context.now()
  const orders: Values[] = []
  const orderLines: Values[] = []
  for (const one of won) {
    const own = lines.filter(({ opportunityId }) => opportunityId === one.id)
    const priced = placedAsTold(shelf, worth(one, own), { level: one.level, day: one.closedOn })
    const { amounts, ...figures } = figuresOf(priced, 0)
    const id = context.newId()
    const order: Values = {
      ...figures,
      id,
      number: await takeNumber(context, entity),
      name: one.name,
      nameSort: one.nameSort,
      customerId: one.customerId,
      contactId: one.contactId,
      opportunityId: one.id,
      ownerId: one.ownerId,
      status: 'confirmed',
      signedOn: one.closedOn,
      receivedFen: figures.totalFen,
      refundedFen: 0,
      createdAt: now,
      createdBy: context.actor.userId || null,
      updatedAt: now,
    }
    order['issue'] = issueOf(order, { taken: false, lines: priced.length })
    orders.push(order)
    for (const [position, line] of priced.entries())
      orderLines.push({ ...line, id: context.newId(), orderId: id, amountFen: amounts[position] ?? 0, position, createdAt: now })
  }
  await insertMany(context, 'sales_order', ORDER_KEYS, orders)
  await insertMany(context, 'order_line', LINE_KEYS, orderLines)
  return orders.map((order) => order as unknown as WonOrder)
}

/** The lines of an opportunity where they come to what it was worth, else one of that sum. */
function worth({ name, amount }: Won, own: readonly WonLine[]): LineInput[] {
  const asked = (lines: readonly SheetLine[]) => settleRows([{ lines, totalFen: amount }], null, name)
  const given = asked(own)
  const { lines } = given.agrees && given.discountFen === 0 ? given : asked([])
  return lines.map(({ productId, name: called, unit, quantity, priceFen, discount, taxRate, note }) => ({
    productId: productId as LineInput['productId'],
    name: called,
    unit,
    quantity,
    priceFen,
    discount,
    taxRate,
    note,
  }))
}

async function wonAmong(context: CommandContext, ids: readonly string[]): Promise<{ won: Won[]; lines: WonLine[] }> {
  const list = JSON.stringify(ids)
  const { rows: won } = await sql<Won>`
    select o.id, o.name, o.name_sort as "nameSort", o.customer_id as "customerId", o.contact_id as "contactId", o.owner_id as "ownerId", o.amount,
      o.closed_on as "closedOn", c.level from json_each(${list}) w cross join opportunity o on o.id = w.value left join customer c on c.id = o.customer_id
    where o.state = 'won' and o.amount > 0 and o.deleted_at is null and not exists (select 1 from sales_order s where s.opportunity_id = o.id)`.execute(
    plain(context.tx),
  )
  const { rows: lines } = await sql<Omit<WonLine, 'spec' | 'taxRate' | 'note'>>`
    select l.opportunity_id as "opportunityId", l.product_id as "productId", l.name, l.unit, l.quantity, l.price_fen as "priceFen", l.discount
    from json_each(${JSON.stringify(won.map(({ id }) => id))}) w cross join opportunity_line l on l.opportunity_id = w.value order by l.position`.execute(
    plain(context.tx),
  )
  return { won, lines: lines.map((line) => ({ ...line, spec: null, taxRate: null, note: null })) }
}
