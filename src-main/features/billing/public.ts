/** What other features may use of billing profiles. */
export { type KeptProfile, makeProfile, profilesAmong } from './store.ts'
