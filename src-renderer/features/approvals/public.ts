/** What other pages may use of approvals: handing a record in, why that is called for, and the requests about it. */
export { AskApproval, AskDialog, NeedLine } from './AskApproval.tsx'
export { ApprovalsOf } from './ApprovalsOf.tsx'
