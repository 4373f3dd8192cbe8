/** What other features may use of products. */
export { requireSoundCategories } from './store.ts'
