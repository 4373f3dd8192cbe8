import { daysInMonth, isLeap } from './day.ts'
import { addDays } from './zoned.ts'

/**
 * A birthday is one text: `1990-05-01`, or `--05-01` where the year is not known (as vCard writes it). Its last five letters are month and
 * day in both, which is what it is sorted and looked for by. Who was born on the 29th of February has his day on the 28th in common years.
 */
const BIRTHDAY = /^(?:(19\d\d|20\d\d)|-)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/

/** Whether a text is a birthday as it is stored. */
export function isBirthday(text: string): boolean {
  const [, year, month, day] = BIRTHDAY.exec(text) ?? []
  return month !== undefined && Number(day) <= daysInMonth(Number(month), year === undefined ? undefined : Number(year))
}

/** Month and day of a birthday or of any day: `05-01`. */
export const monthDayOf = (day: string): string => day.slice(-5)

/** How a birthday is read: `1990-05-01`, or `05-01` without its year. */
export const birthdayShown = (stored: string): string => (stored.startsWith('--') ? stored.slice(2) : stored)

/** The months and days that have their birthday between two days, both included; a year or longer has them all. */
export function monthDaysIn({ from, to }: { from: string; to: string }): string[] {
  const found = new Set<string>()
  for (let day = from, n = 0; day <= to && n < 366; day = addDays(day, 1), n++) {
    const monthDay = monthDayOf(day)
    found.add(monthDay)
    if (monthDay === '02-28' && !isLeap(Number(day.slice(0, 4)))) found.add('02-29')
  }
  return [...found]
}

/** How many days until the next birthday: 0 = today. */
export function daysUntil(stored: string, today: string): number {
  const wanted = monthDayOf(stored)
  for (let n = 0; n < 366; n++) if (monthDaysIn({ from: addDays(today, n), to: addDays(today, n) }).includes(wanted)) return n
  return 366
}
