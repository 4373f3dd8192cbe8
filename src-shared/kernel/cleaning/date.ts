import { momentOf, wallTime } from '../zoned.ts'
import { cleanText, toHalfWidth } from './text.ts'

const DIGITS: Readonly<Record<string, number>> = Object.fromEntries(
  ['〇零○', '一壹元', '二贰两', '三叁', '四肆', '五伍', '六陆', '七柒', '八捌', '九玖'].flatMap((signs, digit) =>
    [...signs].map((sign) => [sign, digit]),
  ),
)
const TENS: Readonly<Record<string, number>> = { 十: 10, 拾: 10, 廿: 20, 卅: 30, 百: 100, 佰: 100 }
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const DAY = 86_400_000

export type DateOptions = {
  /** 1904: the workbook counts from 1904 (old Macs). */
  readonly dateSystem?: '1900' | '1904'
  /** For 03/04/2026, which nobody can tell apart: absent = null is returned unless one part is above 12. */
  readonly dayFirst?: boolean
  /** For 9月6日, which names no year: the last such day up to this one (YYYY-MM-DD), with `ahead` the next from it on; absent = null is returned. */
  readonly today?: string
  readonly ahead?: boolean
}

/** What a cell says of a moment: `time` is HH:MM:SS or null; `offset` in minutes where the text names its zone (Z, +08:00). */
export type ReadMoment = { date: string; time: string | null; offset: number | null }

/**
 * A business date as YYYY-MM-DD, or null when the text is none or could be read in two ways. Understood: 2026-3-5, 2026/03/05, 2026.3.5, 20260305,
 * 2026年3月5日, 二〇二六年三月五日, 贰零贰陆年叁月伍日, 民国115年3月5日, 26年3月5日, 26-3-5, 2026年3月 and 2026-03 (first day), with or without a
 * time, 9月6日 where today is given, 5 Mar 2026, Mar 5, 2026, 5-Mar-26, 20260305153000, and Excel serials (days since 1900 or 1904). Signs and order after GB/T 7408 (ISO 8601).
 */
export const readDate = (cell: string | number, options: DateOptions = {}): string | null =>
  readMoment(cell, options)?.date ?? null

/** The same with the time of day and the zone, where the cell has them; a time that cannot be makes the whole unreadable. */
export function readMoment(cell: string | number, options: DateOptions = {}): ReadMoment | null {
  if (typeof cell === 'number') return ofSerial(cell, options)
  const ymd = PLAIN.exec(cell)
  if (ymd) {
    const date = valid(Number(ymd[1]), Number(ymd[2]), Number(ymd[3]))
    return date === null ? null : { date, time: null, offset: null }
  }
  if (cell.length > LONGEST) return null
  const plain = plainText(cell)
  if (plain === '') return null
  const stamp = ofTimestamp(plain)
  if (stamp) return stamp
  const clock = CLOCK.exec(plain)
  const day = (clock ? plain.slice(0, clock.index) : plain).replace(/\s*(?:上午|下午|早上|晚上|凌晨|中午)$/, '').trim()
  const time = clock ? clockOf(clock) : null
  if (clock && time === null) return null
  const date = dayOf(day, options)
  if (date !== null) return { date, time, offset: clock ? offsetOf(clock[6]) : null }
  return clock ? null : ofSerialText(day, options)
}

/** Longer texts are sentences. */
const LONGEST = 100
/** The notation nearly every cell has: no cleaning, no second look. */
const PLAIN = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/
const WEEKDAY =
  /[(（]?(?:星期|周|礼拜)[一二三四五六日天][)）]?|^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[,.]?\s+/gi

/** One line in half-width signs and Arabic digits, without weekdays, the clock behind the day. */
function plainText(cell: string): string {
  const text = toHalfWidth(cleanText(cell))
    .replace(/[‐–—]/g, '-')
    .replace(/^['‘’]/, '')
    .replace(WEEKDAY, ' ')
    .trim()
  const plain = fromChinese(text)
    .replace(/点半/g, '点30分')
    .replace(/([点时])整/g, '$1')
  const swapped = /^((?:上午|下午|早上|晚上)?\s*\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]m)?)\s+(\d{4}.+)$/i.exec(plain)
  return swapped ? `${swapped[2]} ${swapped[1]}` : plain.replace(/\s+(?:gmt|utc)$/i, 'Z')
}

/** What stands in a cell that holds a day, in the signs that the patterns here know. */
export const plainDay = (cell: string): string => (cell.length > LONGEST ? '' : plainText(cell))

