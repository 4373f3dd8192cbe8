export { CustomerInvoices, useInvoiceCount } from './CustomerInvoices.tsx'
export { OrderInvoices } from './OrderInvoices.tsx'
