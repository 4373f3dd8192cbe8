export { ENTITIES as rightsEntities } from './matrix.ts'
export { ScopeMark } from './ScopeCell.tsx'
export { text as rightsText } from './text.ts'
