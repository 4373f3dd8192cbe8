/** What other pages may use of purchases: what was asked for because of an order. */
export { OrderPurchases } from './OrderPurchases.tsx'
