/** What other features may use of the settings of leads. */
export { readRules } from './store.ts'
