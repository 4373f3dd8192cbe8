export { SourceCosts } from './SourceCosts.tsx'
