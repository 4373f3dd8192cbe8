export { RENEW, renewSearch } from './jobs.ts'
