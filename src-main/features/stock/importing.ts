/** How moves of stock come in from files: opening balances, counts, what came and left. */
export { stockImporter } from './importer.ts'
