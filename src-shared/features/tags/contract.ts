import { z } from 'zod'
import { command, NO_REFUSALS, query } from '../../kernel/procedure.ts'
import { Tag, TAG_TONES, TagId, TagName } from './model.ts'

export const TAG_REFUSALS = ['nameTaken'] as const

export const tagsContract = {
  list: query('signed-in', ['tag']).input(z.strictObject({})).output(z.array(Tag)),
  create: command('tags.manage', TAG_REFUSALS)
    .input(z.strictObject({ name: TagName, tone: z.enum(TAG_TONES).default('ink') }))
    .output(Tag),
  edit: command('tags.manage', TAG_REFUSALS)
    .input(z.strictObject({ id: TagId, version: z.number().int(), name: TagName.optional(), tone: z.enum(TAG_TONES).optional() }))
    .output(Tag),
  /** Takes the tag off every record and away; one undo brings all back. */
  remove: command('tags.manage', NO_REFUSALS)
    .input(z.strictObject({ id: TagId }))
    .output(z.strictObject({ id: TagId, takenOff: z.number().int() })),
}
