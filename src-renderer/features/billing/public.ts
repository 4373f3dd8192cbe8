/** What other features may use of billing profiles. */
export { BillingProfiles, useProfiles } from './BillingProfiles.tsx'
export { billingLines } from './words.ts'
