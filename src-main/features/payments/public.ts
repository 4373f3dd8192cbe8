/** What other features may use of payments. */
export { bringBackPayment } from './write.ts'
export { followMoney, purgeBeside as purgePaymentsBeside } from './store.ts'
export { MONEY_TABLES, requireSoundMoney } from './sound.ts'
