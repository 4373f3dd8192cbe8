/** What other features may use of orders. */
export { noteOwners, purgeBeside as purgeOrdersBeside } from './store.ts'
export { linesOf } from './lines.ts'
