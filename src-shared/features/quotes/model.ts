import { z } from 'zod'
import { PERCENT, QUANTITY } from '../../kernel/documents/lines.ts'
import { CustomCells, CustomValues } from '../../kernel/custom/model.ts'
import { idOf } from '../../kernel/ids.ts'
import { BusinessDate, Instant } from '../../kernel/time.ts'
import { Condition } from '../approvals/model.ts'
import { ContactId } from '../contacts/model.ts'
import { CustomerId } from '../customers/model.ts'
import { OpportunityId } from '../opportunities/model.ts'
import { Fen, ProductId } from '../products/model.ts'
import { QUOTE_STATUSES } from './entity.ts'

export const QuoteId = idOf<'quote'>()
export type QuoteId = z.infer<typeof QuoteId>
export const MOST_LINES = 500

const text = (max: number) => z.string().max(max).nullable()

/** What people set. Lines are set by a call of their own, the status changes by its own commands. */
export const QuoteValues = z.strictObject({
  name: z.string().trim().min(1, 'required').max(200),
  customerId: CustomerId.nullable(),
  contactId: ContactId.nullable(),
  opportunityId: OpportunityId.nullable(),
  ownerId: z.string().nullable(),
  quotedOn: BusinessDate,
  validUntil: BusinessDate.nullable(),
  /** Off the whole, beside what single lines take off. */
  discountFen: Fen,
  note: text(20000),
  terms: text(20000),
  /** Fields that the company added, by key; those not named stay as they are. */
  custom: CustomValues,
})
export const QuoteEdit = QuoteValues.partial()
export type QuoteEdit = z.infer<typeof QuoteEdit>

/** A line as it is written. `quantity`: decimal text above nothing; `priceFen`: of one piece, tax included; `discount`: percent off. */
export const LineValues = z.strictObject({
  productId: ProductId.nullable(),
  name: z.string().trim().min(1, 'required').max(200),
  spec: text(500),
  unit: text(20),
  quantity: z
    .string()
    .regex(QUANTITY, 'notAQuantity')
    .refine((quantity) => Number(quantity) > 0, 'notAQuantity'),
  priceFen: Fen,
  discount: z.string().regex(PERCENT, 'notARate'),
  taxRate: z.string().regex(PERCENT, 'notARate').nullable(),
  note: text(500),
})
export type LineValues = z.infer<typeof LineValues>
export const Lines = z.array(LineValues).max(MOST_LINES)

/** Without a name it is called like its opportunity or customer. */
export const NewQuote = QuoteValues.partial()
  .extend({ lines: Lines.optional() })
  .refine(({ name, customerId, opportunityId }) => Boolean(name ?? customerId ?? opportunityId), {
    path: ['name'],
    message: 'required',
  })
export type NewQuote = z.infer<typeof NewQuote>

/** `amountFen`: after its discount; `listPriceFen`: what the customer pays by the price lists; `costFen`: only for who may see costs. */
export const QuoteLine = LineValues.extend({
  id: z.string(),
  productId: z.string().nullable(),
  name: z.string(),
  quantity: z.string(),
  priceFen: z.number().int(),
  listPriceFen: z.number().int().nullable(),
  costFen: z.number().int().nullable(),
  amountFen: z.number().int(),
})
export type QuoteLine = z.infer<typeof QuoteLine>

export const MayDo = z.strictObject({ edit: z.boolean(), remove: z.boolean(), transfer: z.boolean() })

/** A row as the caller may see it. The customer has a name only for who sees him. */
export const Quote = z
  .object({
    id: QuoteId,
    name: z.string(),
    number: z.string().nullable(),
    customerId: CustomerId.nullable(),
    customerName: z.string().nullable(),
    contactId: ContactId.nullable(),
    contactName: z.string().nullable(),
    opportunityId: OpportunityId.nullable(),
    ownerId: z.string().nullable(),
    ownerName: z.string().nullable(),
    status: z.enum(QUOTE_STATUSES),
    versionNo: z.number().int().nullable(),
    /** A later version took its place. */
    superseded: z.boolean().nullable(),
    quotedOn: z.string().nullable(),
    validUntil: z.string().nullable(),
    linesFen: z.number().int().nullable(),
    discountFen: z.number().int().nullable(),
    totalFen: z.number().int(),
    taxFen: z.number().int().nullable(),
    listFen: z.number().int().nullable(),
    /** Percent off the list price. */
    discountRate: z.number().nullable(),
    note: z.string().nullable(),
    terms: z.string().nullable(),
    sentAt: Instant.nullable(),
    decidedAt: Instant.nullable(),
    reason: z.string().nullable(),
    createdAt: Instant,
    updatedAt: Instant,
    createdBy: z.string().nullable(),
    createdByName: z.string().nullable().optional(),
    deletedAt: Instant.nullable(),
    issue: z.string().nullable(),
    custom: CustomCells.optional(),
    customNames: z.record(z.string(), z.string()).optional(),
    /** Only of one quote in full. */
    may: MayDo.optional(),
    version: z.number().int(),
  })
  .strip()
export type Quote = z.infer<typeof Quote>

/** What stands in a quote. `costFen` and `mayCost`: only who may see costs sees them; `need`: what calls for approval before it is sent. */
export const QuoteContent = z.strictObject({
  lines: z.array(QuoteLine),
  costFen: z.number().int().nullable(),
  mayCost: z.boolean(),
  discountBp: z.number().int(),
  need: z.strictObject({ flowName: z.string(), conditions: z.array(Condition) }).nullable(),
})
export type QuoteContent = z.infer<typeof QuoteContent>

/** A product as it can be put into a line, with the price for this customer and why. */
export const Offer = z.strictObject({
  productId: ProductId,
  name: z.string(),
  number: z.string().nullable(),
  spec: z.string().nullable(),
  unit: z.string().nullable(),
  taxRate: z.string().nullable(),
  priceFen: z.number().int().nullable(),
  because: z.strictObject({
    key: z.enum(['levelList', 'everyList', 'standard', 'noPrice']),
    list: z.string().optional(),
    level: z.string().optional(),
  }),
})
export type Offer = z.infer<typeof Offer>
