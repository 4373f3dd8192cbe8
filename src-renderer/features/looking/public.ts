export { LookingBanner } from './LookingBanner.tsx'
export { useLookAs } from './useLookAs.ts'
export { SightLine, WhoSees } from './later.ts'
export { text as lookingText } from './text.ts'
