/** What other features may use of leads. */
export { leadJobs } from './run.ts'
export { countLeads, passLeads } from './handOver.ts'
