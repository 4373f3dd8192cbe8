import { z } from 'zod'
import { RESETS } from '../../kernel/numberPattern.ts'

/** Kinds of records that are numbered. */
export const NUMBERED = ['customer', 'opportunity', 'lead', 'quote', 'order', 'payment', 'invoice', 'purchase'] as const
export const NumberedEntity = z.enum(NUMBERED)
export type NumberedEntity = z.infer<typeof NumberedEntity>

/** How a kind of record is numbered, and the number that the next one would get. `version` 0 where there is no rule yet. */
export const NumberRule = z.strictObject({
  entity: NumberedEntity,
  pattern: z.string(),
  reset: z.enum(RESETS),
  start: z.number().int(),
  enabled: z.boolean(),
  next: z.string().nullable(),
  version: z.number().int(),
})
export type NumberRule = z.infer<typeof NumberRule>

/** Records out of reach are numbered too: they count, and nothing tells which they are. */
export const NumberTrial = z.strictObject({
  next: z.array(z.string()),
  missing: z.number().int(),
  rows: z.array(z.strictObject({ seen: z.strictObject({ id: z.string(), name: z.string() }).nullable(), number: z.string() })),
})
export type NumberTrial = z.infer<typeof NumberTrial>

export const STANDARD_PATTERNS: Readonly<Record<NumberedEntity, string>> = {
  customer: 'KH-{YYYY}{MM}-{0000}',
  opportunity: 'SJ-{YYYY}{MM}-{0000}',
  quote: 'BJ-{YYYY}{MM}-{0000}',
  order: 'DD-{YYYY}{MM}-{0000}',
  payment: 'HK-{YYYY}{MM}-{0000}',
  invoice: 'FP-{YYYY}{MM}-{0000}',
  lead: 'XS-{YYYY}{MM}-{0000}',
  purchase: 'CG-{YYYY}{MM}-{0000}',
}
