/** What other features may use of what sources cost. */
export { costsIn, renameSources, sourceNames } from './store.ts'
export { seedSourceCosts } from './seed.ts'
