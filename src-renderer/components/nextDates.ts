import type { Calendar } from '../../src-shared/features/calendar/model.ts'
import { spansOn } from '../../src-shared/features/calendar/rules.ts'
import { addDays, weekdayOf } from '../../src-shared/kernel/zoned.ts'

const USUAL_START = '09:00'

/** When work begins on a day; on a day off as on any other. */
export const startOf = (calendar: Calendar | undefined, date: string): string =>
  (calendar && spansOn(calendar, date)[0]?.[0]) ?? USUAL_START

/** 明天 / 3 天后 / 下周一, each at the beginning of its work, as wall time of the workspace. */
export function quickDates(calendar: Calendar | undefined, today: string) {
  const monday = addDays(today, 8 - weekdayOf(today))
  const days = [
    { word: 'tomorrow', date: addDays(today, 1) },
    { word: 'inThreeDays', date: addDays(today, 3) },
    { word: 'nextMonday', date: monday },
  ] as const
  return days.map(({ word, date }) => ({ word, wall: `${date}T${startOf(calendar, date)}` }))
}
