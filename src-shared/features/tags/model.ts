import { z } from 'zod'
import { idOf } from '../../kernel/ids.ts'

export const TagId = idOf<'tag'>()
export type TagId = z.infer<typeof TagId>
export const TAG_TONES = ['ink', 'brand', 'ok', 'warn', 'bad', 'info', 'plum', 'lamp'] as const
/** `used`: on how many records the caller may see. */
export const Tag = z.strictObject({
  id: TagId,
  name: z.string(),
  tone: z.enum(TAG_TONES),
  used: z.number().int(),
  version: z.number().int(),
})
export type Tag = z.infer<typeof Tag>
