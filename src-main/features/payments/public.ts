/** What other features may use of payments. */
export { bringBackPayment } from './write.ts'
export { followMoney, purgeBeside as purgePaymentsBeside } from './store.ts'
export { REFUND_TABLES, refundSubject, requireSoundRefunds } from './refundRequests.ts'
export { MONEY_TABLES, requireSoundMoney } from './sound.ts'
