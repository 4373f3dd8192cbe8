import { z } from 'zod'
import { BulkResult, MAX_PAGE, page } from '../../kernel/list.ts'
import { command, query } from '../../kernel/procedure.ts'
import { BIN_KINDS, BinRow } from './model.ts'

export const BIN_RESTORE_REFUSALS = [
  'nothingSelected',
  'customerDeleted',
  'hostDeleted',
  'notYours',
  'inPool',
  'notDeleted',
  'uniqueTaken',
  'quoteOrdered',
  'aboveReceived',
  'aboveOpen',
  'orderDraft',
  'orderCancelled',
  'orderDeleted',
  'otherCustomer',
] as const
export const BIN_PURGE_REFUSALS = ['nothingSelected', 'selectionChanged'] as const

const SHOWS = [
  'customer',
  'contact',
  'opportunity',
  'quote',
  'lead',
  'order',
  'payment',
  'invoice',
  'product',
  'followUp',
  'file',
  'employee',
  'job',
] as const
const Words = z.string().max(200)
/** Chosen rows, or all that the words find but the exceptions. */
const BinSelection = z.union([
  z.strictObject({ ids: z.array(z.string().max(26)).min(1).max(10_000) }),
  z.strictObject({ search: Words, except: z.array(z.string().max(26)).max(10_000) }),
])
export type BinSelection = z.infer<typeof BinSelection>
const Count = z.number().int().nullable()
/** How many of each kind; null for a kind one does not see at all. `keepDays`: after so many they go for good; null while nothing goes by itself. */
const BinCounts = z.strictObject({
  customer: Count,
  contact: Count,
  opportunity: Count,
  quote: Count,
  order: Count,
  payment: Count,
  invoice: Count,
  lead: Count,
  product: Count,
  followUp: Count,
  file: Count,
  keepDays: z.number().int().nullable(),
})
export type BinCounts = z.infer<typeof BinCounts>
const Restore = z.strictObject({
  selection: BinSelection,
  /** Customers that lie in the recycle bin themselves come back, too, where one may bring them back. */
  withCustomers: z.boolean().default(false),
})

export const recycleBinContract = {
  counts: query('customers.read', SHOWS).input(z.strictObject({})).output(BinCounts),
  /** What was deleted by itself, the newest first; what went with its customer is his, and comes back with him. */
  list: query('customers.read', SHOWS)
    .input(
      z.strictObject({
        kind: z.enum(BIN_KINDS),
        search: Words.optional(),
        offset: z.number().int().min(0).max(5_000_000).default(0),
        limit: z.number().int().min(1).max(MAX_PAGE).default(50),
      }),
    )
    .output(page(BinRow).extend({ count: z.number().int() })),
  restoreContacts: command('contacts.write', BIN_RESTORE_REFUSALS).input(Restore).output(BulkResult),
  restoreOpportunities: command('opportunities.delete', BIN_RESTORE_REFUSALS).input(Restore).output(BulkResult),
  restoreQuotes: command('quotes.delete', BIN_RESTORE_REFUSALS).input(Restore).output(BulkResult),
  restoreOrders: command('orders.delete', BIN_RESTORE_REFUSALS).input(Restore).output(BulkResult),
  restoreInvoices: command('invoices.create', BIN_RESTORE_REFUSALS).input(Restore).output(BulkResult),
  restorePayments: command('payments.write', BIN_RESTORE_REFUSALS).input(Restore).output(BulkResult),
  restoreLeads: command('leads.delete', BIN_RESTORE_REFUSALS).input(Restore).output(BulkResult),
  restoreFollowUps: command('followUps.write', BIN_RESTORE_REFUSALS).input(Restore).output(BulkResult),
  restoreFiles: command('files.write', BIN_RESTORE_REFUSALS).input(Restore).output(BulkResult),
  /** Contacts, opportunities, leads, orders, payments, invoices, conversations or files for good; customers go by `customers.purgeMany`, products stay. */
  purge: command('customers.purge', BIN_PURGE_REFUSALS, {
    irreversible: 'purging is the one way to make data gone for good; its journal images are blanked',
  })
    .input(
      z.strictObject({
        kind: z.enum(['contact', 'opportunity', 'lead', 'quote', 'order', 'payment', 'invoice', 'followUp', 'file']),
        selection: BinSelection,
        confirmCount: z.number().int(),
      }),
    )
    .output(BulkResult),
}
