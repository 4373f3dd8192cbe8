import { z } from 'zod'
import { CUSTOM_REFUSALS } from '../../kernel/custom/values.ts'
import { BulkPreview, BulkResult, ListInput, page, Selection, SumInput, SumResult, Which } from '../../kernel/list.ts'
import { command, query } from '../../kernel/procedure.ts'
import { BusinessDate } from '../../kernel/time.ts'
import { CustomerId } from '../customers/model.ts'
import { OpportunityId } from '../opportunities/model.ts'
import { QuoteId } from '../quotes/model.ts'
import { Beyond, STOCK_REFUSALS } from '../stock/model.ts'
import {
  CustomerMoney,
  LineInputs,
  NewOrder,
  Order,
  OrderEdit,
  OrderId,
  OrderParts,
  OrderValues,
  PersonInputs,
  PlanInputs,
} from './model.ts'

const HEADER = [
  'ownerUnknown',
  'ownerLeft',
  'ownerMissing',
  'customerMissing',
  'customerDeleted',
  'customerHasMoney',
  'customerHasInvoices',
  'contactElsewhere',
  'opportunityElsewhere',
  'endsBeforeItBegins',
] as const
const DAYS = ['signedMissing', 'deliveredMissing', 'notDelivered', 'deliveredBeforeSigned'] as const
const LINES = [
  'badNumber',
  'sumTooLarge',
  'discountAboveLines',
  'totalNegative',
  'productUnknown',
  'productOffSale',
  'priceOfProduct',
  'listBelowPrice',
  'totalBelowReceived',
  'totalBelowInvoiced',
] as const
const PEOPLE = ['personUnknown', 'personTwice', 'shareNotWhole'] as const
const PLANS = ['planUnknown', 'planReceived', 'planBelowReceived'] as const
/** What is handed in stands still, and what runs does not grow past what nobody agreed to. */
const CHANGE = ['pendingApproval', 'approvalOfChange'] as const
export const CREATE_REFUSALS = ['noRate', ...HEADER, ...DAYS, ...LINES, ...PEOPLE, ...PLANS, ...CUSTOM_REFUSALS] as const
export const FROM_REFUSALS = ['opportunityNotWon', ...CREATE_REFUSALS] as const
export const FROM_QUOTE_REFUSALS = ['quoteNotAccepted', 'quoteOrdered', ...CREATE_REFUSALS] as const
export const EDIT_REFUSALS = ['deleted', 'cancelled', ...CHANGE, ...HEADER, ...DAYS, ...LINES, ...CUSTOM_REFUSALS] as const
export const LINES_REFUSALS = ['deleted', 'cancelled', ...CHANGE, ...LINES, ...STOCK_REFUSALS] as const
export const PEOPLE_REFUSALS = ['deleted', 'cancelled', ...PEOPLE] as const
export const PLANS_REFUSALS = ['deleted', 'cancelled', 'pendingApproval', ...PLANS] as const
export const SUBMIT_REFUSALS = [
  'deleted',
  'statusNotNext',
  'linesMissing',
  'pendingApproval',
  'approvalNotNeeded',
  'alreadyPending',
] as const
export const STATUS_REFUSALS = [
  'deleted',
  'statusNotNext',
  'pendingApproval',
  'approvalNeeded',
  'deliveredBeforeSigned',
  'linesMissing',
  'moneyAllocated',
  'invoiceLiving',
  ...STOCK_REFUSALS,
] as const
export const BULK_EDIT_REFUSALS = ['nothingSelected', 'ownerUnknown', 'ownerLeft', 'ownerMissing', ...CUSTOM_REFUSALS] as const
export const SELECTION_REFUSALS = ['nothingSelected'] as const

const SHOWS = ['order', 'payment', 'invoice', 'customer', 'customField'] as const
const One = z.strictObject({ id: OrderId })
const Seen = One.extend({ version: z.number().int() })
/** What many may be given at once. */
export const BulkEdit = OrderValues.pick({ ownerId: true, custom: true }).partial()
export type BulkEdit = z.infer<typeof BulkEdit>

