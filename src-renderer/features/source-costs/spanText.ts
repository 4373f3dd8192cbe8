import { daysOfPeriod } from '../../../src-shared/kernel/periods.ts'

/** A span as people say it: a month (2026-11), a year, one day, or from one day to another. */
export function spanText(from: string, to: string): string {
  const whole = [from.slice(0, 7), from.slice(0, 4)].find((period) => {
    const days = daysOfPeriod(period)
    return days?.from === from && days.to === to
  })
  return whole ?? (from === to ? from : `${from} – ${to}`)
}
