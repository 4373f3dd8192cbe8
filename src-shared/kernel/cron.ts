import { addDays, momentOf, wallTime, weekdayOf } from './zoned.ts'

/** A plan in the five usual fields: minute, hour, day of month, month, day of week (0 and 7 are Sunday). */
export type Cron = {
  minutes: readonly number[]
  hours: readonly number[]
  days: ReadonlySet<number>
  months: ReadonlySet<number>
  weekdays: ReadonlySet<number>
  eitherDay: boolean
}

const FIELDS = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const
/** Longer than any distance between two matching days: 29 February can be eight years away. */
const LOOK_AHEAD_DAYS = 9 * 366

/** The plan a text says, or null when it says none. */
export function parseCron(text: string): Cron | null {
  const fields = text.trim().split(/\s+/)
  if (fields.length !== FIELDS.length) return null
  const parsed = fields.map((field, index) => parseField(field, FIELDS[index] ?? [0, 0]))
  const [minutes, hours, days, months, weekdays] = parsed
  if (!minutes || !hours || !days || !months || !weekdays) return null
  const everyDay = fields[2] === '*' || fields[4] === '*'
  return {
    minutes,
    hours,
    days: new Set(days),
    months: new Set(months),
    weekdays: new Set(weekdays.map((day) => (day === 0 ? 7 : day))),
    // As everywhere else: when both kinds of day are named, either will do.
    eitherDay: !everyDay,
  }
}

function parseField(field: string, [least, most]: readonly [number, number]): number[] | null {
  const values = new Set<number>()
  for (const part of field.split(',')) {
    const match = /^(?:(\*)|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(part)
    if (!match) return null
    const from = match[1] ? least : Number(match[2])
    const to = match[1] || (match[4] && !match[3]) ? most : Number(match[3] ?? match[2])
    const step = Number(match[4] ?? 1)
    if (from < least || to > most || from > to || step < 1) return null
    for (let value = from; value <= to; value += step) values.add(value)
  }
  return [...values].sort((a, b) => a - b)
}

function matchesDay(cron: Cron, date: string): boolean {
  const [, month, day] = date.split('-').map(Number)
  if (!cron.months.has(month ?? 0)) return false
  const [byDay, byWeekday] = [cron.days.has(day ?? 0), cron.weekdays.has(weekdayOf(date))]
  return cron.eitherDay ? byDay || byWeekday : byDay && byWeekday
}

function momentsOn(cron: Cron, date: string, zone: string): number[] {
  if (!matchesDay(cron, date)) return []
  return cron.hours.flatMap((hour) => cron.minutes.map((minute) => momentOf({ date, minutes: hour * 60 + minute }, zone)))
}

/**
 * The first moment after `after` at which a plan is due in a zone, in milliseconds; null when it never is. A time that the
 * clock shows twice is due once, one that it skips is due when the clock has jumped.
 */
export function nextDue(cron: Cron, zone: string, after: number): number | null {
  // The day before, too: a skipped time may have been pushed past midnight.
  let date = addDays(wallTime(after, zone).date, -1)
  for (let n = 0; n < LOOK_AHEAD_DAYS; n++, date = addDays(date, 1)) {
    const due = momentsOn(cron, date, zone).filter((at) => at > after)
    if (due.length > 0) return Math.min(...due)
  }
  return null
}

/** The last moment up to `upTo` at which a plan was due; null when it never was. */
export function lastDue(cron: Cron, zone: string, upTo: number): number | null {
  let date = addDays(wallTime(upTo, zone).date, 1)
  for (let n = 0; n < LOOK_AHEAD_DAYS; n++, date = addDays(date, -1)) {
    const due = momentsOn(cron, date, zone).filter((at) => at <= upTo)
    if (due.length > 0) return Math.max(...due)
  }
  return null
}
