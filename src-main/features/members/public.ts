/** What other features may use of teams: giving one up, and the kinds that have one. */
export { disbandTeams, type Shared } from './store.ts'
