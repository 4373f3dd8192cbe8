/** What other features may use of leads. */
export { leadJobs } from './run.ts'
export { type InventedAsker, seedLeads } from './seed.ts'
export { countLeads, passLeads } from './handOver.ts'
