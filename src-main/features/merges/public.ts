/** What other features may use of merges. */
export { reverseMerge } from './takeBack.ts'
