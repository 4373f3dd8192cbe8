/** What the program may use of backups. */
export { backupJobs } from './jobs.ts'
