import { z } from 'zod'
import { BulkPreview, BulkResult, ListInput, page, Selection, SumInput, SumResult, Which } from '../../kernel/list.ts'
import { CUSTOM_REFUSALS } from '../../kernel/custom/values.ts'
import { command, query } from '../../kernel/procedure.ts'
import { CustomerId } from '../customers/model.ts'
import { OrderId } from '../orders/model.ts'
import { AllocationInputs, NewPayment, Payment, PaymentEdit, PaymentId, PaymentParts, Receipt, Refund } from './model.ts'

const PLACES = [
  'aboveAmount',
  'aboveOpen',
  'orderCancelled',
  'orderDeleted',
  'otherCustomer',
  'planElsewhere',
  'planFull',
] as const
export const ADD_REFUSALS = ['customerDeleted', 'restUnsaid', 'referenceKnown', ...PLACES, ...CUSTOM_REFUSALS] as const
export const EDIT_REFUSALS = ['deleted', 'referenceTaken', ...CUSTOM_REFUSALS] as const
export const ALLOCATE_REFUSALS = ['deleted', 'notAPayment', 'belowRefunded', ...PLACES] as const
const GIVEN_BACK = ['deleted', 'notAPayment', 'aboveReceived', ...CUSTOM_REFUSALS] as const
export const REFUND_REFUSALS = ['approvalNeeded', ...GIVEN_BACK] as const
export const REQUEST_REFUSALS = ['refundPending', 'approvalNotNeeded', 'alreadyPending', ...GIVEN_BACK] as const
export const SELECTION_REFUSALS = ['nothingSelected', 'hasRefunds', 'refundPending', 'aboveOpen'] as const

const SHOWS = ['payment', 'order', 'customer', 'customField'] as const
const One = z.strictObject({ id: PaymentId })

export const paymentsContract = {
  list: query('payments.read', SHOWS).input(ListInput).output(page(Payment)),
  count: query('payments.read', SHOWS)
    .input(Which)
    .output(z.strictObject({ count: z.number().int(), capped: z.boolean() })),
  sums: query('payments.read', SHOWS).input(SumInput).output(SumResult),
  get: query('payments.read', SHOWS).input(One).output(Payment),
  parts: query('payments.read', SHOWS).input(One).output(PaymentParts),
  /** What came for one order, and what was given back, the newest first. */
  ofOrder: query('payments.read', SHOWS)
    .input(z.strictObject({ orderId: OrderId }))
    .output(z.array(Receipt)),
  /** Those of one customer, the newest first. */
  ofCustomer: query('payments.read', SHOWS)
    .input(z.strictObject({ customerId: CustomerId }))
    .output(z.array(Payment)),
  /** One payment may be for several orders of its customer. */
  add: command('payments.write', ADD_REFUSALS).input(NewPayment).output(Payment),
  edit: command('payments.write', EDIT_REFUSALS)
    .input(z.strictObject({ id: PaymentId, version: z.number().int(), values: PaymentEdit }))
    .output(Payment),
  /** What it is for, as a whole: what is not named any more is for nothing. */
  allocate: command('payments.write', ALLOCATE_REFUSALS)
    .input(z.strictObject({ id: PaymentId, version: z.number().int(), allocations: AllocationInputs }))
    .output(Payment),
  /** Money given back of a payment, up to what came. */
  refund: command('payments.write', REFUND_REFUSALS).input(Refund).output(Payment),
  /** Asks for a refund that has to be approved: agreed to, the money goes back by itself. The note is for who approves, too. */
  requestRefund: command('payments.write', REQUEST_REFUSALS).input(Refund).output(Payment),
  previewMany: query('payments.read', SHOWS)
    .input(z.strictObject({ act: z.literal('remove'), selection: Selection }))
    .output(BulkPreview),
  progress: query('payments.read', [])
    .input(z.strictObject({ key: z.string().max(64) }))
    .output(z.strictObject({ done: z.number().int().nullable() })),
  /** Into the recycle bin; what they were for is open again. */
  removeMany: command('payments.write', SELECTION_REFUSALS)
    .input(z.strictObject({ selection: Selection }))
    .output(BulkResult),
}
