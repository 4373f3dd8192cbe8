export { DueChip, dueTone } from './DueChip.tsx'
export { PoolActions, PoolChip } from './PoolActions.tsx'
export { useRelease } from './useRelease.tsx'
