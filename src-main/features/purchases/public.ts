/** What other features may use of purchases. */
export { seedPurchases } from './seed.ts'
export { requestMissing } from './shortage.ts'
export { PURCHASE_TABLES, purchaseSubject, requireSoundPurchases } from './states.ts'
