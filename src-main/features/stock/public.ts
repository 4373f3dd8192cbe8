/** What other features may use of stock. */
export {
  type Asked,
  askedBy,
  forgetOrders,
  keepReserved,
  letGo,
  reserve,
  sendDifference,
  sendOut,
  standingOf,
  takeBack,
  withGoodsOut,
} from './orders.ts'
export { seedStock } from './seed.ts'
export { requireSoundStock, STOCK_TABLES } from './sound.ts'
export { levelAt, levelsOf, type NewMove, post, requireStocked, withStock } from './store.ts'
export { defaultWarehouse, openWarehouse } from './warehouses.ts'
