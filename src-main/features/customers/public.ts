/** What other features may use of customers. */
export { customerImporter } from './importer.ts'
export { purgeRecycleBin } from './jobs.ts'
export { readPlace } from './place.ts'
export { cleanCustomer, cleanPhone, derivedFrom, findLookalikes } from './store.ts'
