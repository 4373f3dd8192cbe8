/** What other features may use of products. */
export { productImporter } from './importer.ts'
export { requireSoundCategories } from './store.ts'
export { seedProducts } from './seed.ts'
export { type Priced, pricedOn, pricesFor, type Shelf, shelfOf } from './asked.ts'
