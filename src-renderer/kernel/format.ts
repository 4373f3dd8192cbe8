/** Numbers, money, dates and phones as the screen shows them. Pure: what depends on the language takes words, not a language. */

const grouped = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 6 })
const two = new Intl.NumberFormat('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const MINUS = '\u2212'
const signed = (text: string) => text.replace('-', MINUS)

/** 12408 → "12,408" */
export const formatNumber = (value: number): string => signed(grouped.format(value))

/** Fen → "1,268,000.00"; a minus is U+2212. */
export const formatMoney = (fen: number): string => signed(two.format(fen / 100))

/** Fen → whole yuan without a tail where cents are zero, for narrow columns. */
export const formatMoneyShort = (fen: number): string => (fen % 100 === 0 ? formatNumber(fen / 100) : formatMoney(fen))

/** Fen → figure in 万, two decimals: 126800000 → "126.80" */
export const formatWan = (fen: number): string => signed(two.format(fen / 1_000_000))

export const formatPercent = (share: number): string => `${signed((share * 100).toFixed(1))}%`

/** Bytes → "1.24 GB" */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB']
  let size = bytes
  let unit = 0
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1024
    unit++
  }
  return `${unit === 0 ? size : size.toFixed(size < 10 ? 2 : 1)} ${units[unit]}`
}

export type Clock = { readonly nowMs: number; readonly zone: string }
type Parts = { year: string; month: string; day: string; hour: string; minute: string; weekday: number }

const formatters = new Map<string, Intl.DateTimeFormat>()
function formatter(zone: string): Intl.DateTimeFormat {
  let made = formatters.get(zone)
  if (!made) {
    made = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      weekday: 'short',
    })
    formatters.set(zone, made)
  }
  return made
}
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

/** The clock face of an instant in a zone. */
export function partsIn(instant: string | number, zone: string): Parts {
  const found: Record<string, string> = {}
  const at = typeof instant === 'number' ? instant : Date.parse(instant)
  for (const part of formatter(zone).formatToParts(at)) found[part.type] = part.value
  return {
    year: found['year'] ?? '',
    month: found['month'] ?? '',
    day: found['day'] ?? '',
    hour: found['hour'] ?? '',
    minute: found['minute'] ?? '',
    weekday: WEEKDAYS.indexOf(found['weekday'] ?? ''),
  }
}

/** Tables: "11-19 14:00" in the running year, "2026-11-19" otherwise. */
export function formatInstant(instant: string, clock: Clock): string {
  const at = partsIn(instant, clock.zone)
  const thisYear = partsIn(clock.nowMs, clock.zone).year === at.year
  return thisYear ? `${at.month}-${at.day} ${at.hour}:${at.minute}` : `${at.year}-${at.month}-${at.day}`
}

/** Hover: "2026-11-19 14:00" */
export function formatInstantFull(instant: string, zone: string): string {
  const at = partsIn(instant, zone)
  return `${at.year}-${at.month}-${at.day} ${at.hour}:${at.minute}`
}

/** "11-19 14:00", in another year "2025-11-19 14:00": where the minute counts whenever it was. */
export function formatMinute(instant: string, clock: Clock): string {
  const full = formatInstantFull(instant, clock.zone)
  return full.slice(0, 4) === partsIn(clock.nowMs, clock.zone).year ? full.slice(5) : full
}

/** A business date: "11-19" in the running year, the whole date otherwise. */
export function formatDate(date: string, clock: Clock): string {
  return date.slice(0, 4) === partsIn(clock.nowMs, clock.zone).year ? date.slice(5) : date
}

/** Whole days from `date` (YYYY-MM-DD) to today in the zone: 0 today, 1 yesterday, −1 tomorrow. */
export function daysSince(date: string, clock: Clock): number {
  const today = partsIn(clock.nowMs, clock.zone)
  const day = 86_400_000
  return Math.round((Date.parse(`${today.year}-${today.month}-${today.day}T00:00:00Z`) - Date.parse(`${date}T00:00:00Z`)) / day)
}

export const businessDateOf = (instant: string | number, zone: string): string => {
  const at = partsIn(instant, zone)
  return `${at.year}-${at.month}-${at.day}`
}

/** How long ago in the words of a list: the words are filled in by the language. */
export type Ago = { unit: 'today' | 'yesterday' | 'tomorrow' | 'daysAgo' | 'inDays'; n: number }
export function ago(date: string, clock: Clock): Ago {
  const n = daysSince(date, clock)
  if (n === 0) return { unit: 'today', n }
  if (n === 1) return { unit: 'yesterday', n }
  if (n === -1) return { unit: 'tomorrow', n: 1 }
  return n > 0 ? { unit: 'daysAgo', n } : { unit: 'inDays', n: -n }
}

/** E.164 (or masked) → how a Chinese desk reads it: "138 0512 6621", "0575 8812 0034", "+1 650 253 0000". */
export function formatPhone(phone: string): string {
  const national = phone.startsWith('+86') ? phone.slice(3) : phone
  if (/^1[\d*]{10}$/.test(national)) return `${national.slice(0, 3)} ${national.slice(3, 7)} ${national.slice(7)}`
  if (!phone.startsWith('+86')) return phone
  if (/^(400|800)[\d*]{7}$/.test(national)) return `${national.slice(0, 3)} ${national.slice(3, 6)} ${national.slice(6)}`
  const area = /^(10|2\d)/.test(national) ? 2 : 3
  const rest = national.slice(area)
  if (rest.length < 7) return national
  return `0${national.slice(0, area)} ${rest.slice(0, rest.length - 4)} ${rest.slice(-4)}`
}

/** The wall clock of an instant in a zone: "2026-11-24T10:00". */
export function wallOf(instant: string, zone: string): string {
  const at = partsIn(instant, zone)
  return `${at.year}-${at.month}-${at.day}T${at.hour}:${at.minute}`
}

/** The instant a wall clock shows in a zone. Around a change of summer time the later reading wins. */
export function instantOfWall(wall: string, zone: string): string {
  const wanted = Date.parse(`${wall}:00.000Z`)
  let at = wanted
  for (let i = 0; i < 3; i++) at += wanted - Date.parse(`${wallOf(isoOf(at), zone)}:00.000Z`)
  return isoOf(at)
}
const isoOf = (ms: number): string => new Date(ms).toISOString()
export const wallAt = (ms: number, zone: string): string => wallOf(isoOf(ms), zone)
