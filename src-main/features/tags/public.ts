/** What other features may use of tags. */
export { tagImporter } from './importer.ts'
