/** What other features may use of invoices. */
export { purgeBeside as purgeInvoicesBeside } from './store.ts'
export { bringBackInvoice } from './write.ts'
