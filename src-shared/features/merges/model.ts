import { z } from 'zod'
import { Instant } from '../../kernel/time.ts'
import { Customer, CustomerId } from '../customers/model.ts'
import { HANGING, MERGE_AT_MOST } from './limits.ts'

/** A customer as the caller sees him, with what hangs on him and what the caller may do. */
export const MergeSide = z.strictObject({
  customer: Customer,
  /** As many as the caller sees; a kind that he sees nothing of is not named. */
  hanging: z.partialRecord(z.enum(HANGING), z.number().int()),
  /** May give up his place to another one. */
  mayGoUp: z.boolean(),
})
export type MergeSide = z.infer<typeof MergeSide>

/** Two contacts of different customers with the same name and the same number. */
export const SameContact = z.strictObject({
  keepId: z.string(),
  dropId: z.string(),
  name: z.string(),
  phone: z.string().nullable(),
  keepOf: CustomerId,
  dropOf: CustomerId,
})
export type SameContact = z.infer<typeof SameContact>

export const MergeLook = z.strictObject({ sides: z.array(MergeSide), contacts: z.array(SameContact) })
export type MergeLook = z.infer<typeof MergeLook>

/** The survivor's field takes the value of a field of one of the customers; what is not named stays the survivor's. */
export const MergeChoice = z.strictObject({ field: z.string().max(64), from: CustomerId, of: z.string().max(64).optional() })
export type MergeChoice = z.infer<typeof MergeChoice>

export const Merge = z.strictObject({
  survivorId: CustomerId,
  /** All of them, the survivor among them, with the versions that were compared. */
  customers: z
    .array(z.strictObject({ id: CustomerId, version: z.number().int() }))
    .min(2)
    .max(MERGE_AT_MOST),
  choices: z.array(MergeChoice).max(200).default([]),
  /** Whose notes make up the survivor's, in this order. Absent: his own stays. */
  notes: z.array(CustomerId).max(MERGE_AT_MOST).optional(),
  joins: z
    .array(z.strictObject({ keepId: z.string().max(26), dropId: z.string().max(26) }))
    .max(100)
    .default([]),
})
export type Merge = z.infer<typeof Merge>

/** One merge that a customer came out of and that has not been taken back. */
export const PastMerge = z.strictObject({
  seq: z.number().int(),
  at: Instant,
  by: z.string(),
  /** Those that gave up their place; the name is null where the caller could not see the customer by itself. */
  absorbed: z.array(z.strictObject({ id: CustomerId, name: z.string().nullable() })),
  daysLeft: z.number().int(),
  mayTakeBack: z.boolean(),
})
export type PastMerge = z.infer<typeof PastMerge>

export const TakenBack = z.strictObject({
  customers: z.array(CustomerId),
  reversed: z.number().int(),
  /** Fields of the survivor that were changed since and keep the newer value. */
  keptFields: z.array(z.string()),
  /** Rows that were changed or removed since in a way that leaves nothing to put back. */
  kept: z.number().int(),
})
export type TakenBack = z.infer<typeof TakenBack>
