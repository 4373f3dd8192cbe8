import './jobs.css'

export { JobProgress, JobStatus } from './JobViews.tsx'
export { planText, ScheduleDialog } from './ScheduleDialog.tsx'
export { Steering } from './Steering.tsx'
export { text as jobsText } from './text.ts'
