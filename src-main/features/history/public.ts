/** What other features may use of history: taking back what a batch did, with the same rights as anybody's undo. */
export { rightsToReverse } from './undoer.ts'