export const ordersContract = {
  list: query('orders.read', SHOWS).input(ListInput).output(page(Order)),
  count: query('orders.read', SHOWS)
    .input(Which)
    .output(z.strictObject({ count: z.number().int(), capped: z.boolean() })),
  sums: query('orders.read', SHOWS).input(SumInput).output(SumResult),
  get: query('orders.read', SHOWS).input(One).output(Order),
  /** Lines, people, plans and revisions of one order. */
  parts: query('orders.read', SHOWS).input(One).output(OrderParts),
  /** Those of one customer, running ones first. */
  ofCustomer: query('orders.read', SHOWS)
    .input(z.strictObject({ customerId: CustomerId }))
    .output(z.array(Order)),
  /** The order made of a quote, for who sees both; none or one. */
  ofQuote: query('orders.read', [...SHOWS, 'quote'])
    .input(z.strictObject({ quoteId: QuoteId }))
    .output(z.array(Order)),
  /** What a customer has bought, paid and owes. */
  moneyOf: query('orders.read', SHOWS)
    .input(z.strictObject({ customerId: CustomerId }))
    .output(CustomerMoney),
  create: command('orders.create', CREATE_REFUSALS).input(NewOrder).output(Order),
  /** The order of a won opportunity: its name, customer, contact and owner, and its lines, or its amount as one. */
  fromOpportunity: command('orders.create', FROM_REFUSALS)
    .input(z.strictObject({ opportunityId: OpportunityId }))
    .output(Order),
  /** The order of an accepted quote, with its lines as they were offered; one quote has one. */
  fromQuote: command('orders.create', FROM_QUOTE_REFUSALS)
    .input(z.strictObject({ quoteId: QuoteId }))
    .output(Order),
  edit: command('orders.edit', EDIT_REFUSALS)
    .input(Seen.extend({ values: OrderEdit }))
    .output(Order),
  /** The whole set of lines at once. Of a running order it is kept, or leaves, as they say; `shortage` as with `confirm`. */
  setLines: command('orders.edit', LINES_REFUSALS)
    .input(Seen.extend({ lines: LineInputs, discountFen: OrderValues.shape.discountFen.optional() }))
    .output(Order),
  setPeople: command('orders.edit', PEOPLE_REFUSALS)
    .input(Seen.extend({ people: PersonInputs }))
    .output(Order),
  setPlans: command('orders.edit', PLANS_REFUSALS)
    .input(Seen.extend({ plans: PlanInputs }))
    .output(Order),
  /** Hands a draft in, where a flow calls for approval before it takes effect. */
  submit: command('orders.edit', SUBMIT_REFUSALS)
    .input(Seen.extend({ note: z.string().trim().max(2000).nullable().default(null) }))
    .output(Order),
  /**
   * Agreed; without a day on today's. Costs and list prices are those of that day, where any is known. What is kept in stock is kept for it; `shortage` says
   * what is missing and the purchase that asks for it.
   */
  confirm: command('orders.edit', STATUS_REFUSALS)
    .input(Seen.extend({ signedOn: BusinessDate.optional() }))
    .output(Order),
  /** Its goods leave the stock; more than there is only with the right to and a reason. */
  deliver: command('orders.edit', STATUS_REFUSALS)
    .input(Seen.extend({ deliveredOn: BusinessDate.optional(), ...Beyond }))
    .output(Order),
  /** Called off; refused while money of the customer or an invoice stands for it. What had left comes back into stock. */
  cancel: command('orders.edit', STATUS_REFUSALS)
    .input(Seen.extend({ reason: z.string().max(2000).nullable().default(null) }))
    .output(Order),
  editMany: command('orders.edit', BULK_EDIT_REFUSALS)
    .input(z.strictObject({ selection: Selection, values: BulkEdit }))
    .output(BulkResult),
  previewMany: query('orders.read', SHOWS)
    .input(
      z.union([
        z.strictObject({ act: z.literal('edit'), selection: Selection, values: BulkEdit }),
        z.strictObject({ act: z.literal('remove'), selection: Selection }),
      ]),
    )
    .output(BulkPreview),
  /** How far a bulk action of one's own is, by the key of its call; null when none is running under it. */
  progress: query('orders.read', [])
    .input(z.strictObject({ key: z.string().max(64) }))
    .output(z.strictObject({ done: z.number().int().nullable() })),
  /** Those that money or an invoice stands for, or whose goods have left, stay where they are and are counted. */
  removeMany: command('orders.delete', SELECTION_REFUSALS)
    .input(z.strictObject({ selection: Selection }))
    .output(BulkResult),
}
