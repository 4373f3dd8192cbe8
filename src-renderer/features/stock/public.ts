/** What other pages may use of stock: what is available, what is kept for an order, and going below nothing with a reason. */
export { AvailableNote, useAvailable } from './Available.tsx'
export { BeyondBox } from './MoveDrawer.tsx'
export { OrderStock } from './OrderStock.tsx'
