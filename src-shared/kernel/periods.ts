import { addDays, momentOf, wallTime } from './zoned.ts'

/** A period in business dates: both days belong to it. */
export type Days = { readonly from: string; readonly to: string }

const monthsFrom = (date: string, months: number): string => {
  const at = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months
  return `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}-01`
}
const monthsBetween = (from: string, to: string): number =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7)) + 1
const length = ({ from, to }: Days): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1
const isWholeMonths = ({ from, to }: Days): boolean => from.endsWith('-01') && addDays(to, 1).endsWith('-01')
const earlier = (a: string, b: string): string => (a < b ? a : b)

/** Every month that a period touches, YYYY-MM. */
export function monthsIn({ from, to }: Days): string[] {
  return Array.from({ length: Math.max(0, monthsBetween(from, to)) }, (_, n) => monthsFrom(from, n).slice(0, 7))
}

/** 2026-11 → 2026-Q4. */
export const quarterOf = (month: string): string => `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5, 7)) / 3)}`

/** The days of a year (2026), a quarter (2026-Q4) or a month (2026-11); null for anything else. */
export function daysOfPeriod(period: string): Days | null {
  const [, year = '', , quarter, month] = /^(\d{4})(-Q([1-4])|-(0[1-9]|1[0-2]))?$/.exec(period) ?? []
  if (year === '') return null
  const first = quarter ? Number(quarter) * 3 - 2 : month ? Number(month) : 1
  const from = `${year}-${String(first).padStart(2, '0')}-01`
  return { from, to: addDays(monthsFrom(from, quarter ? 3 : month ? 1 : 12), -1) }
}

/**
 * What a period is held against: whole months against as many before, other days against as many before; or, `year`, the same
 * days a year earlier. Of a period that is still running, only as many days of the other as have passed.
 */
export function daysBefore(now: Days, today: string, against: 'before' | 'year' = 'before'): Days {
  const whole = isWholeMonths(now)
  const months = against === 'year' ? 12 : monthsBetween(now.from, now.to)
  const from = whole || against === 'year' ? sameDay(now.from, -months) : addDays(now.from, -length(now))
  const to = whole
    ? addDays(monthsFrom(addDays(now.to, 1), -months), -1)
    : against === 'year'
      ? sameDay(now.to, -months)
      : addDays(now.from, -1)
  const runs = now.from <= today && today < now.to
  return { from, to: runs ? earlier(to, addDays(from, length({ from: now.from, to: today }) - 1)) : to }
}

/** The same day so many months away, or the last one of that month. */
function sameDay(date: string, months: number): string {
  const first = monthsFrom(date, months)
  return earlier(addDays(first, Number(date.slice(8)) - 1), addDays(monthsFrom(first, 1), -1))
}

// ── wall clocks in SQL ──
/** Until which instant (null: for ever) clocks stand so many seconds before UTC. */
export type Offset = { readonly until: string | null; readonly seconds: number }
const STEP_MS = 14 * 86_400_000
const offsetAt = (at: number, zone: string): number => {
  const { date, minutes } = wallTime(at, zone)
  return Math.round((Date.parse(`${date}T00:00:00Z`) + minutes * 60_000 - Math.floor(at / 60_000) * 60_000) / 1000)
}

/** How the clocks of a zone stood between two instants, so that SQL can tell the day of a moment by itself. */
export function offsetsIn(zone: string, from: string, to: string): Offset[] {
  const found: Offset[] = []
  const end = Date.parse(to)
  let at = Date.parse(from)
  let seconds = offsetAt(at, zone)
  while (at < end) {
    const next = Math.min(at + STEP_MS, end)
    const after = offsetAt(next, zone)
    if (after !== seconds) {
      let [low, high] = [at, next]
      while (high - low > 1) {
        const middle = Math.floor((low + high) / 2)
        if (offsetAt(middle, zone) === seconds) low = middle
        else high = middle
      }
      found.push({ until: new Date(high).toISOString(), seconds })
      seconds = after
    }
    at = next
  }
  return [...found, { until: null, seconds }]
}

/** The first instant of a day, and the first one after a period's last. */
export const instantsOf = ({ from, to }: Days, zone: string): { readonly from: string; readonly until: string } => ({
  from: new Date(momentOf({ date: from, minutes: 0 }, zone)).toISOString(),
  until: new Date(momentOf({ date: addDays(to, 1), minutes: 0 }, zone)).toISOString(),
})
