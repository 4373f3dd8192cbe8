/** What other pages may use of invoices: those of a customer, with their number, and those of an order. */
export { CustomerInvoices, useInvoiceCount } from './CustomerInvoices.tsx'
export { OrderInvoices } from './OrderInvoices.tsx'
