/** What other features may use of the public pools: who may hold how much, moving into a pool, and what hangs on their rules. */
export { exceptOtherTag, rulesExcepting } from './exceptTags.ts'
export { recycleByRules } from './jobs.ts'
export { fitting, holdingOf, requireRoom, requireSomeFit, Room, roomLeft } from './holding.ts'
export { intoPool } from './moves.ts'
export { choicesOf as poolChoices, nameKey as poolNameKey } from './store.ts'
export { boundsOfReversal } from './reversal.ts'
