import { z } from 'zod'
import { DaySpan, MAX_PAGE, MAX_SORTS, Sort, Which } from '../../kernel/list.ts'
import { BusinessDate } from '../../kernel/time.ts'
import { PipelineId, StageId } from '../pipelines/model.ts'
import { Opportunity } from './model.ts'

/** A month of a calendar: YYYY-MM. */
export const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'notAMonth')
export const MOST_MONTHS = 12

const Ordered = Which.omit({ deleted: true, pool: true }).extend({ sort: z.array(Sort).max(MAX_SORTS).optional() })
const limit = z.number().int().min(1).max(MAX_PAGE).default(40)

/**
 * What stands in a column. Of a board: one stage. Of a forecast: a month (open ones that are expected in it from today on, won ones closed
 * in it), and open ones beside the months: expected before today, after the last month, or on no day.
 */
export const ColumnOf = z.union([
  z.strictObject({ stageId: StageId }),
  z.strictObject({ month: Month }),
  z.strictObject({ due: z.enum(['overdue', 'none']) }),
  z.strictObject({ due: z.literal('later'), after: Month }),
])
export type ColumnOf = z.infer<typeof ColumnOf>

/** Sums of a column in fen; null where the reader may not ask by amounts. `filled`: how many have an amount. */
export const ColumnFigures = z.strictObject({
  count: z.number().int(),
  filled: z.number().int().nullable(),
  sum: z.number().int().nullable(),
  weighted: z.number().int().nullable(),
})
export type ColumnFigures = z.infer<typeof ColumnFigures>

const Cards = { rows: z.array(Opportunity), hasMore: z.boolean() }

export const BoardInput = Ordered.extend({ pipelineId: PipelineId, limit })
export type BoardInput = z.infer<typeof BoardInput>
/** `capped`: the words found more than is looked at, as in a list. */
export const Board = z.strictObject({
  columns: z.array(ColumnFigures.extend({ stageId: StageId, ...Cards })),
  capped: z.boolean(),
})
export type Board = z.infer<typeof Board>

export const ColumnInput = Ordered.extend({ of: ColumnOf, offset: z.number().int().min(0).max(5_000_000).default(0), limit })
export type ColumnInput = z.infer<typeof ColumnInput>

export const ForecastInput = Ordered.extend({
  from: Month,
  months: z.number().int().min(1).max(MOST_MONTHS).default(6),
  limit,
})
export type ForecastInput = z.infer<typeof ForecastInput>
/** `open` of a month is what is expected in it: best case its sum, commit its weighted sum. `won`: closed in it; null where that must not be asked. */
export const Forecast = z.strictObject({
  columns: z.array(z.strictObject({ of: ColumnOf, open: ColumnFigures, won: ColumnFigures.nullable(), ...Cards })),
  capped: z.boolean(),
})
export type Forecast = z.infer<typeof Forecast>

export const DAY_FIELDS = ['nextAt', 'expectedOn'] as const
/** What a day of the calendar is about: the next step, or that it is expected to close. */
export type DayField = (typeof DAY_FIELDS)[number]
/** `limit`: so many of each kind are shown of a day. */
export const DaysInput = Ordered.omit({ sort: true }).extend({ ...DaySpan.shape, by: z.array(z.enum(DAY_FIELDS)).min(1) })
export type DaysInput = z.infer<typeof DaysInput>
/** Only days that have any. */
export const Days = z.strictObject({
  days: z.array(
    z.strictObject({
      day: BusinessDate,
      by: z.enum(DAY_FIELDS),
      count: z.number().int(),
      rows: z.array(Opportunity),
    }),
  ),
  capped: z.boolean(),
})
export type Days = z.infer<typeof Days>

/** The months of a forecast from the first on. */
export function monthsFrom(from: string, many: number): string[] {
  const first = Number(from.slice(0, 4)) * 12 + Number(from.slice(5, 7)) - 1
  return Array.from({ length: many }, (_, i) => monthAt(first + i))
}
/** A month so many months later (or, below nought, earlier). */
export const monthLater = (month: string, by: number): string =>
  monthAt(Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + by)
const monthAt = (n: number): string => `${String(Math.floor(n / 12)).padStart(4, '0')}-${String((n % 12) + 1).padStart(2, '0')}`

/** How a card's age is shown: past the stage's days, near them (from four fifths on), or fresh. Without days it never ages. */
export function ageOf(
  { stageEnteredAt, state }: Pick<Opportunity, 'stageEnteredAt' | 'state'>,
  rotDays: number | null,
  nowMs: number,
): { readonly days: number; readonly tone: 'fresh' | 'soon' | 'late' } | null {
  if (stageEnteredAt === null || state !== 'open') return null
  const passed = Math.max(0, nowMs - Date.parse(stageEnteredAt)) / 86_400_000
  const share = rotDays === null ? 0 : passed / rotDays
  return { days: Math.floor(passed), tone: share >= 1 ? 'late' : share >= NEAR ? 'soon' : 'fresh' }
}
const NEAR = 0.8
