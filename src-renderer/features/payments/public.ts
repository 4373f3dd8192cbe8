/** What other pages may use of payments: those of a customer, with their number, and what came for an order. */
export { CustomerPayments, usePaymentCount } from './CustomerPayments.tsx'
export { OrderReceipts } from './OrderReceipts.tsx'
