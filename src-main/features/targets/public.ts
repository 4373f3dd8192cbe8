/** What other features may use of targets. */
export { monthTargets } from './store.ts'
