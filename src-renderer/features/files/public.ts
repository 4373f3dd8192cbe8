/** What other features may use of files. */
export { FileChips, SendingChips } from './FileChips.tsx'
export { FileDrop } from './FileDrop.tsx'
export { Files } from './Files.tsx'
export { text as fileText } from './text.ts'
export { type SendingFiles, useSending } from './useSending.ts'
