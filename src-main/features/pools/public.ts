export { recycleByRules } from './jobs.ts'
export { fitting, holdingOf, requireRoom, requireSomeFit, Room, roomLeft } from './holding.ts'
export { intoPool } from './moves.ts'
export { choicesOf as poolChoices, nameKey as poolNameKey } from './store.ts'
