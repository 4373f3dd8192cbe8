/** How quotes come in from files. */
export { quoteImporter } from './importer.ts'
