const DAY = /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
const DAYS_IN = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Whether February has 29 days. */
export const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

/** How many days a month (1 to 12) has; of a year that is not known February has 29. */
export const daysInMonth = (month: number, year?: number): number =>
  month === 2 && (year === undefined || isLeap(year)) ? 29 : (DAYS_IN[month - 1] ?? 0)

/** Whether a text is a day of the calendar as YYYY-MM-DD: 2026-02-30 is none. */
export function isDay(text: string): boolean {
  const [, year, month, day] = DAY.exec(text) ?? []
  return year !== undefined && Number(day) <= daysInMonth(Number(month), Number(year))
}
