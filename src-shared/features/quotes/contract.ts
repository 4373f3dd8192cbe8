import { z } from 'zod'
import { CUSTOM_REFUSALS } from '../../kernel/custom/values.ts'
import { BulkPreview, BulkResult, ListInput, page, Selection, SumInput, SumResult, Which } from '../../kernel/list.ts'
import { command, query } from '../../kernel/procedure.ts'
import { BusinessDate } from '../../kernel/time.ts'
import { CustomerId } from '../customers/model.ts'
import { OpportunityId } from '../opportunities/model.ts'
import { Fen } from '../products/model.ts'
import { Lines, NewQuote, Offer, Quote, QuoteContent, QuoteEdit, QuoteId } from './model.ts'

const LINE_REFUSALS = ['productGone', 'badNumber', 'sumTooLarge', 'discountAboveLines'] as const
const HEAD_REFUSALS = [
  'ownerUnknown',
  'ownerLeft',
  'customerDeleted',
  'contactElsewhere',
  'opportunityElsewhere',
  'endsBeforeItBegins',
] as const
const STATE_REFUSALS = ['deleted', 'superseded', 'pendingApproval', 'notDraft'] as const
export const CREATE_REFUSALS = [...HEAD_REFUSALS, ...LINE_REFUSALS, ...CUSTOM_REFUSALS] as const
export const EDIT_REFUSALS = [...STATE_REFUSALS, ...HEAD_REFUSALS, ...LINE_REFUSALS, 'customerFixed', ...CUSTOM_REFUSALS] as const
export const SET_LINES_REFUSALS = [...STATE_REFUSALS, ...LINE_REFUSALS] as const
export const VERSION_REFUSALS = ['deleted', 'superseded', 'pendingApproval', 'alreadyAccepted', 'productGone'] as const
export const SUBMIT_REFUSALS = [...STATE_REFUSALS, 'noLines', 'noCustomer', 'approvalNotNeeded', 'alreadyPending'] as const
export const SEND_REFUSALS = [
  'deleted',
  'superseded',
  'pendingApproval',
  'alreadySent',
  'noLines',
  'noCustomer',
  'expired',
  'approvalNeeded',
] as const
export const ANSWER_REFUSALS = ['deleted', 'superseded', 'notSent', 'expired'] as const
export const BULK_TRANSFER_REFUSALS = ['nothingSelected', 'ownerUnknown', 'ownerLeft'] as const
export const SELECTION_REFUSALS = ['nothingSelected'] as const

const SHOWS = ['quote', 'customer', 'approval', 'approvalFlow', 'customField'] as const
const One = z.strictObject({ id: QuoteId })
const Seen = { id: QuoteId, version: z.number().int() }

export const quotesContract = {
  list: query('quotes.read', SHOWS).input(ListInput).output(page(Quote)),
  count: query('quotes.read', SHOWS)
    .input(Which)
    .output(z.strictObject({ count: z.number().int(), capped: z.boolean() })),
  sums: query('quotes.read', SHOWS).input(SumInput).output(SumResult),
  get: query('quotes.read', SHOWS).input(One).output(Quote),
  /** Its lines, what they come to beside what stands on the quote, and whether it needs approval. */
  content: query('quotes.read', [...SHOWS, 'product', 'role'])
    .input(One)
    .output(QuoteContent),
  /** Every version of the same quote, the latest first. */
  versions: query('quotes.read', SHOWS).input(One).output(z.array(Quote)),
  /** The last versions of one customer's or opportunity's quotes, the newest first. */
  ofCustomer: query('quotes.read', SHOWS)
    .input(z.strictObject({ customerId: CustomerId }))
    .output(z.array(Quote)),
  ofOpportunity: query('quotes.read', SHOWS)
    .input(z.strictObject({ opportunityId: OpportunityId }))
    .output(z.array(Quote)),
  /** Products on sale as the words find them, each with the price for this customer on a day. */
  offers: query('products.read', ['product', 'priceList', 'customer'])
    .input(z.strictObject({ search: z.string().max(200), customerId: CustomerId.nullable(), on: BusinessDate }))
    .output(z.array(Offer)),
  /** From nothing, from a customer, or from an opportunity, whose customer and contact it takes. */
  create: command('quotes.create', CREATE_REFUSALS).input(NewQuote).output(Quote),
  /** What the customer reads changes in a draft alone; name, people and notes at any time. */
  edit: command('quotes.edit', EDIT_REFUSALS)
    .input(z.strictObject({ ...Seen, values: QuoteEdit }))
    .output(Quote),
  /** All lines at once, in their order. */
  setLines: command('quotes.edit', SET_LINES_REFUSALS)
    .input(z.strictObject({ ...Seen, lines: Lines, discountFen: Fen.optional() }))
    .output(Quote),
  /** A draft with the same lines that takes its place. */
  newVersion: command('quotes.edit', VERSION_REFUSALS).input(z.strictObject(Seen)).output(Quote),
  /** Hands it in for approval by the flow that is called for. */
  submit: command('quotes.edit', SUBMIT_REFUSALS)
    .input(z.strictObject({ ...Seen, note: z.string().trim().max(2000).nullable().default(null) }))
    .output(Quote),
  /** Writes down that it went to the customer. */
  send: command('quotes.edit', SEND_REFUSALS).input(z.strictObject(Seen)).output(Quote),
  accept: command('quotes.edit', ANSWER_REFUSALS).input(z.strictObject(Seen)).output(Quote),
  reject: command('quotes.edit', ANSWER_REFUSALS)
    .input(z.strictObject({ ...Seen, reason: z.string().trim().max(2000).nullable().default(null) }))
    .output(Quote),
  transferMany: command('quotes.transfer', BULK_TRANSFER_REFUSALS)
    .input(z.strictObject({ selection: Selection, ownerId: z.string().min(1).max(26) }))
    .output(BulkResult),
  /** With all their versions. Those that wait for approval stay and are counted. */
  removeMany: command('quotes.delete', SELECTION_REFUSALS)
    .input(z.strictObject({ selection: Selection }))
    .output(BulkResult),
  previewMany: query('quotes.read', SHOWS)
    .input(z.strictObject({ act: z.enum(['transfer', 'remove']), selection: Selection }))
    .output(BulkPreview),
  /** How far a bulk action of one's own is, by the key of its call; null when none is running under it. */
  progress: query('quotes.read', [])
    .input(z.strictObject({ key: z.string().max(64) }))
    .output(z.strictObject({ done: z.number().int().nullable() })),
}
