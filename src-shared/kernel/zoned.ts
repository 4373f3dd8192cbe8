const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** What a wall clock shows: the business date and the minutes since midnight. */
export type WallTime = { date: string; minutes: number }

const formatters = new Map<string, Intl.DateTimeFormat>()
function formatter(zone: string): Intl.DateTimeFormat {
  let made = formatters.get(zone)
  if (!made) {
    made = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
    formatters.set(zone, made)
  }
  return made
}

/** Whether the machine knows a zone by this IANA name. */
export function isZone(zone: string): boolean {
  try {
    formatter(zone)
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/** The wall clock of a zone, read as if it were UTC, in milliseconds. */
function wallMs(at: number, zone: string): number {
  const part: Record<string, number> = {}
  for (const { type, value } of formatter(zone).formatToParts(at)) part[type] = Number(value)
  return Date.UTC(
    part['year'] ?? 0,
    (part['month'] ?? 1) - 1,
    part['day'] ?? 1,
    part['hour'] ?? 0,
    part['minute'] ?? 0,
    part['second'] ?? 0,
  )
}

const offsetAt = (at: number, zone: string): number => wallMs(at, zone) - Math.floor(at / 1000) * 1000

/** What the clock on the wall shows in a zone at a moment. */
export function wallTime(at: number, zone: string): WallTime {
  const wall = wallMs(at, zone)
  const midnight = Math.floor(wall / DAY) * DAY
  return { date: new Date(midnight).toISOString().slice(0, 10), minutes: Math.floor((wall - midnight) / MINUTE) }
}

/**
 * The moment at which a wall clock shows a time. Shown twice (clocks put back): the first one. Never shown (clocks put
 * forward): as much later as the clocks jump. `minutes` may be 1440 for the end of the day.
 */
export function momentOf({ date, minutes }: WallTime, zone: string): number {
  const wall = Date.parse(`${date}T00:00:00Z`) + minutes * MINUTE
  const [before, after] = [offsetAt(wall - DAY, zone), offsetAt(wall + DAY, zone)]
  if (before === after) return wall - before
  const fitting = [wall - before, wall - after].filter((at) => wallMs(at, zone) === wall)
  return fitting.length > 0 ? Math.min(...fitting) : wall - before
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)
}

/** 1 = Monday … 7 = Sunday. */
export function weekdayOf(date: string): number {
  return ((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7) + 1
}
