/** What other features may use of approvals: a kind of record joins by an `ApprovalSubject` and by handing its records in. */
export type { ApprovalSubject, HandedIn } from './subjects.ts'
export { handIn, neededFor, purgeApprovals, requireLastWord } from './decide.ts'
