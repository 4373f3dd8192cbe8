import { z } from 'zod'
import { MAX_PAGE, page } from '../../kernel/list.ts'
import { command, query } from '../../kernel/procedure.ts'
import { Approval, ApprovalId, ApprovalInFull, Flow, FlowId, FlowValues, Subject } from './model.ts'

export const DECIDE_REFUSALS = ['ended', 'notAsked', 'alreadyDecided', 'noteMissing', 'delegateUnfit', 'subjectGone'] as const
export const WITHDRAW_REFUSALS = ['ended', 'notYours', 'subjectGone'] as const
export const FLOW_REFUSALS = ['nameTaken', 'tooMany', 'conditionUnfit', 'roleUnknown', 'employeeUnknown', 'flowUsed'] as const

const Note = z.string().trim().max(2000)
/** `version`: of the request as it was seen, so that nobody decides a step that another has decided meanwhile. */
const One = { id: ApprovalId, version: z.number().int() }

export const approvalsContract = {
  /** `mine`: waits for the caller; `started`: asked for by him; `decided`: decided or passed on by him. The newest first. */
  list: query('signed-in', ['approval', 'employee', 'role'])
    .input(
      z.strictObject({
        which: z.enum(['mine', 'started', 'decided']),
        offset: z.number().int().min(0).max(1_000_000).default(0),
        limit: z.number().int().min(1).max(MAX_PAGE).default(50),
      }),
    )
    .output(page(Approval)),
  /** How many wait for the caller. */
  waiting: query('signed-in', ['approval', 'employee', 'role'])
    .input(z.strictObject({}))
    .output(z.strictObject({ count: z.number().int() })),
  /** For who asked, who is or was asked, who manages flows, and who may see the record. */
  get: query('signed-in', ['approval', 'employee', 'role'])
    .input(z.strictObject({ id: ApprovalId }))
    .output(ApprovalInFull),
  /** Every request about one record that the caller may see, the newest first. */
  ofRecord: query('signed-in', ['approval', 'employee', 'role'])
    .input(z.strictObject({ subject: Subject, id: z.string().max(26) }))
    .output(z.array(ApprovalInFull)),
  /** Colleagues to whom the caller's place may be given. */
  delegates: query('signed-in', ['approval', 'employee'])
    .input(z.strictObject({ id: ApprovalId }))
    .output(z.array(z.strictObject({ id: z.string(), name: z.string() }))),
  approve: command('signed-in', DECIDE_REFUSALS)
    .input(z.strictObject({ ...One, note: Note.nullable().default(null) }))
    .output(ApprovalInFull),
  reject: command('signed-in', DECIDE_REFUSALS)
    .input(z.strictObject({ ...One, note: Note }))
    .output(ApprovalInFull),
  /** The caller's place in this step goes to a colleague. */
  delegate: command('signed-in', DECIDE_REFUSALS)
    .input(z.strictObject({ ...One, to: z.string().min(1).max(26), note: Note.nullable().default(null) }))
    .output(ApprovalInFull),
  /** By who asked, or who manages flows. */
  withdraw: command('signed-in', WITHDRAW_REFUSALS)
    .input(z.strictObject({ ...One, note: Note.nullable().default(null) }))
    .output(ApprovalInFull),

  flows: query('approvals.manage', ['approvalFlow', 'role', 'employee']).input(z.strictObject({})).output(z.array(Flow)),
  createFlow: command('approvals.manage', FLOW_REFUSALS).input(FlowValues).output(Flow),
  /** Requests that are on their way keep the steps they began with. */
  editFlow: command('approvals.manage', FLOW_REFUSALS)
    .input(
      z.strictObject({
        id: FlowId,
        version: z.number().int(),
        values: FlowValues,
        position: z.number().int().min(0).max(1000).optional(),
      }),
    )
    .output(Flow),
  /** One that was ever used stays; it can be switched off. */
  removeFlow: command('approvals.manage', FLOW_REFUSALS)
    .input(z.strictObject({ id: FlowId }))
    .output(z.strictObject({ id: FlowId })),
}