/** 20240305153000, 20240305 1530, and milliseconds since 1970, as programs write them; ten digits may be anything. */
function ofTimestamp(plain: string): ReadMoment | null {
  const compact = /^((?:19|20)\d{2})(\d{2})(\d{2})[\sT]?(\d{2})(\d{2})(\d{2})?$/.exec(plain)
  if (compact) {
    const date = valid(Number(compact[1]), Number(compact[2]), Number(compact[3]))
    const [hours, minutes, seconds] = [Number(compact[4]), Number(compact[5]), Number(compact[6] ?? 0)]
    if (date === null || hours > 23 || minutes > 59 || seconds > 59) return null
    return { date, time: `${compact[4]}:${compact[5]}:${compact[6] ?? '00'}`, offset: null }
  }
  if (!/^1\d{12}$/.test(plain)) return null
  const instant = new Date(Number(plain)).toISOString()
  return { date: instant.slice(0, 10), time: instant.slice(11, 19), offset: 0 }
}

/** Behind a blank, a T, a comma or the sign of the day: 14:30, 14:30:05.123, 下午3点, 3时20分, 3:05 pm, with Z or +08:00. */
const CLOCK =
  /(?:[T\s,]+|(?<=[日号]))(上午|下午|午后|早上|早晨|清晨|早|晚上|傍晚|夜里|晚|凌晨|中午|am|pm)?\s*(\d{1,2})[:点时](\d{1,2})?(?:分|:(\d{1,2}))?(?:\.\d+)?秒?\s*(am|pm)?\s*(Z|[+-]\d{2}:?\d{2})?$/i
const LATER = ['下午', '午后', '晚上', '傍晚', '夜里', '晚', 'pm']
const EARLIER = ['上午', '早上', '早晨', '清晨', '早', '凌晨', 'am']

function clockOf([, before, hour, minute, second, after]: RegExpExecArray): string | null {
  const half = (before ?? after ?? '').toLowerCase()
  const read = Number(hour)
  const hours =
    (LATER.includes(half) && read < 12) || (half === '中午' && read < 3)
      ? read + 12
      : EARLIER.includes(half) && read === 12
        ? 0
        : read
  const [minutes, seconds] = [Number(minute ?? 0), Number(second ?? 0)]
  if (hours > 23 || minutes > 59 || seconds > 59) return null
  return [hours, minutes, seconds].map((part) => String(part).padStart(2, '0')).join(':')
}

function offsetOf(zone: string | undefined): number | null {
  if (zone === undefined) return null
  if (zone.toUpperCase() === 'Z') return 0
  const digits = zone.replace(':', '')
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5))
  return digits.startsWith('-') ? -minutes : minutes
}

function dayOf(plain: string, options: DateOptions): string | null {
  const ymd = /^(\d{4})\s*[-/.年\\_,、\s]\s*(\d{1,2})\s*[-/.月\\_,、\s]\s*(\d{1,2})\s*[日号]?$/.exec(plain)
  if (ymd) return valid(Number(ymd[1]), Number(ymd[2]), Number(ymd[3]))
  // 2024.3 is none: it is also how a number is written.
  const ym = /^(\d{4})\s*[-/年]\s*(\d{1,2})\s*月?$/.exec(plain)
  if (ym) return valid(Number(ym[1]), Number(ym[2]), 1)
  const compact = /^((?:19|20)\d{2})(\d{2})(\d{2})$/.exec(plain)
  if (compact) return valid(Number(compact[1]), Number(compact[2]), Number(compact[3]))
  const republic = /^民[国國]\s*(\d{1,3})\s*[年.\-/]\s*(\d{1,2})\s*[月.\-/]\s*(?:(\d{1,2})\s*[日号]?)?$/.exec(plain)
  if (republic) return valid(1911 + Number(republic[1]), Number(republic[2]), Number(republic[3] ?? 1))
  const short = /^(\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?$/.exec(plain)
  if (short) return valid(century(Number(short[1])), Number(short[2]), Number(short[3]))
  return monthOf(plain) ?? yearless(plain, options) ?? fromWestern(plain, options)
}

/** People leave out the year of a day that is near. */
function yearless(plain: string, { today, ahead }: DateOptions): string | null {
  const found = today === undefined ? null : /^(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]$/.exec(plain)
  if (!found || today === undefined) return null
  const year = Number(today.slice(0, 4))
  const at = (given: number): string | null => valid(given, Number(found[1]), Number(found[2]))
  const here = at(year)
  // The 29th of February may be none this year.
  if (ahead) return here !== null && here >= today ? here : at(year + 1)
  return here !== null && here <= today ? here : at(year - 1)
}

/** 202403 is a month where it cannot be 20-24-03; 201203 could be either and is none. */
function monthOf(plain: string): string | null {
  const month = /^((?:19|20)\d{2})(\d{2})$/.exec(plain)
  if (!month) return null
  const asDay = valid(century(Number(plain.slice(0, 2))), Number(plain.slice(2, 4)), Number(plain.slice(4)))
  return asDay === null ? valid(Number(month[1]), Number(month[2]), 1) : null
}

function ofSerialText(text: string, options: DateOptions): ReadMoment | null {
  const value = /^\d{5}(?:\.\d+)?$/.test(text) ? Number(text) : 0
  return value >= 20_000 && value < 80_000 ? ofSerial(value, options) : null
}

/** The part behind the point is the time of day, to the second. */
function ofSerial(serial: number, { dateSystem }: DateOptions): ReadMoment | null {
  const seconds = Math.round((serial - Math.floor(serial)) * 86_400)
  const date = fromSerial(seconds === 86_400 ? Math.floor(serial) + 1 : serial, dateSystem)
  if (date === null) return null
  const time = seconds === 0 || seconds === 86_400 ? null : new Date(seconds * 1000).toISOString().slice(11, 19)
  return { date, time, offset: null }
}

/** Excel's day count; 1900 is wrongly a leap year there, so that serials from 60 on are one ahead. */
function fromSerial(serial: number, system: DateOptions['dateSystem']): string | null {
  if (!Number.isFinite(serial) || serial < 1 || serial > 2_958_465) return null
  const day = Math.floor(serial)
  const days = system === '1904' ? day + 1462 : day
  if (days === 60) return null
  return new Date((days - (days > 60 ? 25_569 : 25_568)) * DAY).toISOString().slice(0, 10)
}

const NUMERIC = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/
const NAMED = /^(?:(\d{1,2})(?:st|nd|rd|th)?[\s-]+)?([a-z]{3})[a-z]*\.?[\s-]+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4}|\d{2})$/i

