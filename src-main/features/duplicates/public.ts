/** What the program may use of the search for duplicates. */
export { duplicateJobs } from './jobs.ts'
