export { CustomerOrders, useMoneyFigures, useOrderCount } from './CustomerOrders.tsx'
export { MakeOrder, OrderOfQuote } from './MakeOrder.tsx'
