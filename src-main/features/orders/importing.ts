/** How orders come in from files. */
export { orderImporter } from './importer.ts'
export { paidOrdersOfWon } from './won.ts'
export { personImporter } from './personImporter.ts'
export { planImporter } from './planImporter.ts'
