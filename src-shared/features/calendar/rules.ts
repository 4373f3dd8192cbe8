import { Refusal } from '../../kernel/refusal.ts'
import { addDays, momentOf, wallTime, weekdayOf } from '../../kernel/zoned.ts'
import type { HOURS_REFUSALS } from './contract.ts'
import type { Calendar, CalendarDay, Hours, Span } from './model.ts'

const MINUTE = 60_000
/** A calendar without any working time answers null instead of searching for ever. */
const LOOK_AHEAD_DAYS = 1100

const OFFICE: Span[] = [
  ['09:00', '12:00'],
  ['13:30', '18:00'],
]
/** Until somebody says otherwise: Monday to Friday with a lunch break. */
export const DEFAULT_HOURS: readonly Hours[] = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
  weekday,
  spans: weekday <= 5 ? OFFICE : [],
}))

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

/** @throws Refusal `spanBackwards` | `spansOverlap` */
export function requireSoundHours(hours: Hours): void {
  const sorted = [...hours.spans].sort((a, b) => minutesOf(a[0]) - minutesOf(b[0]))
  let end = -1
  for (const [from, to] of sorted) {
    if (minutesOf(from) >= minutesOf(to))
      throw new Refusal<(typeof HOURS_REFUSALS)[number]>('spanBackwards', { weekday: hours.weekday })
    if (minutesOf(from) < end) throw new Refusal<(typeof HOURS_REFUSALS)[number]>('spansOverlap', { weekday: hours.weekday })
    end = minutesOf(to)
  }
}

type Looked = { hours: Map<number, readonly Span[]>; days: Map<string, CalendarDay['kind']>; stand: readonly Span[] }
const looked = new WeakMap<Calendar, Looked>()
function lookAt(calendar: Calendar): Looked {
  const known = looked.get(calendar)
  if (known) return known
  const hours = new Map(
    calendar.hours.map(({ weekday, spans }) => [weekday, [...spans].sort((a, b) => minutesOf(a[0]) - minutesOf(b[0]))]),
  )
  const made: Looked = {
    hours,
    days: new Map(calendar.days.map(({ day, kind }) => [day, kind])),
    // A Sunday that stands in for a working day has the hours of the first weekday that has any.
    stand: [1, 2, 3, 4, 5, 6, 7].map((weekday) => hours.get(weekday) ?? []).find((spans) => spans.length > 0) ?? OFFICE,
  }
  looked.set(calendar, made)
  return made
}

/** The working hours of one day, holidays and 调休 considered; empty on a day off. */
export function spansOn(calendar: Calendar, date: string): readonly Span[] {
  const { hours, days, stand } = lookAt(calendar)
  const kind = days.get(date)
  if (kind === 'holiday') return []
  const usual = hours.get(weekdayOf(date)) ?? []
  return kind === 'workday' && usual.length === 0 ? stand : usual
}

export const isWorkingDay = (calendar: Calendar, date: string): boolean => spansOn(calendar, date).length > 0

/** The first working day after a date; null when the calendar has none. */
export function nextWorkingDay(calendar: Calendar, date: string): string | null {
  for (let n = 1; n <= LOOK_AHEAD_DAYS; n++) {
    const day = addDays(date, n)
    if (isWorkingDay(calendar, day)) return day
  }
  return null
}

/** The working spans of a day as moments. */
function momentsOn(calendar: Calendar, date: string): { from: number; to: number }[] {
  return spansOn(calendar, date).map(([from, to]) => ({
    from: momentOf({ date, minutes: minutesOf(from) }, calendar.zone),
    to: momentOf({ date, minutes: minutesOf(to) }, calendar.zone),
  }))
}

/** Whether people are at work at an instant; the end of a span is already free. */
export function isWorkingTime(calendar: Calendar, instant: string): boolean {
  const at = Date.parse(instant)
  return momentsOn(calendar, wallTime(at, calendar.zone).date).some(({ from, to }) => at >= from && at < to)
}

/** Working minutes from one instant to another; negative when the second is earlier. */
export function workingMinutesBetween(calendar: Calendar, from: string, to: string): number {
  const [start, end] = [Date.parse(from), Date.parse(to)]
  if (end < start) return -workingMinutesBetween(calendar, to, from)
  const last = wallTime(end, calendar.zone).date
  let sum = 0
  for (let date = wallTime(start, calendar.zone).date; date <= last; date = addDays(date, 1))
    for (const span of momentsOn(calendar, date)) sum += Math.max(0, Math.min(span.to, end) - Math.max(span.from, start))
  return sum / MINUTE
}

/**
 * The instant at which so many working minutes have passed: a deadline. With 0 it is the instant itself when people are at
 * work, else the next start of work. Null when the calendar has no working time ahead.
 */
export function addWorkingMinutes(calendar: Calendar, from: string, minutes: number): string | null {
  const start = Date.parse(from)
  let left = minutes * MINUTE
  let idle = 0
  for (let date = wallTime(start, calendar.zone).date; idle < LOOK_AHEAD_DAYS; date = addDays(date, 1)) {
    const spans = momentsOn(calendar, date)
    idle = spans.length > 0 ? 0 : idle + 1
    for (const span of spans) {
      const begin = Math.max(span.from, start)
      if (begin >= span.to) continue
      if (left <= span.to - begin) return new Date(begin + left).toISOString()
      left -= span.to - begin
    }
  }
  return null
}
