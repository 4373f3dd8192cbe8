import type { CellValue } from './cell.ts'

/** What a number format makes of a number. */
export type FormatKind = 'number' | 'date' | 'datetime' | 'time' | 'duration'

const DAY = 86_400
const LAST_DAY = 2_958_465 // 9999-12-31

function two(n: number): string {
  return n < 10 ? `0${n}` : String(n)
}

/** Proleptic Gregorian day number (0 = 1970-01-01) to YYYY-MM-DD, by Howard Hinnant's civil_from_days. */
function civil(days: number): string {
  const z = days + 719_468
  const era = Math.floor(z / 146_097)
  const doe = z - era * 146_097
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365)
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100))
  const mp = Math.floor((5 * doy + 2) / 153)
  const month = mp < 10 ? mp + 3 : mp - 9
  const year = yoe + era * 400 + (month <= 2 ? 1 : 0)
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(doy - Math.floor((153 * mp + 2) / 5) + 1)}`
}

/** Day number (0 = 1970-01-01) of a civil date. */
export function dayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yoe = y - era * 400
  const doy = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  return era * 146_097 + yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy - 719_468
}

function clockOf(seconds: number): string {
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

function seconds(serial: number): CellValue {
  return { duration: Math.round(serial * DAY * 1000) / 1000 }
}

/** Excel serial to a value by the kind of its format; a number that is no date in Excel either stays a number. */
export function serialValue(serial: number, kind: FormatKind, date1904: boolean): CellValue {
  if (kind === 'number') return serial
  if (kind === 'duration') return seconds(serial)
  if (serial < 0 || serial >= LAST_DAY + 1) return serial
  // Day 0 exists only in the 1904 system; elsewhere a serial below 1 is a time of day, and a bare 0 is no date.
  if (serial < 1 && (kind === 'time' || !date1904)) return kind === 'date' && serial === 0 ? serial : seconds(serial)
  return dateValue(serial, kind, date1904)
}

function dateValue(serial: number, kind: FormatKind, date1904: boolean): CellValue {
  let day = Math.floor(serial)
  let clock = Math.round((serial - day) * DAY)
  if (clock === DAY) {
    day += 1
    clock = 0
  }
  // 1900 was no leap year, Excel counts its 29 February (serial 60): days before it are shifted by one.
  const shift = date1904 ? 24_107 : day < 60 ? 25_568 : 25_569
  const date = civil(day - shift)
  return clock === 0 && kind === 'date' ? { date } : { date: `${date}T${clockOf(clock)}` }
}

const iso = /^(-?\d{4,})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?(Z|[+-]\d{2}:?\d{2})?$/
const isoTime = /^(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?$/

/** An ISO-8601 date cell (strict workbooks, ods). Excel writes wall time, with a meaningless Z at times. */
export function isoValue(text: string): CellValue {
  const match = iso.exec(text.trim())
  if (match) {
    const date = `${match[1]}-${match[2]}-${match[3]}`
    const time = match[4] === undefined ? null : `${match[4]}:${match[5]}:${match[6] ?? '00'}`
    return { date: time === null ? date : `${date}T${time}` }
  }
  const clockMatch = isoTime.exec(text.trim())
  if (clockMatch) return { duration: Number(clockMatch[1]) * 3600 + Number(clockMatch[2]) * 60 + Number(clockMatch[3] ?? 0) }
  return text
}

/** Serial (1900 system) of 'YYYY-MM-DD' or 'YYYY-MM-DDTHH:mm:ss'; null when it is no such date. */
export function dateSerial(text: string): number | null {
  const match = iso.exec(text)
  if (!match) return null
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const days = dayNumber(year, month, day)
  if (civil(days) !== `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`) return null
  const serial = days + 25_569
  if (serial < 61) return null
  return serial + (Number(match[4] ?? 0) * 3600 + Number(match[5] ?? 0) * 60 + Number(match[6] ?? 0)) / DAY
}

// 27–36 and 50–58 are the dates and times of the East Asian versions, which leave their codes out of the file.
const builtinKinds: readonly (readonly [number, number, FormatKind])[] = [
  [14, 17, 'date'],
  [18, 21, 'time'],
  [22, 22, 'datetime'],
  [27, 31, 'date'],
  [32, 35, 'time'],
  [36, 36, 'date'],
  [45, 45, 'time'],
  [46, 46, 'duration'],
  [47, 47, 'time'],
  [50, 54, 'date'],
  [55, 56, 'time'],
  [57, 58, 'date'],
]

function builtin(id: number): FormatKind {
  return builtinKinds.find(([first, last]) => id >= first && id <= last)?.[2] ?? 'number'
}

/** Kind of a number format by its code, or by its built-in number where the file gives no code. */
export function formatKind(id: number, code: string | undefined): FormatKind {
  if (code === undefined) return builtin(id)
  const first = code.replace(/"[^"]*"|\\.|_.|\*./gsu, '').split(';')[0] ?? ''
  if (/\[(h+|m+|s+)\]/i.test(first)) return 'duration'
  const bare = first.replace(/\[[^\]]*\]/g, '')
  if (/general|标准|常规/i.test(bare)) return 'number'
  const meridiem = /am\/pm|a\/p|上午\/下午/i
  const letters = bare.replace(meridiem, 'h').replace(/e[+-]/gi, '')
  const time = /[hs]/i.test(letters)
  const date = /[ydgb]|a{3}/i.test(letters) || (/e/i.test(letters) && !/[0#?]/.test(letters)) || (/m/i.test(letters) && !time)
  if (date) return time ? 'datetime' : 'date'
  return time ? 'time' : 'number'
}
