/** What other features may use of follow-ups. */
export { followUpImporter } from './importer.ts'
export { bringBackFollowUp } from './recycle.ts'
