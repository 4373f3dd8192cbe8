export { AskApproval, AskDialog, NeedLine } from './AskApproval.tsx'
export { ApprovalsOf } from './ApprovalsOf.tsx'
