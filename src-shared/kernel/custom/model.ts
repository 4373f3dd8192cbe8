import { z } from 'zod'
import type { FieldType } from '../entity.ts'

/** What a company's own field may hold. */
export const CUSTOM_TYPES = [
  'text',
  'longText',
  'number',
  'money',
  'date',
  'select',
  'boolean',
  'phone',
  'email',
  'link',
] as const satisfies readonly FieldType[]
export type CustomType = (typeof CUSTOM_TYPES)[number]

/** Money in fen, numbers as they are (at most 15 digits, so that none is rounded), dates YYYY-MM-DD, phones E.164, selects the option's value. */
export const CustomValue = z.union([z.string().max(20_000), z.number(), z.boolean(), z.null()])
export type CustomValue = z.infer<typeof CustomValue>
/** By key; what is not named stays as it is. */
export const CustomValues = z.record(z.string().max(40), CustomValue)
export type CustomValues = z.infer<typeof CustomValues>

export const CHOICE_TONES = ['ink', 'brand', 'ok', 'warn', 'bad', 'info', 'plum', 'lamp'] as const
export const StoredChoice = z.strictObject({
  value: z.string(),
  label: z.string(),
  tone: z.enum(CHOICE_TONES),
  archived: z.boolean().optional(),
})
export type StoredChoice = z.infer<typeof StoredChoice>
