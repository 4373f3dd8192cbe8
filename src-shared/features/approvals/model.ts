import { z } from 'zod'
import { cleanText } from '../../kernel/cleaning/text.ts'
import { PERCENT } from '../../kernel/documents/lines.ts'
import { idOf } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'

export const FlowId = idOf<'approvalFlow'>()
export type FlowId = z.infer<typeof FlowId>
export const ApprovalId = idOf<'approval'>()
export type ApprovalId = z.infer<typeof ApprovalId>
const EmployeeId = z.string().min(1).max(26)
const RoleId = z.string().min(1).max(26)

/** What can be handed in for approval, one word each; what happens then is said by the feature that has the records. */
export const SUBJECTS = ['quote', 'order', 'refund', 'purchase'] as const
export const Subject = z.enum(SUBJECTS)
export type Subject = z.infer<typeof Subject>

export const MOST_FLOWS = 50
export const MOST_STEPS = 10
export const HIGHEST_LEVEL = 9
export const STATUSES = ['pending', 'approved', 'rejected', 'withdrawn'] as const
export const DECISIONS = ['approved', 'rejected', 'delegated', 'withdrawn'] as const
/** Why somebody else is asked than was meant. */
export const BECAUSE = ['noManager', 'left', 'ownStep', 'nobody', 'onlyAdmin'] as const
export type Because = (typeof BECAUSE)[number]

/** When a flow is called for. Percent is decimal text, money whole fen. */
export const Condition = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('discountAtLeast'), percent: z.string().regex(PERCENT, 'notARate') }),
  z.strictObject({ kind: z.literal('belowCost') }),
  z.strictObject({ kind: z.literal('amountAtLeast'), fen: z.number().int().min(0).max(1_000_000_000_000_000) }),
])
export type Condition = z.infer<typeof Condition>

/**
 * Why a record has to be approved: the flow, the conditions that hold, and what is taken off the list price in hundredths of a percent; null
 * and `kept` where that, or a condition, is not the reader's to know.
 */
export const Need = z.strictObject({
  flowName: z.string(),
  conditions: z.array(Condition),
  discountBp: z.number().int().nullable(),
  kept: z.boolean(),
})
export type Need = z.infer<typeof Need>

/** What can be asked of each kind of record. */
export const CONDITIONS_OF: Readonly<Record<Subject, readonly Condition['kind'][]>> = {
  quote: ['discountAtLeast', 'belowCost', 'amountAtLeast'],
  order: ['amountAtLeast', 'belowCost', 'discountAtLeast'],
  refund: ['amountAtLeast'],
  purchase: ['amountAtLeast'],
}

const Mode = z.enum(['any', 'all'])
/** Who decides a step: everybody with a role, the manager so many levels above who asks, or one colleague by name. */
export const Step = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('role'), roleId: RoleId, mode: Mode }),
  z.strictObject({ kind: z.literal('manager'), level: z.number().int().min(1).max(HIGHEST_LEVEL), mode: Mode }),
  z.strictObject({ kind: z.literal('employee'), employeeId: EmployeeId, mode: Mode }),
])
export type Step = z.infer<typeof Step>
/** A step with the name of the role or colleague, as it was called then. */
export type NamedStep = Step & { readonly name: string | null }

export const FlowValues = z.strictObject({
  subject: Subject,
  name: z.string().overwrite(cleanText).min(1, 'required').max(60),
  /** Any of them calls for the flow; none at all means always. */
  conditions: z.array(Condition).max(10),
  enabled: z.boolean(),
  steps: z.array(Step).min(1).max(MOST_STEPS),
})
export type FlowValues = z.infer<typeof FlowValues>
/** Of the flows of a subject the first that is called for counts. */
export const Flow = FlowValues.extend({
  id: FlowId,
  name: z.string(),
  position: z.number().int(),
  steps: z.array(z.custom<NamedStep>()),
  version: z.number().int(),
})
export type Flow = z.infer<typeof Flow>

/** What conditions are asked of: the sum, what is taken off the list price in hundredths of a percent, whether anything sells below cost. */
export const Figures = z.strictObject({
  amountFen: z.number().int(),
  discountBp: z.number().int(),
  belowCost: z.boolean(),
})
export type Figures = z.infer<typeof Figures>
/** What an approver is shown beside the name: the figures of then, whose it is, and the conditions that held. */
export const Summary = Figures.extend({ customerName: z.string().nullable(), conditions: z.array(Condition) })
export type Summary = z.infer<typeof Summary>
/** The same as far as the reader may know it: null is what he must not, `kept` whether a condition that held is among that. */
export const ToldSummary = Summary.extend({
  amountFen: z.number().int().nullable(),
  discountBp: z.number().int().nullable(),
  belowCost: z.boolean().nullable(),
  kept: z.boolean(),
})
export type ToldSummary = z.infer<typeof ToldSummary>

/** Who is asked now. `insteadOf`: whose place he takes. */
export const Seat = z.strictObject({
  employeeId: z.string(),
  name: z.string(),
  insteadOf: z.string().nullable(),
  because: z.enum(BECAUSE).nullable(),
  decided: z.boolean(),
})
export type Seat = z.infer<typeof Seat>

export const Decision = z.strictObject({
  id: z.string(),
  step: z.number().int(),
  approverName: z.string().nullable(),
  delegateOfName: z.string().nullable(),
  passedToName: z.string().nullable(),
  decision: z.enum(DECISIONS),
  because: z.enum(BECAUSE).nullable(),
  note: z.string().nullable(),
  at: Instant,
})
export type Decision = z.infer<typeof Decision>

/** A request for approval. `opens`: the record may be opened by the reader. */
export const Approval = z.strictObject({
  id: ApprovalId,
  subject: Subject,
  subjectId: z.string(),
  opens: z.boolean(),
  title: z.string(),
  flowName: z.string(),
  summary: ToldSummary,
  note: z.string().nullable(),
  applicantId: z.string().nullable(),
  applicantName: z.string().nullable(),
  status: z.enum(STATUSES),
  /** Which step is on, from 0, and of how many. */
  step: z.number().int(),
  steps: z.array(z.custom<NamedStep>()),
  startedAt: Instant,
  endedAt: Instant.nullable(),
  /** Who is asked now; nobody once it has ended. */
  seats: z.array(Seat),
  version: z.number().int(),
})
export type Approval = z.infer<typeof Approval>

export const ApprovalInFull = Approval.extend({
  history: z.array(Decision),
  may: z.strictObject({ decide: z.boolean(), withdraw: z.boolean() }),
})
export type ApprovalInFull = z.infer<typeof ApprovalInFull>
