import { z } from 'zod'
import { BusinessDate, Instant } from '../../kernel/time.ts'
import { RESPONSE_GROUP_KEYS } from './keys.ts'

/** What is asked of the answers to leads: those that arrived within the days, the first and the last with them. */
export const ResponseAsked = z.strictObject({
  from: BusinessDate,
  to: BusinessDate,
  /** Whose leads: those of these owners; null: of everybody in reach, and nobody's. */
  whose: z.array(z.string().max(26)).max(500).nullable().default(null),
  group: z.enum(RESPONSE_GROUP_KEYS).nullable().default(null),
})
export type ResponseAsked = z.infer<typeof ResponseAsked>

/** `arrived` = `answered` + `waiting` + `closed` (ended without a word). Minutes are of working time, null where nothing was answered. */
export const ResponseLine = z.strictObject({
  arrived: z.number().int(),
  answered: z.number().int(),
  waiting: z.number().int(),
  closed: z.number().int(),
  median: z.number().int().nullable(),
  p90: z.number().int().nullable(),
})
export type ResponseLine = z.infer<typeof ResponseLine>

export const Response = z.strictObject({
  from: BusinessDate,
  to: BusinessDate,
  total: ResponseLine,
  groups: z.array(z.strictObject({ key: z.string().nullable(), name: z.string().nullable(), ...ResponseLine.shape })),
})
export type Response = z.infer<typeof Response>

export const RESPONSE_CELLS = ['arrived', 'answered', 'waiting', 'closed', 'slow'] as const
/** Which number: of one group or of all. `slow`: those that waited for as long as nine of ten did not, or longer. */
export const ResponseCell = z.strictObject({
  what: z.enum(RESPONSE_CELLS),
  group: z.string().max(200).nullable().optional(),
})
export type ResponseCell = z.infer<typeof ResponseCell>

/** A lead behind a number; `minutes` of working time from its arrival to the first words. */
export const ResponseRow = z.strictObject({
  id: z.string(),
  name: z.string(),
  ownerName: z.string().nullable(),
  arrivedAt: Instant,
  answeredAt: Instant.nullable(),
  minutes: z.number().int().nullable(),
})
export type ResponseRow = z.infer<typeof ResponseRow>

type Counted = { readonly minutes: number | null; readonly isOpen: boolean }
/** The value that so many hundredths of the sorted ones do not exceed; null of nothing. */
export const percentileOf = (sorted: readonly number[], hundredths: number): number | null =>
  sorted[Math.max(0, Math.ceil((sorted.length * hundredths) / 100) - 1)] ?? null

/** One line of the report over leads; `minutes` null: not answered. */
export function responseLine(leads: readonly Counted[]): ResponseLine {
  const answered = leads.flatMap(({ minutes }) => minutes ?? []).toSorted((a, b) => a - b)
  const waiting = leads.filter(({ minutes, isOpen }) => minutes === null && isOpen).length
  return {
    arrived: leads.length,
    answered: answered.length,
    waiting,
    closed: leads.length - answered.length - waiting,
    median: percentileOf(answered, 50),
    p90: percentileOf(answered, 90),
  }
}
