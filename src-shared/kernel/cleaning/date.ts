import { cleanText, toHalfWidth } from './text.ts'

const DIGITS: Readonly<Record<string, string>> = {
  〇: '0',
  零: '0',
  '○': '0',
  一: '1',
  二: '2',
  三: '3',
  四: '4',
  五: '5',
  六: '6',
  七: '7',
  八: '8',
  九: '9',
}
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const DAY = 86_400_000

export type DateOptions = {
  /** 1904: the workbook counts from 1904 (old Macs). */
  readonly dateSystem?: '1900' | '1904'
  /** For 03/04/2026, which nobody can tell apart: absent = null is returned unless one part is above 12. */
  readonly dayFirst?: boolean
}

/**
 * A business date as YYYY-MM-DD, or null when the text is none or could be read in two ways. Understood: 2026-3-5, 2026/03/05, 2026.3.5, 20260305,
 * 2026年3月5日, 二〇二六年三月五日, 26年3月5日, 2026年3月 (first day), with or without a time, 5 Mar 2026, Mar 5, 2026, and Excel serials.
 */
export function readDate(cell: string | number, options: DateOptions = {}): string | null {
  if (typeof cell === 'number') return fromSerial(cell, options.dateSystem)
  const text = toHalfWidth(cleanText(cell)).replace(/[‐–—]/g, '-')
  if (text === '') return null
  const plain = fromChinese(text)
    .replace(/(?:星期|周)[一二三四五六日天]/g, '')
    .replace(/[T ]\s*(?:上午|下午|早上|晚上)?\s*\d{1,2}[:时点]\d{0,2}.*$/i, '')
    .trim()
  const ymd = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*(?:[-/.月]\s*(\d{1,2})\s*[日号]?|月)$/.exec(plain)
  if (ymd) return valid(Number(ymd[1]), Number(ymd[2]), Number(ymd[3] ?? 1))
  const compact = /^((?:19|20)\d{2})(\d{2})(\d{2})$/.exec(plain)
  if (compact) return valid(Number(compact[1]), Number(compact[2]), Number(compact[3]))
  const short = /^(\d{2})年(\d{1,2})月(\d{1,2})[日号]?$/.exec(plain)
  if (short) return valid(century(Number(short[1])), Number(short[2]), Number(short[3]))
  return fromWestern(plain, options) ?? fromSerialText(plain, options)
}

function fromSerialText(text: string, options: DateOptions): string | null {
  const value = /^\d{5}(?:\.\d+)?$/.test(text) ? Number(text) : 0
  return value >= 20_000 && value < 80_000 ? fromSerial(value, options.dateSystem) : null
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
const NAMED = /^(?:(\d{1,2})(?:st|nd|rd|th)?[\s-]+)?([a-z]{3})[a-z]*\.?[\s-]+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})$/i

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
  return month > 0 ? valid(Number(named[4]), month, Number(named[1] ?? named[3] ?? 1)) : null
}

/** 二〇二六年三月十五日 → 2026年3月15日; 十二 → 12. */
function fromChinese(text: string): string {
  if (!/[一二三四五六七八九十〇零]/.test(text) || !/[年月]/.test(text)) return text
  return text
    .replace(
      /([一二三四五六七八九])?十([一二三四五六七八九])?(?=[月日号])/g,
      (_all, tens: string | undefined, ones: string | undefined) => `${DIGITS[tens ?? '一']}${ones ? DIGITS[ones] : '0'}`,
    )
    .replace(/[〇零○一二三四五六七八九](?=[〇零○一二三四五六七八九]*[年月日号])/g, (sign) => DIGITS[sign] ?? sign)
}

/** Two digits are of this century up to 69, of the last from 70 on, as spreadsheets have it. */
const century = (year: number): number => (year < 70 ? 2000 + year : 1900 + year)

function valid(year: number, month: number, day: number): string | null {
  if (year < 1900 || year > 2200 || month < 1 || month > 12 || day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate())
    return null
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}
