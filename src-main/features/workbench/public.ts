/** What other features may use of the workbench. */
export { whoCanBeSeen } from './who.ts'
