/** What other features may use of opportunities. */
export { purgeBeside } from './store.ts'
export { createOpportunity } from './write.ts'
