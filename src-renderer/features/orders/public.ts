/** What other pages may use of orders: those of a customer with what he bought and owes, and making one of what was won. */
export { CustomerOrders, useMoneyFigures, useOrderCount } from './CustomerOrders.tsx'
export { MakeOrder, OrderOfQuote } from './MakeOrder.tsx'
