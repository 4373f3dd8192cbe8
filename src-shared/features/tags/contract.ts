import { z } from 'zod'
import { command, NO_REFUSALS, query } from '../../kernel/procedure.ts'
import { Tag, TAG_TONES, TagId, TagName } from './model.ts'

export const TAG_REFUSALS = ['nameTaken', 'inRule'] as const
export const MERGE_REFUSALS = ['sameTag'] as const

export const tagsContract = {
  /** `counted` looks at every tagged record: the names alone come at once. */
  list: query('signed-in', ['tag'])
    .input(z.strictObject({ counted: z.boolean().optional() }))
    .output(z.array(Tag)),
  create: command('tags.manage', TAG_REFUSALS)
    .input(z.strictObject({ name: TagName, tone: z.enum(TAG_TONES).default('ink') }))
    .output(Tag),
  edit: command('tags.manage', TAG_REFUSALS)
    .input(
      z.strictObject({
        id: TagId,
        version: z.number().int(),
        name: TagName.optional(),
        tone: z.enum(TAG_TONES).optional(),
        archived: z.boolean().optional(),
      }),
    )
    .output(Tag),
  /** Every record with one of these tags gets the other instead, chunk by chunk, and they go; one undo of the batch brings all back. */
  merge: command('tags.manage', MERGE_REFUSALS)
    .input(z.strictObject({ from: z.array(TagId).min(1).max(50), into: TagId }))
    .output(z.strictObject({ into: Tag, moved: z.number().int(), batchId: z.string() })),
  /** Takes the tag off every record, chunk by chunk, and away; one undo of the batch brings all back. */
  remove: command('tags.manage', NO_REFUSALS)
    .input(z.strictObject({ id: TagId }))
    .output(z.strictObject({ id: TagId, takenOff: z.number().int(), batchId: z.string() })),
}
