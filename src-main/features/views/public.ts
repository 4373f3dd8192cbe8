/** What other features may use of views. */
export { viewNames } from './store.ts'
