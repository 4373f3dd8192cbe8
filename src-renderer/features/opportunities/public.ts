/** What other pages may use of opportunities: those of a customer, with their number, and the one a record came from. */
export { CustomerOpportunities, useOpportunityCount } from './CustomerOpportunities.tsx'
export { OpportunityLink } from './OpportunityLink.tsx'
