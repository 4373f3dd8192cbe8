export { OrderPurchases } from './OrderPurchases.tsx'
