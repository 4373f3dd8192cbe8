/** What other features may use of the calendar: which days nobody works. */
export { useFreeDays } from './useFreeDays.ts'
