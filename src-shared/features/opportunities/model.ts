import { z } from 'zod'
import { CustomCells, CustomValues } from '../../kernel/custom/model.ts'
import { idOf } from '../../kernel/ids.ts'
import { BusinessDate, Instant } from '../../kernel/time.ts'
import { ContactId } from '../contacts/model.ts'
import { CustomerId } from '../customers/model.ts'
import { LostReasonId, PipelineId, StageId } from '../pipelines/model.ts'
import { OPPORTUNITY_STATES } from './entity.ts'

export const OpportunityId = idOf<'opportunity'>()
export type OpportunityId = z.infer<typeof OpportunityId>

const text = (max: number) => z.string().max(max).nullable()
/** Ten billion yuan; sums of a million such stay exact. */
const MOST_FEN = 1_000_000_000_000

/** What people set; the stage changes by `move` alone. */
export const OpportunityValues = z.strictObject({
  name: z.string().trim().min(1, 'required').max(200),
  customerId: CustomerId.nullable(),
  contactId: ContactId.nullable(),
  ownerId: z.string().nullable(),
  amount: z.number().int().min(0).max(MOST_FEN).nullable(),
  expectedOn: BusinessDate.nullable(),
  nextStep: text(500),
  nextAt: Instant.nullable(),
  source: text(100),
  competitor: text(500),
  note: text(20000),
  /** Fields that the company added, by key; those not named stay as they are. */
  custom: CustomValues,
})
export const NewOpportunity = OpportunityValues.partial().required({ name: true }).extend({ stageId: StageId.optional() })
export type NewOpportunity = z.infer<typeof NewOpportunity>
export const OpportunityEdit = OpportunityValues.partial()
export type OpportunityEdit = z.infer<typeof OpportunityEdit>

/** What the reader may do with one opportunity. */
export const MayDo = z.strictObject({ edit: z.boolean(), remove: z.boolean(), transfer: z.boolean() })

/** A row as the caller may see it. The customer has a name only for who sees him. */
export const Opportunity = OpportunityValues.extend({
  id: OpportunityId,
  name: z.string(),
  number: z.string().nullable(),
  customerName: z.string().nullable(),
  contactName: z.string().nullable(),
  ownerName: z.string().nullable(),
  pipelineId: PipelineId,
  pipelineName: z.string(),
  stageId: StageId,
  stageName: z.string(),
  state: z.enum(OPPORTUNITY_STATES),
  probability: z.number().int().nullable(),
  weighted: z.number().int().nullable(),
  /** From 0 to 100, by what was chosen in the dimensions of the company; null while nothing is. */
  score: z.number().int().nullable(),
  /** Somebody set the amount himself although there are lines; null for who may not read it. */
  amountByHand: z.boolean().nullable(),
  /** Of the first line. */
  productId: z.string().nullable(),
  productName: z.string().nullable(),
  /** When it first got beyond the first stage. */
  engagedAt: Instant.nullable(),
  stageEnteredAt: Instant.nullable(),
  /** From when on it has stood too long in its stage. */
  rotsAt: Instant.nullable(),
  closedAt: Instant.nullable(),
  closedOn: BusinessDate.nullable(),
  lostReasonId: LostReasonId.nullable(),
  lostReasonName: z.string().nullable(),
  lostNote: z.string().nullable(),
  createdAt: Instant,
  updatedAt: Instant,
  createdBy: z.string().nullable(),
  createdByName: z.string().nullable().optional(),
  deletedAt: Instant.nullable(),
  issue: z.string().nullable(),
  custom: CustomCells.optional(),
  customNames: z.record(z.string(), z.string()).optional(),
  /** Only of one opportunity in full. */
  may: MayDo.optional(),
  version: z.number().int(),
}).strip()
export type Opportunity = z.infer<typeof Opportunity>

/** Into another stage, with what the stage asks for; losing it says why. */
export const Move = z.strictObject({
  id: OpportunityId,
  version: z.number().int(),
  stageId: StageId,
  values: OpportunityEdit.omit({ ownerId: true, name: true }).default({}),
  lost: z.strictObject({ reasonId: LostReasonId, note: text(2000).default(null) }).optional(),
})
export type Move = z.infer<typeof Move>

/** A time in a stage; open while `leftAt` is null. */
export const StageTime = z.strictObject({
  id: z.string(),
  stageId: StageId,
  stageName: z.string(),
  pipelineName: z.string(),
  enteredAt: Instant,
  leftAt: Instant.nullable(),
  byName: z.string().nullable(),
})
export type StageTime = z.infer<typeof StageTime>
