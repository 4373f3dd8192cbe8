/** What other features may use of what sources cost. */
export { costsIn, sourceNames } from './store.ts'
export { seedSourceCosts } from './seed.ts'