function fromWestern(text: string, { dayFirst }: DateOptions): string | null {
  const numeric = NUMERIC.exec(text)
  if (!numeric) return fromNamed(text)
  const [first, second, year] = [Number(numeric[1]), Number(numeric[2]), Number(numeric[3])]
  if (first > 12 || (dayFirst === true && second <= 12)) return valid(year, second, first)
  return second > 12 || dayFirst === false || first === second ? valid(year, first, second) : null
}

function fromNamed(text: string): string | null {
  const named = NAMED.exec(text)
  if (!named) return null
  const month = MONTHS.indexOf((named[2] ?? '').toLowerCase()) + 1
  const year = Number(named[4])
  return month > 0 ? valid(year < 100 ? century(year) : year, month, Number(named[1] ?? named[3] ?? 1)) : null
}

const NUMERALS = /[〇零○一壹二贰两三叁四肆五伍六陆七柒八捌九玖十拾廿卅百佰]+(?=[年月日号點点时分秒])|(?<=[国國])元(?=年)/g

/** 二〇二六年三月十五日, 贰零贰陆年叁月拾伍日, 民国一百一十三年: the digits of each run before its sign. */
function fromChinese(text: string): string {
  if (!/[〇零○一壹二贰两三叁四肆五伍六陆七柒八捌九玖十拾廿卅元]/.test(text) || !/[年月日号點点时]/.test(text)) return text
  return text.replace(NUMERALS, (run) => {
    if (!/[十拾廿卅百佰]/.test(run)) return [...run].map((sign) => DIGITS[sign] ?? '').join('')
    let [value, digit] = [0, 0]
    for (const sign of run) {
      const step = TENS[sign]
      if (step === undefined) digit = DIGITS[sign] ?? 0
      else {
        value += step > 10 && step < 100 ? step : Math.max(digit, 1) * step
        digit = 0
      }
    }
    return String(value + digit)
  })
}

/** Two digits are of this century up to 69, of the last from 70 on, as spreadsheets have it. */
const century = (year: number): number => (year < 70 ? 2000 + year : 1900 + year)

function valid(year: number, month: number, day: number): string | null {
  if (year < 1900 || year > 2200 || month < 1 || month > 12 || day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate())
    return null
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

const OPENING = '09:00:00'
/** Shanghai has had one offset since 1992; asking the calendar of zones for every cell of a long column takes seconds. */
const SHANGHAI_STEADY_FROM = '1992-01-01'

/** The instant of a read moment; where the cell names no zone the clock is the workspace's, and a day without a clock counts from 09:00, when offices open. */
export function instantOf({ date, time, offset }: ReadMoment, zone: string): string {
  const known = offset ?? (zone === 'Asia/Shanghai' && date >= SHANGHAI_STEADY_FROM ? 8 * 60 : null)
  const clock = time ?? OPENING
  if (known !== null) return new Date(Date.parse(`${date}T${clock}.000Z`) - known * 60_000).toISOString()
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number)
  return new Date(momentOf({ date, minutes: hours * 60 + minutes }, zone) + seconds * 1000).toISOString()
}

/** What the workspace's own clock and calendar show of a read moment, for a person to look at and for fields that hold a day. */
export function localOf(read: ReadMoment, zone: string): { date: string; time: string | null } {
  if (read.offset === null || read.time === null) return { date: read.date, time: read.time }
  const { date, minutes } = wallTime(Date.parse(instantOf(read, zone)), zone)
  const two = (part: number): string => String(part).padStart(2, '0')
  return { date, time: `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${read.time.slice(6)}` }
}
