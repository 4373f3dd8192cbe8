import { z } from 'zod'
import { BusinessDate } from '../../kernel/time.ts'

export const DAY_KINDS = ['holiday', 'workday'] as const
export type DayKind = (typeof DAY_KINDS)[number]

/** A time of day in steps of a minute; 24:00 is the end of the day. */
export const TimeOfDay = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'notATime')
/** From, to. A lunch break is the gap between two of them. */
export const Span = z.tuple([TimeOfDay, TimeOfDay])
export type Span = z.infer<typeof Span>
/** 1 = Monday … 7 = Sunday. */
export const Hours = z.strictObject({ weekday: z.number().int().min(1).max(7), spans: z.array(Span).max(8) })
export type Hours = z.infer<typeof Hours>

/** A day that differs from its weekday: a holiday, or a working day that stands in for one (调休). */
export const CalendarDay = z.strictObject({ day: BusinessDate, kind: z.enum(DAY_KINDS), name: z.string().nullable() })
export type CalendarDay = z.infer<typeof CalendarDay>

/** The one business calendar, as plain data: reminders, deadlines and pools count by it. */
export const Calendar = z.strictObject({ zone: z.string(), hours: z.array(Hours), days: z.array(CalendarDay) })
export type Calendar = z.infer<typeof Calendar>
