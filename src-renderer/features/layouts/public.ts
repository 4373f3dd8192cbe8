export { groupWord, useLaid } from './useLayout.ts'
