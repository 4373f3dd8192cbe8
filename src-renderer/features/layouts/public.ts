export { LaidFields } from './LaidFields.tsx'
export { groupWord, useLaid } from './useLayout.ts'
