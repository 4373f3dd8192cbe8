import { isBirthday } from '../birthday.ts'
import { plainDay, readMoment } from './date.ts'

const two = (n: string | number): string => String(n).padStart(2, '0')
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
/** The old calendar has other months: 五月初一 is no 1st of May. */
const LUNAR = /[农農阴陰旧舊][历曆]|初[一二三四五六七八九十]|[正腊臘冬]月|闰|廿[一二三四五六七八九]$|lunar/i
const SOLAR = /^\s*(?:公历|阳历|新历)\s*[:：]?\s*/
/** A month without its day. */
const NO_DAY =
  /^\d{4}\s*[-/年]\s*\d{1,2}\s*月?$|^(?:19|20)\d{4}$|^民[国國]\s*\d{1,3}\s*[年.\-/]\s*\d{1,2}\s*月?$|^[a-z]{3,9}\.?[\s-]+\d{4}$/i

/** Month and day alone: 5月1日, 05-01, 5/1, 5.1, 0501, --05-01, May 1, 1-May. */
function monthDay(plain: string): [month: string | number, day: string] | null {
  const numeric = /^(?:-{1,2})?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?$/.exec(plain) ?? /^(?:--)?(\d{2})(\d{2})$/.exec(plain)
  if (numeric) {
    const [, first = '', second = ''] = numeric
    return Number(first) > 12 && /[-/.]/.test(plain) ? [second, first] : [first, second]
  }
  const named = /^(?:(\d{1,2})(?:st|nd|rd|th)?[\s-]+)?([a-z]{3})[a-z]*\.?(?:[\s-]+(\d{1,2})(?:st|nd|rd|th)?)?$/i.exec(plain)
  const month = MONTHS.indexOf((named?.[2] ?? '').toLowerCase()) + 1
  const day = named?.[1] ?? named?.[3]
  return month > 0 && day !== undefined ? [month, day] : null
}

/**
 * A birthday as it is stored, or null when the text is none: every notation of a day that `readMoment` knows, and of a month with its day.
 * A year that cannot be one of birth (this one or a later one: a spreadsheet puts it to a bare 5月1日; 1604, 1900-01-01 and the like: other
 * programs' "unknown") is left out. Days of the old calendar are not read: they fall on another day each year.
 */
export function readBirthday(text: string, today: string): string | null {
  const plain = plainDay(text.replace(SOLAR, ''))
  if (plain === '' || LUNAR.test(text) || NO_DAY.test(plain)) return null
  const short = monthDay(plain)
  if (short) {
    const stored = `--${two(short[0])}-${two(short[1])}`
    return isBirthday(stored) ? stored : null
  }
  const unknown = /^(?:0000|0001|1604|1804)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})/.exec(plain)
  if (unknown) return readBirthday(`${unknown[1]}-${unknown[2]}`, today)
  const date = readMoment(plain)?.date
  if (date === undefined) return null
  const born = bornBy(date, plain, today)
  return isBirthday(born) ? born : null
}

/** 68年 of a person is 1968, whatever spreadsheets think; nobody is born ahead of today. */
function bornBy(date: string, plain: string, today: string): string {
  const year = Number(date.slice(0, 4))
  if (year > Number(today.slice(0, 4)) && !plain.includes(String(year))) return `${year - 100}${date.slice(4)}`
  return date.slice(0, 4) >= today.slice(0, 4) || date === '1900-01-01' ? `--${date.slice(5)}` : date
}
