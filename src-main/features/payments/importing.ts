/** How payments come in from files, and those of opportunities that come in as won. */
export { paymentImporter } from './importer.ts'
export { withMoneyOfWon } from './wonMoney.ts'
