import { z } from 'zod'
import { BulkPreview, BulkResult, ListInput, page, Selection, SumInput, SumResult, Which } from '../../kernel/list.ts'
import { command, query } from '../../kernel/procedure.ts'
import { BusinessDate } from '../../kernel/time.ts'
import { CustomerId } from '../customers/model.ts'
import { OrderId } from '../orders/model.ts'
import { Invoice, InvoiceEdit, InvoiceId, InvoiceLine, NewInvoice, OrderInvoice } from './model.ts'

const PLACES = ['aboveOpen', 'orderCancelled', 'orderDraft', 'orderDeleted', 'otherCustomer', 'orderTwice'] as const
const BUYER = ['profileMissing', 'specialForEnterprise', 'taxNumberMissing'] as const
export const REQUEST_REFUSALS = ['customerDeleted', 'inPool', ...PLACES, ...BUYER] as const
export const EDIT_REFUSALS = ['deleted', 'notRequested', ...PLACES, ...BUYER] as const
export const ISSUE_REFUSALS = [
  'deleted',
  'statusNotNext',
  'officialNumberKnown',
  'aboveOpen',
  'orderCancelled',
  'orderDraft',
] as const
export const STATUS_REFUSALS = ['deleted', 'statusNotNext'] as const
export const SELECTION_REFUSALS = ['nothingSelected', 'issuedStays'] as const

const SHOWS = ['invoice', 'order', 'customer'] as const
const One = z.strictObject({ id: InvoiceId })
const Seen = One.extend({ version: z.number().int() })
const needed = (max: number) => z.string().trim().min(1, 'required').max(max)

export const invoicesContract = {
  list: query('invoices.read', SHOWS).input(ListInput).output(page(Invoice)),
  count: query('invoices.read', SHOWS)
    .input(Which)
    .output(z.strictObject({ count: z.number().int(), capped: z.boolean() })),
  sums: query('invoices.read', SHOWS).input(SumInput).output(SumResult),
  get: query('invoices.read', SHOWS).input(One).output(Invoice),
  /** What it is for, order by order. */
  lines: query('invoices.read', SHOWS).input(One).output(z.array(InvoiceLine)),
  /** Those that stand on one order, each with its part in it, the newest first. */
  ofOrder: query('invoices.read', SHOWS)
    .input(z.strictObject({ orderId: OrderId }))
    .output(z.array(OrderInvoice)),
  /** Those of one customer, the newest first. */
  ofCustomer: query('invoices.read', SHOWS)
    .input(z.strictObject({ customerId: CustomerId }))
    .output(z.array(Invoice)),
  /** Asks for one, on orders of a customer; whoever may make them out is told. */
  request: command('invoices.create', REQUEST_REFUSALS).input(NewInvoice).output(Invoice),
  edit: command('invoices.create', EDIT_REFUSALS)
    .input(Seen.extend({ values: InvoiceEdit }))
    .output(Invoice),
  /** Made out under the number of the tax office; without a day today. Whoever asked is told. */
  issue: command('invoices.issue', ISSUE_REFUSALS)
    .input(Seen.extend({ officialNumber: needed(40), issuedOn: BusinessDate.optional() }))
    .output(Invoice),
  /** Sent or handed over; without a day today. */
  post: command('invoices.issue', STATUS_REFUSALS)
    .input(Seen.extend({ expressNo: z.string().trim().max(60).nullable().default(null), postedOn: BusinessDate.optional() }))
    .output(Invoice),
  /** Of no value any more: what it was for is open for invoicing again. */
  void: command('invoices.issue', STATUS_REFUSALS)
    .input(Seen.extend({ reason: needed(500) }))
    .output(Invoice),
  previewMany: query('invoices.read', SHOWS)
    .input(z.strictObject({ act: z.literal('remove'), selection: Selection }))
    .output(BulkPreview),
  progress: query('invoices.read', [])
    .input(z.strictObject({ key: z.string().max(64) }))
    .output(z.strictObject({ done: z.number().int().nullable() })),
  /** Into the recycle bin; what was ever made out stays. */
  removeMany: command('invoices.create', SELECTION_REFUSALS)
    .input(z.strictObject({ selection: Selection }))
    .output(BulkResult),
}
