/** What other features may use of orders. */
export { invoicedOf, purgeBeside as purgeOrdersBeside, requireOnlyOfQuote, sharesAreWhole } from './store.ts'
export { ORDER_TABLES, orderSubject, requireSoundOrders } from './approval.ts'
export { linesOf } from './lines.ts'
export { orderPartOut } from './partsOut.ts'
export { levelsOf, placed as placedLines } from './pricing.ts'
export { knownSinceSigned, orderChronicle } from './revisions.ts'
export { type OrderSaid, ordersSaid } from './sheetOrders.ts'
