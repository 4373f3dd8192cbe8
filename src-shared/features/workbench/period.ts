import { addDays, weekdayOf } from '../../kernel/zoned.ts'

export const PERIODS = ['today', 'week', 'month', 'quarter', 'custom'] as const
export type PeriodKey = (typeof PERIODS)[number]

/** Business dates; `to` is the first day that does not belong to it any more. */
export type Span = { from: string; to: string }

const firstOfMonth = (date: string): string => `${date.slice(0, 8)}01`
/** The first of the month so many months away. */
function monthsFrom(date: string, months: number): string {
  const at = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months
  return `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}-01`
}
export const daysIn = ({ from, to }: Span): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)

function wholeOf(key: Exclude<PeriodKey, 'custom'>, today: string): Span {
  switch (key) {
    case 'today':
      return { from: today, to: addDays(today, 1) }
    case 'week': {
      const monday = addDays(today, 1 - weekdayOf(today))
      return { from: monday, to: addDays(monday, 7) }
    }
    case 'month':
      return { from: firstOfMonth(today), to: monthsFrom(today, 1) }
    default: {
      const from = monthsFrom(today, -((Number(today.slice(5, 7)) - 1) % 3))
      return { from, to: monthsFrom(from, 3) }
    }
  }
}

function before(key: Exclude<PeriodKey, 'custom'>, { from }: Span): Span {
  const starts = { today: addDays(from, -1), week: addDays(from, -7), month: monthsFrom(from, -1), quarter: monthsFrom(from, -3) }
  return { from: starts[key], to: from }
}

/**
 * A running period and as many days of the one before: on the 19th the month is held against the first 19 days of the last. A span
 * that somebody chose is held against the same number of days before it.
 */
export function spansOf(
  period: { key: PeriodKey; from?: string | undefined; to?: string | undefined },
  today: string,
): { now: Span; before: Span } {
  if (period.key === 'custom') {
    const from = period.from ?? today
    const to = addDays(period.to ?? from, 1)
    const now = { from, to: to > from ? to : addDays(from, 1) }
    return { now, before: { from: addDays(from, -daysIn(now)), to: from } }
  }
  const now = wholeOf(period.key, today)
  const last = before(period.key, now)
  const elapsed = daysIn({ from: now.from, to: addDays(today, 1) })
  const until = addDays(last.from, elapsed)
  return { now, before: { from: last.from, to: until < last.to ? until : last.to } }
}
