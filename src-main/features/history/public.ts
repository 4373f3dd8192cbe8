/** What other features may use of history: taking back what a batch did, with the same rights as anybody's undo. */
export { undoRights } from './rights.ts'
export { chancesOf, createdBy, ownersOfCustomers } from './store.ts'
