/** What other features may use of opportunities. */
export { opportunityImporter } from './importer.ts'
export { REMIND, remindOwners } from './jobs.ts'
export { readLines } from './lines.ts'
export { seedOpportunities } from './seed.ts'
export { DEAL_PARTS, placeContact, placeDeal, SAID_OF_DEAL } from './placeDeal.ts'
export { createOpportunity } from './write.ts'
