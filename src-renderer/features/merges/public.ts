export { MergedBanner } from './MergedBanner.tsx'
export { mergeAddress } from './address.ts'
export { useMergeAction } from './useMergeAction.tsx'
