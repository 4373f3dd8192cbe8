export { disbandTeams } from './store.ts'
