/** What other features may use of customers. */
export {
  customersForRows,
  customersMade,
  newCustomerKey,
  placeUnderCustomer,
  seesByCustomer,
} from './findForImport.ts'
export { type Askable, askable } from './askable.ts'
export { createCustomer } from './create.ts'
export { requireSoundCustomers } from './guarded.ts'
export { customerImporter, mostTelling, ofOneKey } from './importer.ts'
export { CONTACT_KEYS, FOLLOW_UP_KEYS, insertMany, insertRecords } from './importRows.ts'
export { requireContacts, requireFollowUps } from './importRights.ts'
export { purgeRecycleBin } from './jobs.ts'
export { PARTS, purgeParts } from './purgeParts.ts'
export { type Compared, readCompared } from './matchRecords.ts'
export { readPlace } from './place.ts'
export { carriedBy } from './ownership.ts'
export { seenAmong } from './seen.ts'
export { cleanCustomer, cleanPhone, derivedFrom, restoreCustomers } from './store.ts'
export { HEIR, predecessorsOf, successorsOf } from './merged.ts'
export { tellOwner } from './tell.ts'
export { findLookalikes } from './lookalikes.ts'
