/** What other features may use of contacts. */
export { contactImporter } from './importer.ts'
export { bringBackContact } from './store.ts'
export { cleanContact, derivedOf as contactDerived } from './clean.ts'
