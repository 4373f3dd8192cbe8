/** What other features may use of orders. */
export { invoicedOf, noteOwners, purgeBeside as purgeOrdersBeside, stateOf } from './store.ts'
export { ORDER_TABLES, orderSubject, requireSoundApprovals } from './approval.ts'
export { linesOf } from './lines.ts'
export { levelsOf, placed as placedLines } from './pricing.ts'
