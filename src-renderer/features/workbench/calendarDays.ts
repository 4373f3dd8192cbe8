import type { Span } from '../../../src-shared/features/workbench/period.ts'
import { addDays, weekdayOf } from '../../../src-shared/kernel/zoned.ts'

export const VIEWS = ['day', 'week', 'month'] as const
export type CalendarView = (typeof VIEWS)[number]

const monday = (date: string): string => addDays(date, 1 - weekdayOf(date))
const nextMonth = (date: string, months: number): string => {
  const at = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}-01`
}

/** The days a view shows: of a month also those that fill its first and last week. */
export function spanOfView(view: CalendarView, at: string): Span {
  if (view === 'day') return { from: at, to: addDays(at, 1) }
  if (view === 'week') return { from: monday(at), to: addDays(monday(at), 7) }
  const first = `${at.slice(0, 8)}01`
  const last = addDays(nextMonth(at, 1), -1)
  return { from: monday(first), to: addDays(monday(last), 7) }
}

export const daysOf = ({ from, to }: Span): string[] => {
  const days: string[] = []
  for (let day = from; day < to; day = addDays(day, 1)) days.push(day)
  return days
}

/** Where one looks after a step forward or back. */
export const stepped = (view: CalendarView, at: string, by: 1 | -1): string =>
  view === 'month' ? nextMonth(at, by) : addDays(at, view === 'week' ? 7 * by : by)

/** The wall time a plan gets when it is dropped: another day keeps the time, an hour keeps the minutes. */
export const droppedAt = (wall: string, to: { day: string; hour?: number }): string =>
  to.hour === undefined ? `${to.day}T${wall.slice(11)}` : `${to.day}T${String(to.hour).padStart(2, '0')}:${wall.slice(14)}`
