/** What other features may use of jobs. */
export { housekeeping } from './housekeeping.ts'
export { changeSchedule, type ScheduleChange } from './schedules.ts'
export { asJob, asSchedule } from './store.ts'
