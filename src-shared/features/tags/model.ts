import { z } from 'zod'
import { line } from '../../kernel/line.ts'
import { idOf } from '../../kernel/ids.ts'

export const TagId = idOf<'tag'>()
export type TagId = z.infer<typeof TagId>
export const TAG_TONES = ['ink', 'brand', 'ok', 'warn', 'bad', 'info', 'plum', 'lamp'] as const
/** A tag as people type it: blanks around it are none of it, and nothing but blanks is no tag. */
export const TagName = line(50)
/** `used`: on how many records the caller may see; null where nobody asked to count. */
export const Tag = z.strictObject({
  id: TagId,
  name: z.string(),
  tone: z.enum(TAG_TONES),
  used: z.number().int().nullable(),
  /** Put aside: it stays where it is and is no longer offered. */
  archived: z.boolean(),
  version: z.number().int(),
})
export type Tag = z.infer<typeof Tag>
