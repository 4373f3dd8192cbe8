import { addDays, weekdayOf } from '../../../src-shared/kernel/zoned.ts'
import { cellsOf, firstDayOf, monthOf, moved } from '../../kernel/months.ts'

export type Span = 'month' | 'week'
const WEEK = 7

/** The days that a calendar shows around a day: the weeks of its month, or its week from Monday on. */
export function shownDays(span: Span, at: string): readonly string[] {
  if (span === 'month') return cellsOf(monthOf(at))
  const monday = addDays(at, 1 - weekdayOf(at))
  return Array.from({ length: WEEK }, (_, i) => addDays(monday, i))
}

/** The same place a span later (or, below nought, earlier); of a month its first day. */
export const turned = (span: Span, at: string, by: number): string =>
  span === 'week' ? addDays(at, WEEK * by) : firstDayOf(moved(monthOf(at), by))
