/** What other features may use of notices; telling somebody is the kernel's (`CommandContext.notify`). */
export { noticesOfJob } from './ofJobs.ts'
