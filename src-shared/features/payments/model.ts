import { z } from 'zod'
import { CustomCells } from '../../kernel/custom/model.ts'
import { idOf } from '../../kernel/ids.ts'
import { BusinessDate, Instant } from '../../kernel/time.ts'
import { CustomerId } from '../customers/model.ts'
import { OrderId, PlanId } from '../orders/model.ts'
import { Fen } from '../products/model.ts'
import { PAYMENT_KINDS, PAYMENT_METHODS } from './entity.ts'

export const PaymentId = idOf<'payment'>()
export type PaymentId = z.infer<typeof PaymentId>
export const PaymentMethod = z.enum(PAYMENT_METHODS)
export type PaymentMethod = z.infer<typeof PaymentMethod>

const text = (max: number) => z.string().trim().max(max).nullable()
const Amount = Fen.refine((fen) => fen > 0, 'required')

/** What of a payment is for an order; without a plan it goes to the plans that are due first. */
export const AllocationInput = z.strictObject({ orderId: OrderId, planId: PlanId.nullable().default(null), amountFen: Amount })
export type AllocationInput = z.infer<typeof AllocationInput>
export const AllocationInputs = z.array(AllocationInput).max(100)

export const PaymentValues = z.strictObject({
  receivedOn: BusinessDate,
  method: PaymentMethod,
  reference: text(100),
  note: text(2000),
})
export const PaymentEdit = PaymentValues.partial()
export type PaymentEdit = z.infer<typeof PaymentEdit>

export const NewPayment = PaymentValues.extend({
  customerId: CustomerId,
  amountFen: Amount,
  reference: text(100).default(null),
  note: text(2000).default(null),
  allocations: AllocationInputs.default([]),
  /** What is left over stays as credit of the customer: said on purpose. */
  keepRest: z.boolean().default(false),
  /** There is a payment of this reference already, and this is another one: said on purpose. */
  sameReference: z.boolean().default(false),
})
export type NewPayment = z.input<typeof NewPayment>

export const Refund = PaymentValues.extend({
  paymentId: PaymentId,
  amountFen: Amount,
  reference: text(100).default(null),
  note: text(2000).default(null),
  /** Given back of what was for this order; without it first of what is for none, then of what was said last. */
  orderId: OrderId.nullable().default(null),
})
export type Refund = z.infer<typeof Refund>

export const MayDo = z.strictObject({ write: z.boolean() })
const Sum = z.number().int().nullable()
/** A row as the caller may see it. */
export const Payment = z
  .strictObject({
    id: PaymentId,
    number: z.string(),
    kind: z.enum(PAYMENT_KINDS),
    customerId: CustomerId.nullable(),
    customerName: z.string().nullable(),
    refundOf: PaymentId.nullable().optional(),
    receivedOn: BusinessDate.nullable(),
    amountFen: Sum,
    allocatedFen: Sum,
    /** For no order and not given back. */
    restFen: Sum,
    method: PaymentMethod.nullable(),
    reference: z.string().nullable(),
    authorId: z.string().nullable(),
    authorName: z.string().nullable(),
    note: z.string().nullable(),
    createdAt: Instant,
    updatedAt: Instant,
    createdBy: z.string().nullable(),
    createdByName: z.string().nullable().optional(),
    deletedAt: Instant.nullable(),
    issue: z.string().nullable(),
    custom: CustomCells.optional(),
    customNames: z.record(z.string(), z.string()).optional(),
    version: z.number().int(),
  })
  .strip()
export type Payment = z.infer<typeof Payment>

/** What of a payment is for which order; of an order out of sight neither name nor number is told. */
export const Allocation = z.strictObject({
  id: z.string(),
  orderId: OrderId,
  orderName: z.string().nullable(),
  orderNumber: z.string().nullable(),
  planId: PlanId.nullable(),
  dueOn: BusinessDate.nullable(),
  amountFen: z.number().int(),
})
export type Allocation = z.infer<typeof Allocation>

/** A refund that somebody has asked for and nobody has agreed to yet. */
export const RefundRequest = z.strictObject({
  id: z.string(),
  amountFen: z.number().int(),
  receivedOn: BusinessDate,
  note: z.string().nullable(),
  state: z.enum(['pending', 'approved', 'rejected', 'withdrawn']),
})
export type RefundRequest = z.infer<typeof RefundRequest>

/** A payment in full: what it is for, what was given back of it, and what is asked to be. */
export const PaymentParts = z.strictObject({
  allocations: z.array(Allocation),
  refunds: z.array(Payment),
  requests: z.array(RefundRequest),
})
export type PaymentParts = z.infer<typeof PaymentParts>

/** Money of one order: a payment or refund with its part in it. */
export const Receipt = z.strictObject({
  paymentId: PaymentId,
  number: z.string(),
  kind: z.enum(PAYMENT_KINDS),
  receivedOn: BusinessDate,
  method: PaymentMethod,
  reference: z.string().nullable(),
  amountFen: z.number().int(),
  planDueOn: BusinessDate.nullable(),
})
export type Receipt = z.infer<typeof Receipt>
