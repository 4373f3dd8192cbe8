/** How purchases come in from files. */
export { purchaseImporter } from './importer.ts'
