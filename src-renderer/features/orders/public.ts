export { CustomerOrders, useMoneyFigures, useOrderCount } from './CustomerOrders.tsx'
export { MakeOrder } from './MakeOrder.tsx'
