/** How invoices come in from files. */
export { invoiceImporter } from './importer.ts'
