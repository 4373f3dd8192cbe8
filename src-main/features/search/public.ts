/** What other features may use of search: the index renewed as a job. */
export { RENEW, renewSearch } from './jobs.ts'
