import { addDays, weekdayOf } from '../../src-shared/kernel/zoned.ts'

export type Month = { readonly year: number; readonly month: number }
const pad = (n: number): string => String(n).padStart(2, '0')

export const monthOf = (date: string): Month => ({ year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)) })
export const isIn = (date: string, { year, month }: Month): boolean => date.startsWith(`${year}-${pad(month)}-`)
export const firstDayOf = ({ year, month }: Month): string => `${year}-${pad(month)}-01`
export function moved({ year, month }: Month, by: number): Month {
  const n = year * 12 + (month - 1) + by
  return { year: Math.floor(n / 12), month: (n % 12) + 1 }
}

const WEEK = 7
/** The weeks of a month as a whole, from Monday on. */
export function cellsOf(at: Month): readonly string[] {
  const first = firstDayOf(at)
  const start = addDays(first, 1 - weekdayOf(first))
  const weeks = [0, 1, 2, 3, 4, 5].filter((week) => week === 0 || isIn(addDays(start, week * WEEK), at))
  return weeks.flatMap((week) => Array.from({ length: WEEK }, (_, i) => addDays(start, week * WEEK + i)))
}
