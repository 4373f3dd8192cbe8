import { z } from 'zod'
import { CellBlock, CellsReport } from '../../kernel/cells/model.ts'
import { CUSTOM_REFUSALS } from '../../kernel/custom/values.ts'
import { BulkPreview, BulkResult, ListInput, page, Selection, SumInput, SumResult, Which } from '../../kernel/list.ts'
import { command, query } from '../../kernel/procedure.ts'
import { LeadPoolId, LeadReasonId } from '../lead-settings/model.ts'
import { OPEN_STATUSES } from './entity.ts'
import {
  Conversion,
  Lead,
  LeadEdit,
  LeadFollowUp,
  LeadId,
  LeadLookalike,
  LeadMove,
  LeadValues,
  NewLead,
  NewLeadFollowUp,
} from './model.ts'

export const CREATE_REFUSALS = [
  'ownerUnknown',
  'ownerLeft',
  'sourceUnknown',
  'poolUnknown',
  'ownerAndPool',
  'arrivedLater',
  ...CUSTOM_REFUSALS,
] as const
export const EDIT_REFUSALS = [
  'deleted',
  'converted',
  'ownerUnknown',
  'ownerLeft',
  'sourceUnknown',
  'arrivedLater',
  ...CUSTOM_REFUSALS,
] as const
export const FOLLOW_UP_REFUSALS = ['deleted', 'converted', 'inTheFuture', 'nextBeforeNow', 'claimFirst'] as const
export const STATUS_REFUSALS = ['deleted', 'converted', 'sameStatus'] as const
export const INVALID_REFUSALS = ['deleted', 'converted', 'reasonUnknown', 'alreadyInvalid'] as const
export const CLAIM_REFUSALS = ['nothingSelected', 'notMember', 'notFree', 'poolCap'] as const
export const ASSIGN_REFUSALS = ['nothingSelected', 'ownerUnknown', 'ownerLeft'] as const
export const RELEASE_REFUSALS = ['nothingSelected', 'poolUnknown'] as const
export const BULK_INVALID_REFUSALS = ['nothingSelected', 'reasonUnknown'] as const
export const BULK_EDIT_REFUSALS = ['nothingSelected', 'ownerUnknown', 'ownerLeft', 'sourceUnknown', ...CUSTOM_REFUSALS] as const
export const SELECTION_REFUSALS = ['nothingSelected'] as const
export const CONVERT_REFUSALS = [
  'deleted',
  'converted',
  'invalid',
  'customerDeleted',
  'mayNotCreate',
  'stageGone',
  'stageNotOpen',
  'fieldsMissing',
  'holdingFull',
  ...CUSTOM_REFUSALS,
] as const

const SHOWS = ['lead', 'leadSource', 'leadPool', 'leadReason', 'employee', 'customField'] as const
const One = z.strictObject({ id: LeadId })
const Version = z.number().int()
/** What many may be given at once. */
export const BulkEdit = LeadValues.pick({
  ownerId: true,
  sourceId: true,
  campaign: true,
  nextFollowUpAt: true,
  custom: true,
}).partial()
export type BulkEdit = z.infer<typeof BulkEdit>

