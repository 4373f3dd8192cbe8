export { CustomerOpportunities, useOpportunityCount } from './CustomerOpportunities.tsx'
