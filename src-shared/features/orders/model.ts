import { z } from 'zod'
import { CustomCells, CustomValues } from '../../kernel/custom/model.ts'
import { PERCENT, QUANTITY } from '../../kernel/documents/lines.ts'
import { idOf } from '../../kernel/ids.ts'
import { BusinessDate, Instant } from '../../kernel/time.ts'
import { Need } from '../approvals/model.ts'
import { ContactId } from '../contacts/model.ts'
import { CustomerId } from '../customers/model.ts'
import { OpportunityId } from '../opportunities/model.ts'
import { Fen, ProductId } from '../products/model.ts'
import { Shortage } from '../purchases/model.ts'
import { QuoteId } from '../quotes/model.ts'
import { ORDER_APPROVALS, ORDER_STATUSES } from './entity.ts'

export const OrderId = idOf<'order'>()
export type OrderId = z.infer<typeof OrderId>
export const PlanId = idOf<'paymentPlan'>()
export type PlanId = z.infer<typeof PlanId>
export const OrderStatus = z.enum(ORDER_STATUSES)
export type OrderStatus = z.infer<typeof OrderStatus>

const text = (max: number) => z.string().max(max).nullable()

/** What people set of an order itself; status, lines, people and plans have commands of their own. */
export const OrderValues = z.strictObject({
  name: z.string().trim().min(1, 'required').max(200),
  customerId: CustomerId.nullable(),
  contactId: ContactId.nullable(),
  opportunityId: OpportunityId.nullable(),
  ownerId: z.string().nullable(),
  signedOn: BusinessDate.nullable(),
  deliveredOn: BusinessDate.nullable(),
  /** The first and the last day of the contract. */
  startsOn: BusinessDate.nullable(),
  endsOn: BusinessDate.nullable(),
  discountFen: Fen,
  expenseFen: Fen.nullable(),
  note: text(20000),
  /** Fields that the company added, by key; those not named stay as they are. */
  custom: CustomValues,
})
export const OrderEdit = OrderValues.partial()
export type OrderEdit = z.infer<typeof OrderEdit>

/** A line as people write it. `discount` and `taxRate` are percent as decimal text; `priceFen` is of one piece, tax included. */
export const LineInput = z.strictObject({
  productId: ProductId.nullable().default(null),
  name: z.string().trim().min(1, 'required').max(200),
  unit: text(20).default(null),
  quantity: z.string().regex(QUANTITY, 'notAQuantity'),
  priceFen: Fen,
  discount: z.string().regex(PERCENT, 'notARate').default('0'),
  taxRate: z.string().regex(PERCENT, 'notARate').nullable().default(null),
  note: text(500).default(null),
  /**
   * What one piece is by list and what it costs, of a line without a product; left out it stays what it was. Of a product its price lists
   * and costs say it, by the level of the customer and the day of signing.
   */
  listPriceFen: Fen.nullable().optional(),
  costFen: Fen.nullable().optional(),
})
export type LineInput = z.infer<typeof LineInput>
export const MOST_LINES = 500
export const LineInputs = z.array(LineInput).max(MOST_LINES)

/** Who has a part in an order: shares of a role, percent as decimal text, add up to exactly 100. */
export const PersonInput = z.strictObject({
  employeeId: z.string().max(26),
  role: z.string().trim().min(1, 'required').max(40),
  share: z.string().regex(PERCENT, 'notARate'),
})
export type PersonInput = z.infer<typeof PersonInput>
export const MOST_PEOPLE = 50
export const PersonInputs = z.array(PersonInput).max(MOST_PEOPLE)

/** A planned payment; with an id it is one that stands there. */
export const PlanInput = z.strictObject({
  id: PlanId.optional(),
  dueOn: BusinessDate,
  amountFen: Fen.refine((fen) => fen > 0, 'required'),
  isVoid: z.boolean().default(false),
  note: text(500).default(null),
})
export type PlanInput = z.infer<typeof PlanInput>
export const MOST_PLANS = 60
export const PlanInputs = z.array(PlanInput).max(MOST_PLANS)

