import type { CalendarDay, Hours, Span } from '../../../src-shared/features/calendar/model.ts'
import { listed } from '../../kernel/text.ts'

const pad = (n: number): string => String(n).padStart(2, '0')

/** What was typed as a time of day, or null: "9" "930" "9:30" "24". */
export function readTime(typed: string): string | null {
  const match = /^(\d{1,2})(?:[:：.]?([0-5]\d))?$/.exec(typed.trim())
  if (!match) return null
  const hour = Number(match[1])
  const minute = Number(match[2] ?? 0)
  if (hour > 24 || (hour === 24 && minute > 0)) return null
  return `${pad(hour)}:${pad(minute)}`
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
export const minutesOfSpans = (spans: readonly Span[]): number =>
  spans.reduce((sum, [from, to]) => sum + Math.max(0, minutesOf(to) - minutesOf(from)), 0)
export const spansText = (spans: readonly Span[]): string => listed(spans.map(([from, to]) => `${from}–${to}`))

/** The weekdays whose hours differ between two states. */
export const changedHours = (before: readonly Hours[], after: readonly Hours[]): Hours[] =>
  after.filter((one) => JSON.stringify(one.spans) !== JSON.stringify(before.find((old) => old.weekday === one.weekday)?.spans))

/** The next span of a day: an afternoon after a morning, else an hour after the last. */
export function nextSpan(spans: readonly Span[]): Span {
  const last = spans.at(-1)
  if (!last) return ['09:00', '12:00']
  const start = Math.min(minutesOf(last[1]) + 60, 23 * 60)
  const text = (minutes: number) => `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`
  return spans.length === 1 && last[1] <= '13:00' ? ['13:30', '18:00'] : [text(start), text(Math.min(start + 120, 24 * 60))]
}

export const countKinds = (days: readonly CalendarDay[], year: number) => {
  const own = days.filter((one) => one.day.startsWith(`${year}-`))
  return { off: own.filter((one) => one.kind === 'holiday').length, work: own.filter((one) => one.kind === 'workday').length }
}
