/** What other features may use of handing over. */
export { givenText } from './given.ts'
