/** What other features may use of payments. */
export { bringBackPayment } from './write.ts'
export { purgeBeside as purgePaymentsBeside } from './store.ts'
export { MONEY_TABLES, requireSoundMoney } from './sound.ts'
