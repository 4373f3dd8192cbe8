/** What other features may use of follow-ups. */
export { bringFollowUps } from './bring.ts'
export { followUpImporter } from './importer.ts'
export { bringBackFollowUp } from './recycle.ts'
