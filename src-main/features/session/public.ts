/** What the program and other features may use of sessions and passwords. */
export { loginKey, requireGoodPassword } from '../../../src-shared/features/session/rules.ts'
export { buildActor, rightsOf, unionOfFieldRights } from './actor.ts'
export { forgiveEverywhere } from './guard.ts'
export { hashPassword } from './hashing.ts'
export { createSessions, LOCAL_ID, newToken, type SessionService, tokenHash } from './sessions.ts'
export { burnSetupToken, issueSetupToken, mayCompleteSetup } from './setupToken.ts'
export { companyOf, endSessionsOf, openSession, putCredential } from './store.ts'
