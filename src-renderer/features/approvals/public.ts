export { ApprovalsOf } from './ApprovalsOf.tsx'
