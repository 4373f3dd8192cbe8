/** What other features may use of customers. */
export { cleanCustomer, cleanPhone, derivedFrom, findLookalikes } from './store.ts'
