import { z } from 'zod'
import { idOf } from '../../kernel/ids.ts'
import { FIELD_TYPES } from '../../kernel/entity.ts'
import { Instant } from '../../kernel/time.ts'
import { CustomerId } from '../customers/model.ts'

export const DuplicateRunId = idOf<'duplicateRun'>()
export type DuplicateRunId = z.infer<typeof DuplicateRunId>

/** A search of the whole base that has ended. `sure` and `maybe` are what it found then; some may be settled by now. */
export const DuplicateRun = z.strictObject({
  id: DuplicateRunId,
  userName: z.string(),
  customers: z.number().int(),
  compared: z.number().int(),
  sure: z.number().int(),
  maybe: z.number().int(),
  createdAt: Instant,
  finishedAt: Instant,
})
export type DuplicateRun = z.infer<typeof DuplicateRun>

export const DUPLICATE_FILTERS = ['all', 'sure', 'maybe'] as const
export type DuplicateFilter = (typeof DUPLICATE_FILTERS)[number]

/** One customer of a group; of whom the caller may not see, no more than that he exists, masked, and whose he is. */
export const DuplicateMember = z.strictObject({
  /** His place in the group, by which commands name him also where his id is not shown. */
  at: z.number().int(),
  id: CustomerId.nullable(),
  name: z.string(),
  ownerName: z.string().nullable(),
  visible: z.boolean(),
  deleted: z.boolean(),
})
export type DuplicateMember = z.infer<typeof DuplicateMember>

export const DuplicateGroup = z.strictObject({
  n: z.number().int(),
  sure: z.boolean(),
  /** Thousandths. */
  score: z.number().int(),
  because: z.array(z.string()),
  members: z.array(DuplicateMember),
})
export type DuplicateGroup = z.infer<typeof DuplicateGroup>

/** A member beside the others: how much of him is filled, and why he is thought to be one of them. */
export const DuplicateColumn = DuplicateMember.extend({
  filled: z.number().int(),
  version: z.number().int().nullable(),
  /** Against the first column, or whoever of the group he resembles most; null for the first. */
  alike: z.strictObject({ score: z.number().int(), sure: z.boolean(), because: z.array(z.string()) }).nullable(),
})
export type DuplicateColumn = z.infer<typeof DuplicateColumn>

export const DuplicateDetail = DuplicateGroup.omit({ members: true }).extend({
  /** Fullest first. `more`: members beyond those shown. */
  columns: z.array(DuplicateColumn),
  more: z.number().int(),
  /** `values` in the order of the columns; null where nothing is or may be shown. */
  rows: z.array(
    z.strictObject({
      feature: z.string(),
      field: z.string(),
      /** What the company calls a field that it added itself. */
      label: z.string().nullable(),
      type: z.enum(FIELD_TYPES),
      values: z.array(z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).nullable()),
    }),
  ),
})
export type DuplicateDetail = z.infer<typeof DuplicateDetail>
