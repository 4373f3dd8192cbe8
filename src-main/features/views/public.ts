/** What other features may use of views. */
export { renameInViews } from './renamed.ts'
export { viewNames } from './store.ts'
