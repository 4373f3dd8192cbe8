import { z } from 'zod'
import { idOf } from '../../kernel/ids.ts'
import { BusinessDate, Instant } from '../../kernel/time.ts'
import { BillingProfileId, BuyerKind } from '../billing/model.ts'
import { CustomerId } from '../customers/model.ts'
import { OrderId } from '../orders/model.ts'
import { Fen } from '../products/model.ts'
import { INVOICE_KINDS, INVOICE_STATUSES } from './entity.ts'

export const InvoiceId = idOf<'invoice'>()
export type InvoiceId = z.infer<typeof InvoiceId>
export const InvoiceStatus = z.enum(INVOICE_STATUSES)
export type InvoiceStatus = z.infer<typeof InvoiceStatus>
export const InvoiceKind = z.enum(INVOICE_KINDS)
export type InvoiceKind = z.infer<typeof InvoiceKind>

const text = (max: number) => z.string().trim().max(max).nullable()

/** What of an invoice is for an order, in fen. */
export const InvoiceLineInput = z.strictObject({ orderId: OrderId, amountFen: Fen.refine((fen) => fen > 0, 'required') })
export type InvoiceLineInput = z.infer<typeof InvoiceLineInput>
export const InvoiceLineInputs = z.array(InvoiceLineInput).min(1, 'required').max(100)

/** Made out to one of the customer's billing profiles, whose words are kept with it. */
export const NewInvoice = z.strictObject({
  customerId: CustomerId,
  kind: InvoiceKind,
  profileId: BillingProfileId,
  lines: InvoiceLineInputs,
  note: text(2000).default(null),
})
export type NewInvoice = z.input<typeof NewInvoice>

/** As long as it is only asked for, all of it; later the note alone. */
export const InvoiceEdit = z
  .strictObject({ kind: InvoiceKind, profileId: BillingProfileId, lines: InvoiceLineInputs, note: text(2000) })
  .partial()
export type InvoiceEdit = z.infer<typeof InvoiceEdit>

const Word = z.string().nullable()
/** A row as the caller may see it. */
export const Invoice = z
  .strictObject({
    id: InvoiceId,
    number: z.string(),
    status: InvoiceStatus,
    customerId: CustomerId.nullable(),
    customerName: Word,
    buyer: Word,
    amountFen: z.number().int().nullable(),
    kind: InvoiceKind.nullable(),
    officialNumber: Word,
    requestedOn: BusinessDate.nullable(),
    requesterId: Word,
    requesterName: Word,
    issuedOn: BusinessDate.nullable(),
    postedOn: BusinessDate.nullable(),
    expressNo: Word,
    voidReason: Word,
    buyerKind: BuyerKind.nullable(),
    taxNumber: Word,
    address: Word,
    phone: Word,
    bank: Word,
    account: Word,
    email: Word,
    mailAddress: Word,
    note: Word,
    issue: Word,
    createdAt: Instant,
    updatedAt: Instant,
    createdBy: Word,
    createdByName: Word.optional(),
    deletedAt: Instant.nullable(),
    version: z.number().int(),
  })
  .strip()
export type Invoice = z.infer<typeof Invoice>

/** What of an invoice is for which order; of an order out of sight neither name nor number is told. */
export const InvoiceLine = z.strictObject({
  id: z.string(),
  orderId: OrderId,
  orderName: z.string().nullable(),
  orderNumber: z.string().nullable(),
  amountFen: z.number().int(),
})
export type InvoiceLine = z.infer<typeof InvoiceLine>

/** An invoice with its part in one order. */
export const OrderInvoice = z.strictObject({ invoice: Invoice, partFen: z.number().int().nullable() })
export type OrderInvoice = z.infer<typeof OrderInvoice>
