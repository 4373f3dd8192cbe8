/** How leads come in from files. */
export { leadImporter } from './importer.ts'
