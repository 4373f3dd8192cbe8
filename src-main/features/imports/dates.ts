import { toHalfWidth } from '../../../src-shared/kernel/cleaning/text.ts'

const FULL =
  /^(\d{4}|\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*(?:日|号)?(?:[T\s,]*(?:(上午|下午|晚上|中午|am|pm)\s*)?(\d{1,2})[:：点时](\d{1,2})?(?:分|[:：](\d{1,2}))?(?:\.\d+)?秒?\s*(am|pm)?)?\s*(?:Z|\+08:?00)?$/i
const COMPACT = /^((?:19|20)\d{2})(\d{2})(\d{2})$/

/** A wall time written in the notations of Chinese sheets (2024.9.26, 24-10-08, 2024年9月26日 下午3:05, 20240926, serial 45561), or null. */
export function readWallTime(raw: string): { date: string; time: string | null } | null {
  const text = toHalfWidth(raw).trim()
  const serial = /^\d{5}(?:\.\d+)?$/.test(text) ? fromSerial(Number(text)) : null
  if (serial) return serial
  const compact = COMPACT.exec(text)
  if (compact) return sound(Number(compact[1]), Number(compact[2]), Number(compact[3]), null)
  const found = FULL.exec(text)
  if (!found) return null
  const [, year = '', month = '', day = '', half = found[8] ?? '', hours, minutes, seconds] = found
  const clock =
    hours === undefined ? null : clockOf(Number(hours), Number(minutes ?? 0), Number(seconds ?? 0), half.toLowerCase())
  if (hours !== undefined && clock === null) return null
  return sound(year.length === 2 ? 2000 + Number(year) : Number(year), Number(month), Number(day), clock)
}

function clockOf(hours: number, minutes: number, seconds: number, half: string): string | null {
  const later =
    (half === '下午' || half === '晚上' || half === 'pm') && hours < 12
      ? hours + 12
      : (half === '上午' || half === 'am') && hours === 12
        ? 0
        : hours
  if (later > 23 || minutes > 59 || seconds > 59) return null
  return [later, minutes, seconds].map((part) => String(part).padStart(2, '0')).join(':')
}

function sound(year: number, month: number, day: number, time: string | null): { date: string; time: string | null } | null {
  const at = new Date(Date.UTC(year, month - 1, day))
  if (year < 1900 || at.getUTCMonth() !== month - 1 || at.getUTCDate() !== day) return null
  return { date: at.toISOString().slice(0, 10), time }
}

/** Days since Excel's 1899-12-30, for cells that lost their format; only those between 1982 and 2064 are believed. */
function fromSerial(serial: number): { date: string; time: string | null } | null {
  if (serial < 30_000 || serial > 60_000) return null
  const at = new Date(Date.UTC(1899, 11, 30) + Math.round(serial * 86_400) * 1000).toISOString()
  return { date: at.slice(0, 10), time: Number.isInteger(serial) ? null : at.slice(11, 19) }
}

/** The instant of a wall time in a zone; a day without a clock counts from 09:00, when offices open. */
export function instantOf(wall: { date: string; time: string | null }, zone: string): string {
  const guess = Date.parse(`${wall.date}T${wall.time ?? '09:00:00'}.000Z`)
  return new Date(guess - offsetAt(guess - offsetAt(guess, zone), zone)).toISOString()
}

const formatters = new Map<string, Intl.DateTimeFormat>()

/** Milliseconds a zone is ahead of UTC at a moment. */
function offsetAt(moment: number, zone: string): number {
  if (zone === 'Asia/Shanghai' && moment > 700_000_000_000) return 8 * 3_600_000
  let format = formatters.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
    formatters.set(zone, format)
  }
  const part = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, value]))
  return (
    Date.parse(`${part['year']}-${part['month']}-${part['day']}T${part['hour']}:${part['minute']}:${part['second']}.000Z`) -
    Math.floor(moment / 1000) * 1000
  )
}

/** The wall time of an instant in a zone, as sheets take it: 2026-11-22T13:08:00. */
export const wallTimeOf = (instant: string, zone: string): string =>
  new Date(Date.parse(instant) + offsetAt(Date.parse(instant), zone)).toISOString().slice(0, 19)
