/** What other features may use of the calendar: months as weeks of days. */
export { cellsOf, isIn, monthOf } from './days.ts'
