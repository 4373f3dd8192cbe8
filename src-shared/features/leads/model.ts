import { z } from 'zod'
import { CustomCells, CustomValues } from '../../kernel/custom/model.ts'
import { idOf } from '../../kernel/ids.ts'
import { lines } from '../../kernel/line.ts'
import { Instant } from '../../kernel/time.ts'
import { FOLLOW_UP_KINDS } from '../follow-ups/model.ts'
import { LeadPoolId, LeadReasonId, LeadSourceId } from '../lead-settings/model.ts'
import { LEAD_STATUSES } from './entity.ts'

export const LeadId = idOf<'lead'>()
export type LeadId = z.infer<typeof LeadId>

const text = (max: number) => z.string().max(max).nullable()

/** What people set. Phone E.164, or the text as given when it is no number; places by today's divisions. */
export const LeadValues = z.strictObject({
  name: z.string().trim().min(1, 'required').max(200),
  company: text(200),
  person: text(100),
  title: text(100),
  phone: text(40),
  wechat: text(64),
  email: text(254),
  sourceId: LeadSourceId.nullable(),
  campaign: text(200),
  ownerId: z.string().nullable(),
  province: text(40),
  city: text(40),
  district: text(40),
  address: text(2000),
  industry: text(100),
  arrivedAt: Instant,
  nextFollowUpAt: Instant.nullable(),
  note: text(20000),
  /** Fields that the company added, by key; those not named stay as they are. */
  custom: CustomValues,
})
/** `ownerId` absent: the rules give it, where the writer sees what is nobody's, else it is his; null: nobody's for now. */
export const NewLead = LeadValues.partial().required({ name: true }).extend({ poolId: LeadPoolId.optional() })
export type NewLead = z.infer<typeof NewLead>
export const LeadEdit = LeadValues.partial()
export type LeadEdit = z.infer<typeof LeadEdit>

/** What the reader may do with one lead. */
export const MayDo = z.strictObject({
  edit: z.boolean(),
  remove: z.boolean(),
  transfer: z.boolean(),
  claim: z.boolean(),
  assign: z.boolean(),
})

/** What one lead became; null for what it did not become, a name only for who sees it. */
export const BecomeRef = z.strictObject({ id: z.string(), name: z.string().nullable() }).nullable()

/** A row as the caller may see it. */
export const Lead = LeadValues.extend({
  id: LeadId,
  name: z.string(),
  number: z.string().nullable(),
  status: z.enum(LEAD_STATUSES),
  sourceName: z.string().nullable(),
  ownerName: z.string().nullable(),
  poolId: LeadPoolId.nullable(),
  poolName: z.string().nullable(),
  assignedAt: Instant.nullable(),
  firstFollowUpAt: Instant.nullable(),
  lastFollowUpAt: Instant.nullable(),
  /** Seconds from the arrival to the first follow-up; null until there is one. */
  responseSeconds: z.number().int().nullable(),
  invalidReasonId: LeadReasonId.nullable(),
  invalidReasonName: z.string().nullable(),
  invalidNote: z.string().nullable(),
  convertedAt: Instant.nullable(),
  createdAt: Instant,
  updatedAt: Instant,
  createdBy: z.string().nullable(),
  createdByName: z.string().nullable().optional(),
  deletedAt: Instant.nullable(),
  issue: z.string().nullable(),
  custom: CustomCells.optional(),
  customNames: z.record(z.string(), z.string()).optional(),
  /** Only of one lead in full. */
  may: MayDo.optional(),
  became: z.strictObject({ customer: BecomeRef, contact: BecomeRef, opportunity: BecomeRef }).optional(),
  version: z.number().int(),
}).strip()
export type Lead = z.infer<typeof Lead>

/** What was said with a lead; the next date also becomes the lead's. */
export const NewLeadFollowUp = z.strictObject({
  leadId: LeadId,
  kind: z.enum(FOLLOW_UP_KINDS).default('note'),
  text: lines(20000),
  happenedAt: Instant.optional(),
  nextAt: Instant.nullable().optional(),
})
export type NewLeadFollowUp = z.infer<typeof NewLeadFollowUp>
export const LeadFollowUp = z.strictObject({
  id: z.string(),
  kind: z.enum(FOLLOW_UP_KINDS),
  text: z.string(),
  happenedAt: Instant,
  nextAt: Instant.nullable(),
  authorId: z.string().nullable(),
  authorName: z.string().nullable(),
})
export type LeadFollowUp = z.infer<typeof LeadFollowUp>

/** How a lead changed hands: `rule` by a rule, `wait` a rule has it and waits for its hours. */
export const LEAD_MOVES = ['rule', 'wait', 'claim', 'assign', 'transfer', 'release', 'recycle'] as const
export const LeadMove = z.strictObject({
  id: z.string(),
  kind: z.enum(LEAD_MOVES),
  at: Instant,
  toName: z.string().nullable(),
  fromName: z.string().nullable(),
  poolName: z.string().nullable(),
  ruleName: z.string().nullable(),
  byName: z.string().nullable(),
})
export type LeadMove = z.infer<typeof LeadMove>

/** Somebody already there who looks like the lead; without a name of his own, and no id, where the caller may not see him. */
export const LeadLookalike = z.strictObject({
  kind: z.enum(['customer', 'lead']),
  id: z.string().nullable(),
  name: z.string(),
  ownerName: z.string().nullable(),
  because: z.array(z.enum(['phone', 'core', 'code', 'email', 'pinyin'])),
  sure: z.boolean(),
  reasons: z.array(z.string()),
  visible: z.boolean(),
  deleted: z.boolean(),
  /** Of a lead how far it is. */
  status: z.enum(LEAD_STATUSES).nullable(),
})
export type LeadLookalike = z.infer<typeof LeadLookalike>

const ToCustomer = z.union([
  z.strictObject({ id: z.string().max(26) }),
  z.strictObject({
    name: z.string().trim().min(1, 'required').max(5000),
    phone: text(40),
    email: text(254),
    industry: text(100),
    source: text(100),
    province: text(40),
    city: text(40),
    district: text(40),
    address: text(2000),
    note: text(20000),
  }),
])
/** What a lead is to become: a customer who is there, or a new one of these values; a person of his; a chance to sell. */
export const Conversion = z.strictObject({
  id: LeadId,
  version: z.number().int(),
  customer: ToCustomer,
  contact: z
    .strictObject({
      name: z.string().trim().min(1, 'required').max(100),
      title: text(100),
      phone: text(40),
      wechat: text(64),
      email: text(254),
    })
    .nullable(),
  opportunity: z
    .strictObject({
      name: z.string().trim().min(1, 'required').max(200),
      stageId: z.string().max(26).optional(),
      amount: z.number().int().min(0).max(1_000_000_000_000).nullable(),
      expectedOn: z.iso.date().nullable(),
      /** Left out, that of the lead. */
      source: text(100).optional(),
      /** What its stage may ask for besides. */
      nextStep: text(500).optional(),
      nextAt: Instant.nullable().optional(),
      competitor: text(500).optional(),
      note: text(20000).optional(),
    })
    .nullable(),
})
export type Conversion = z.infer<typeof Conversion>
