/** What other features may use of targets. */
export { aimReach, monthTargets } from './store.ts'
