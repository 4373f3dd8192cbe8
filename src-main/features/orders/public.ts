/** What other features may use of orders. */
export { purgeBeside as purgeOrdersBeside } from './store.ts'
export { linesOf } from './lines.ts'
