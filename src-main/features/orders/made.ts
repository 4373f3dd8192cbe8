import { sumOf } from '../../../src-shared/features/opportunities/lines.ts'
import type { LineInput, Order } from '../../../src-shared/features/orders/model.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { mayAskBy } from '../../kernel/policy.ts'
import { loadForWrite, type StoredRow } from '../../kernel/records/write.ts'
import { readLines } from '../opportunities/public.ts'
import { linesOfQuote } from '../quotes/public.ts'
import { orderOfQuote } from './store.ts'
import { createOrder } from './write.ts'

type Begun = { readonly lines: readonly LineInput[]; readonly discountFen: number }
const NOTHING: Begun = { lines: [], discountFen: 0 }

const headOf = (row: StoredRow, context: CommandContext) => ({
  name: String(row['name']),
  customerId: row['customerId'] as Order['customerId'],
  contactId: row['contactId'] as Order['contactId'],
  ownerId: (row['ownerId'] as string | null) ?? context.actor.employeeId,
})

/** Its lines, less what somebody agreed on below their sum; without lines its amount as one. Nothing for who must not know the amount. */
async function wantedIn(context: CommandContext, chance: StoredRow): Promise<Begun> {
  if (!mayAskBy(context.actor, entityIn(context, 'opportunity'), 'amount')) return NOTHING
  const amount = typeof chance['amount'] === 'number' ? chance['amount'] : null
  const stored = await readLines(context.tx, chance.id)
  const lines = stored.map(
    ({ productId, name, unit, quantity, priceFen, discount }): LineInput => ({
      productId: productId as LineInput['productId'],
      name,
      unit,
      quantity,
      priceFen: priceFen ?? 0,
      discount,
      taxRate: null,
      note: null,
    }),
  )
  const sum = sumOf(stored.map(({ amountFen }) => amountFen)) ?? 0
  if (lines.length > 0) return { lines, discountFen: amount === null ? 0 : Math.max(0, sum - amount) }
  if (amount === null || amount <= 0) return NOTHING
  const name = String(chance['name'])
  const whole = { productId: null, name, unit: null, quantity: '1', discount: '0', taxRate: null, note: null }
  return { lines: [{ ...whole, priceFen: amount }], discountFen: 0 }
}

/** @returns the id of the order. @throws Refusal opportunityNotWon and those of a new order */
export async function orderFromOpportunity(context: CommandContext, opportunityId: string): Promise<string> {
  const chance = await loadForWrite(context, entityIn(context, 'opportunity'), opportunityId, 'read')
  if (chance['state'] !== 'won' || chance.deletedAt !== null) throw new Refusal('opportunityNotWon')
  const begun = await wantedIn(context, chance)
  return createOrder(context, {
    ...headOf(chance, context),
    opportunityId: opportunityId as NonNullable<Order['opportunityId']>,
    ...begun,
    agreed: true,
    people: [],
    plans: [],
  })
}

/**
 * What the customer agreed to, as it was offered: prices, discounts and taxes of the quote, beside the list prices of then.
 * @returns the id of the order. @throws Refusal quoteNotAccepted | quoteOrdered (number) and those of a new order
 */
export async function orderFromQuote(context: CommandContext, quoteId: string): Promise<string> {
  const quote = await loadForWrite(context, entityIn(context, 'quote'), quoteId, 'read')
  if (quote['state'] !== 'accepted' || quote.deletedAt !== null) throw new Refusal('quoteNotAccepted')
  const made = await orderOfQuote(context.tx, quoteId)
  if (made) throw new Refusal('quoteOrdered', { name: made.number ?? made.name })
  const offered = await linesOfQuote(context.tx, quoteId)
  const lines = offered.map(
    ({ productId, name, spec, unit, quantity, priceFen, discount, taxRate, listPriceFen, note }): LineInput => ({
      productId: productId as LineInput['productId'],
      name,
      unit,
      quantity,
      priceFen,
      discount,
      taxRate,
      listPriceFen,
      note: [spec, note].filter((word) => word !== null && word !== '').join(' ') || null,
    }),
  )
  return createOrder(context, {
    ...headOf(quote, context),
    opportunityId: quote['opportunityId'] as Order['opportunityId'],
    quoteId,
    told: true,
    lines,
    discountFen: Number(quote['discountFen']),
    people: [],
    plans: [],
  })
}
