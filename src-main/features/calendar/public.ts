/** What other features may use of the calendar: deadlines and reminders count working time by it. */
export { loadCalendar } from './store.ts'
export { renewWorkDays } from './workDays.ts'