export const leadsContract = {
  list: query('leads.read', SHOWS).input(ListInput).output(page(Lead)),
  count: query('leads.read', SHOWS)
    .input(Which)
    .output(z.strictObject({ count: z.number().int(), capped: z.boolean() })),
  sums: query('leads.read', SHOWS).input(SumInput).output(SumResult),
  get: query('leads.read', [...SHOWS, 'customer', 'contact', 'opportunity'])
    .input(One)
    .output(Lead),
  /** What was said with it, the newest first; nothing to whom conversations are hidden. */
  followUps: query('leads.read', ['lead', 'employee']).input(One).output(z.array(LeadFollowUp)),
  /** How it changed hands, the newest first. */
  moves: query('leads.read', ['lead', 'leadPool', 'employee']).input(One).output(z.array(LeadMove)),
  /** Customers, their contacts and leads who are already there like the one being written, likeliest first; masked by right. */
  lookalikes: query('leads.read', ['lead', 'customer', 'contact'])
    .input(
      z.strictObject({
        name: z.string().max(200).optional(),
        company: z.string().max(200).nullish(),
        phone: z.string().max(40).nullish(),
        email: z.string().max(254).nullish(),
        exceptId: LeadId.optional(),
      }),
    )
    .output(z.array(LeadLookalike)),
  create: command('leads.create', CREATE_REFUSALS).input(NewLead).output(Lead),
  edit: command('leads.edit', EDIT_REFUSALS)
    .input(z.strictObject({ id: LeadId, version: Version, values: LeadEdit }))
    .output(Lead),
  /** Back and forth while it is open; an invalid one becomes valid again. */
  setStatus: command('leads.edit', STATUS_REFUSALS)
    .input(z.strictObject({ id: LeadId, version: Version, status: z.enum(OPEN_STATUSES) }))
    .output(Lead),
  invalidate: command('leads.edit', INVALID_REFUSALS)
    .input(
      z.strictObject({
        id: LeadId,
        version: Version,
        reasonId: LeadReasonId,
        note: z.string().max(2000).nullable().default(null),
      }),
    )
    .output(Lead),
  /** Words with somebody; the first of them is the answer to the lead. */
  followUp: command('leads.edit', FOLLOW_UP_REFUSALS).input(NewLeadFollowUp).output(Lead),
  /** Takes leads of one's pools; what somebody else has by now is counted. */
  claim: command('leads.claim', CLAIM_REFUSALS)
    .input(z.strictObject({ ids: z.array(LeadId).min(1).max(200) }))
    .output(z.strictObject({ claimed: z.number().int(), refused: z.number().int() })),
  /** Gives leads that are nobody's to somebody. */
  assign: command('leads.assign', ASSIGN_REFUSALS)
    .input(z.strictObject({ selection: Selection, ownerId: z.string().max(26) }))
    .output(BulkResult),
  /** Gives at once what the rules would give by time; @returns how many were given. */
  giveNow: command('leads.assign', SELECTION_REFUSALS)
    .input(z.strictObject({}))
    .output(z.strictObject({ given: z.number().int(), batchId: z.string().nullable() })),
  /** Takes back at once what owners have been silent about for longer than their pools allow; by time it happens at night. */
  recycle: command('leadPools.manage', SELECTION_REFUSALS)
    .input(z.strictObject({}))
    .output(z.strictObject({ recycled: z.number().int(), batchId: z.string().nullable() })),
  /** Back into a pool, for its members to claim. */
  release: command('leads.edit', RELEASE_REFUSALS)
    .input(z.strictObject({ selection: Selection, poolId: LeadPoolId }))
    .output(BulkResult),
  /** Customer, contact and opportunity in one step that one undo takes back; the lead stays and says what it became. */
  convert: command('leads.edit', CONVERT_REFUSALS).input(Conversion).output(Lead),
  checkCells: query('leads.edit', []).input(CellBlock).output(CellsReport),
  /** Writes a block of cells over the rows of a list, part by part under one batch id. */
  editCells: command('leads.edit', EDIT_REFUSALS).input(CellBlock).output(CellsReport),
  editMany: command('leads.edit', BULK_EDIT_REFUSALS)
    .input(z.strictObject({ selection: Selection, values: BulkEdit }))
    .output(BulkResult),
  invalidateMany: command('leads.edit', BULK_INVALID_REFUSALS)
    .input(z.strictObject({ selection: Selection, reasonId: LeadReasonId, note: z.string().max(2000).nullable().default(null) }))
    .output(BulkResult),
  previewMany: query('leads.read', SHOWS)
    .input(
      z.union([
        z.strictObject({ act: z.literal('edit'), selection: Selection, values: BulkEdit }),
        z.strictObject({ act: z.literal('remove'), selection: Selection }),
      ]),
    )
    .output(BulkPreview),
  /** How far a bulk action of one's own is, by the key of its call; null when none is running under it. */
  progress: query('leads.read', [])
    .input(z.strictObject({ key: z.string().max(64) }))
    .output(z.strictObject({ done: z.number().int().nullable() })),
  removeMany: command('leads.delete', SELECTION_REFUSALS)
    .input(z.strictObject({ selection: Selection }))
    .output(BulkResult),
}
