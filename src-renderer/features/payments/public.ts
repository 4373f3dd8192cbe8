export { CustomerPayments, usePaymentCount } from './CustomerPayments.tsx'
export { OrderReceipts } from './OrderReceipts.tsx'
