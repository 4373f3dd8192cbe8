/** What other pages may use of opportunities. */
export { CustomerOpportunities, useOpportunityCount } from './CustomerOpportunities.tsx'
export { OpportunityLink } from './OpportunityLink.tsx'
