/** What other features may use of addresses. */
export { Addresses } from './Addresses.tsx'
export { text as addressText } from './text.ts'
