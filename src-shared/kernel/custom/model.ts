import { z } from 'zod'
import { CELL_ERRORS } from './formula/evaluate.ts'

/** What a company's own field may hold. */
export const CUSTOM_TYPES = [
  'text',
  'longText',
  'number',
  'money',
  'date',
  'time',
  'select',
  'multiSelect',
  'boolean',
  'phone',
  'email',
  'link',
  'customer',
  'formula',
] as const
export type CustomType = (typeof CUSTOM_TYPES)[number]

/**
 * Money in fen, numbers as they are (at most 15 digits, so that none is rounded), dates YYYY-MM-DD, times HH:MM, phones E.164, selects the
 * option's value, several of them a list, customers their id.
 */
export const CustomValue = z.union([
  z.string().max(20_000),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.string().max(40)).max(200),
])
export type CustomValue = z.infer<typeof CustomValue>
/** By key; what is not named stays as it is. */
export const CustomValues = z.record(z.string().max(40), CustomValue)
export type CustomValues = z.infer<typeof CustomValues>

/** What a record shows: of a formula that cannot be worked out, why. */
export const CustomCell = z.union([CustomValue, z.strictObject({ error: z.enum(CELL_ERRORS) })])
export type CustomCell = z.infer<typeof CustomCell>
export const CustomCells = z.record(z.string().max(40), CustomCell)
export type CustomCells = z.infer<typeof CustomCells>

export const CHOICE_TONES = ['ink', 'brand', 'ok', 'warn', 'bad', 'info', 'plum', 'lamp'] as const
export const StoredChoice = z.strictObject({
  value: z.string(),
  label: z.string(),
  tone: z.enum(CHOICE_TONES),
  archived: z.boolean().optional(),
})
export type StoredChoice = z.infer<typeof StoredChoice>
