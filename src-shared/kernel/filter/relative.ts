import { addDays, weekdayOf } from '../zoned.ts'

/** Periods that move with the calendar; `last:7` and `next:7` count days back and ahead, today included. */
export const PERIODS = [
  'today',
  'yesterday',
  'tomorrow',
  'thisWeek',
  'lastWeek',
  'nextWeek',
  'thisMonth',
  'lastMonth',
  'nextMonth',
  'thisQuarter',
  'lastQuarter',
  'nextQuarter',
  'thisYear',
  'lastYear',
  'nextYear',
] as const
export type Period = (typeof PERIODS)[number]
/** First and last day of a period, both included. */
export type Days = { readonly from: string; readonly to: string }

const COUNTED = /^(last|next):(\d{1,4})$/
const MOVED = /^@today(?:([+-])(\d{1,4}))?$/

/** How many days a counted period reaches, and in which direction; null for one with a name. */
export function countedDays(period: string): { direction: 'last' | 'next'; days: number } | null {
  const [, direction, days] = COUNTED.exec(period) ?? []
  return days === undefined ? null : { direction: direction as 'last' | 'next', days: Number(days) }
}

export const isPeriod = (text: unknown): text is string =>
  typeof text === 'string' && ((PERIODS as readonly string[]).includes(text) || COUNTED.test(text))

/** The day that `@today`, `@today-7` or `@today+30` means, or null for any other text. */
export function movedDay(text: string, today: string): string | null {
  const found = MOVED.exec(text)
  if (!found) return null
  const days = Number(found[2] ?? 0)
  return addDays(today, found[1] === '-' ? -days : days)
}
export const isMovedDay = (text: unknown): text is string => typeof text === 'string' && MOVED.test(text)

/** The days of a period as seen from a day; null for a text that is no period. Weeks begin on Monday. */
export function daysOf(period: string, today: string): Days | null {
  const counted = countedDays(period)
  if (counted)
    return counted.direction === 'last'
      ? { from: addDays(today, -counted.days), to: today }
      : { from: today, to: addDays(today, counted.days) }
  if (!isPeriod(period)) return null
  return named(period as Period, today)
}

function named(period: Period, today: string): Days {
  const [when = '', unit = ''] = /^(this|last|next)(Week|Month|Quarter|Year)$/.exec(period)?.slice(1) ?? []
  const by = when === 'last' ? -1 : when === 'next' ? 1 : 0
  switch (unit) {
    case 'Week': {
      const monday = addDays(today, 1 - weekdayOf(today) + 7 * by)
      return { from: monday, to: addDays(monday, 6) }
    }
    case 'Month':
      return months(today, by, 1)
    case 'Quarter':
      return months(`${today.slice(0, 5)}${two(quarterStart(today))}-01`, by * 3, 3)
    case 'Year':
      return months(`${today.slice(0, 5)}01-01`, by * 12, 12)
    default: {
      const day = addDays(today, period === 'yesterday' ? -1 : period === 'tomorrow' ? 1 : 0)
      return { from: day, to: day }
    }
  }
}

const two = (n: number): string => String(n).padStart(2, '0')
const quarterStart = (day: string): number => Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1

/** `count` whole months, beginning `by` months beside that of a day. */
function months(day: string, by: number, count: number): Days {
  const first = (n: number) => {
    const month = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + n
    return `${String(Math.floor(month / 12)).padStart(4, '0')}-${two((month % 12) + 1)}-01`
  }
  return { from: first(by), to: addDays(first(by + count), -1) }
}
