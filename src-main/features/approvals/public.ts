/** What other features may use of approvals: a kind of record joins by an `ApprovalSubject` and by handing its records in. */
export { type ApprovalSubject, type HandedIn, ONLY_THE_SUM, seenAs } from './subjects.ts'
export { calledFor, handIn, neededFor, purgeApprovals, requireLastWord } from './decide.ts'