export const NewOrder = OrderValues.partial()
  .required({ name: true })
  .extend({
    /** Three letters; only yuan can be counted without a rate. */
    currency: z.string().length(3).default('CNY'),
    lines: LineInputs.default([]),
    people: PersonInputs.default([]),
    plans: PlanInputs.default([]),
  })
export type NewOrder = z.input<typeof NewOrder>

/** What the reader may do with one order. */
export const MayDo = z.strictObject({ edit: z.boolean(), remove: z.boolean(), transfer: z.boolean() })

const Sum = z.number().int().nullable()
/** A row as the caller may see it. The customer has a name only for who sees him. */
export const Order = OrderValues.extend({
  id: OrderId,
  name: z.string(),
  number: z.string().nullable(),
  quoteId: QuoteId.nullable(),
  customerName: z.string().nullable(),
  contactName: z.string().nullable(),
  ownerName: z.string().nullable(),
  status: OrderStatus,
  /** Handed in for approval, or agreed to; null for neither. */
  approval: z.enum(ORDER_APPROVALS).nullable(),
  discountFen: Sum,
  expenseFen: Sum,
  linesFen: Sum,
  totalFen: Sum,
  taxFen: Sum,
  listFen: Sum,
  costFen: Sum,
  receivedFen: Sum,
  refundedFen: Sum,
  dueFen: Sum,
  /** Of plans whose day has passed. */
  overdueFen: Sum,
  nextDueOn: BusinessDate.nullable(),
  /** What its living invoices say, and what may still be invoiced. */
  invoicedFen: Sum,
  uninvoicedFen: Sum,
  cancelReason: z.string().nullable(),
  createdAt: Instant,
  updatedAt: Instant,
  createdBy: z.string().nullable(),
  createdByName: z.string().nullable().optional(),
  deletedAt: Instant.nullable(),
  issue: z.string().nullable(),
  custom: CustomCells.optional(),
  customNames: z.record(z.string(), z.string()).optional(),
  /** Only of one order in full. */
  may: MayDo.optional(),
  /** Only as the answer to what was done: what the stock lacks for it now. */
  shortage: Shortage.optional(),
  version: z.number().int(),
}).strip()
export type Order = z.infer<typeof Order>

export const Line = LineInput.extend({
  id: z.string(),
  unit: z.string().nullable(),
  quantity: z.string(),
  discount: z.string(),
  taxRate: z.string().nullable(),
  note: z.string().nullable(),
  /** Of one piece for this customer on the day of signing; null where none was known. */
  listPriceFen: Sum,
  costFen: Sum,
  amountFen: z.number().int(),
})
export type Line = z.infer<typeof Line>

export const Person = PersonInput.extend({ id: z.string(), employeeName: z.string() })
export type Person = z.infer<typeof Person>

export const PLAN_STATES = ['pending', 'partial', 'done', 'overdue', 'void'] as const
export type PlanState = (typeof PLAN_STATES)[number]
export const Plan = z.strictObject({
  id: PlanId,
  dueOn: BusinessDate,
  amountFen: z.number().int(),
  receivedFen: z.number().int(),
  isVoid: z.boolean(),
  state: z.enum(PLAN_STATES),
  note: z.string().nullable(),
})
export type Plan = z.infer<typeof Plan>

/** What was known of an order until a day, and what from it on. */
export const Revision = z.strictObject({
  id: z.string(),
  recordedOn: BusinessDate,
  byName: z.string().nullable(),
  was: z.record(z.string(), z.unknown()),
  became: z.record(z.string(), z.unknown()),
})
export type Revision = z.infer<typeof Revision>

/** An order in full beside its header. */
export const OrderParts = z.strictObject({
  lines: z.array(Line),
  people: z.array(Person),
  plans: z.array(Plan),
  revisions: z.array(Revision),
  /** Why a draft has to be approved before it takes effect; null where it need not be, or is asked for already. */
  need: Need.nullable(),
})
export type OrderParts = z.infer<typeof OrderParts>

/** What a customer has bought, paid and still owes, of the orders that the caller sees. */
export const CustomerMoney = z.strictObject({
  orders: z.number().int(),
  totalFen: Sum,
  receivedFen: Sum,
  dueFen: Sum,
  overdueFen: Sum,
})
export type CustomerMoney = z.infer<typeof CustomerMoney>
