// Periods that move, against a calendar that is counted by hand or walked day by day.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { daysOf, movedDay, PERIODS } from '../../src-shared/kernel/filter/relative.ts'
import { addDays, weekdayOf } from '../../src-shared/kernel/zoned.ts'
import { rounds } from '../support/factories.ts'

describe('a period', () => {
  it.each([
    ['today', '2026-11-22', '2026-11-22'],
    ['yesterday', '2026-11-21', '2026-11-21'],
    ['tomorrow', '2026-11-23', '2026-11-23'],
    ['thisWeek', '2026-11-16', '2026-11-22'],
    ['lastWeek', '2026-11-09', '2026-11-15'],
    ['nextWeek', '2026-11-23', '2026-11-29'],
    ['thisMonth', '2026-11-01', '2026-11-30'],
    ['lastMonth', '2026-10-01', '2026-10-31'],
    ['nextMonth', '2026-12-01', '2026-12-31'],
    ['thisQuarter', '2026-10-01', '2026-12-31'],
    ['lastQuarter', '2026-07-01', '2026-09-30'],
    ['nextQuarter', '2027-01-01', '2027-03-31'],
    ['thisYear', '2026-01-01', '2026-12-31'],
    ['lastYear', '2025-01-01', '2025-12-31'],
    ['nextYear', '2027-01-01', '2027-12-31'],
    ['last:7', '2026-11-15', '2026-11-22'],
    ['next:30', '2026-11-22', '2026-12-22'],
  ])('%s on a Sunday in November', (period, from, to) => {
    expect(daysOf(period, '2026-11-22')).toEqual({ from, to })
  })

  it('in January and on leap days crosses the year', () => {
    expect(daysOf('lastMonth', '2028-01-31')).toEqual({ from: '2027-12-01', to: '2027-12-31' })
    expect(daysOf('lastQuarter', '2028-02-29')).toEqual({ from: '2027-10-01', to: '2027-12-31' })
    expect(daysOf('thisMonth', '2028-02-29')).toEqual({ from: '2028-02-01', to: '2028-02-29' })
    expect(daysOf('last:366', '2028-12-31')?.from).toBe('2027-12-31')
  })

  it('of every day: this one holds it, the one before ends the day before, weeks begin on Monday', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), (n) => {
        const day = addDays('1990-01-01', n)
        for (const unit of ['Week', 'Month', 'Quarter', 'Year']) {
          const [last, now, next] = ['last', 'this', 'next'].map((when) => daysOf(`${when}${unit}`, day))
          expect(now && now.from <= day && day <= now.to).toBe(true)
          expect(last && addDays(last.to, 1)).toBe(now?.from)
          expect(now && addDays(now.to, 1)).toBe(next?.from)
        }
        expect(weekdayOf(daysOf('thisWeek', day)?.from ?? '')).toBe(1)
      }),
      { numRuns: rounds(200, 5000) },
    )
  })

  it('is nothing else', () => {
    for (const text of ['', 'last', 'last:', 'last:x', 'last:-1', 'thisDay', 'today ', 'last:99999'])
      expect(daysOf(text, '2026-11-22')).toBeNull()
    expect(PERIODS.every((period) => daysOf(period, '2026-11-22') !== null)).toBe(true)
  })
})

it('a day that moves is counted from today', () => {
  expect(movedDay('@today', '2026-11-22')).toBe('2026-11-22')
  expect(movedDay('@today-7', '2026-11-22')).toBe('2026-11-15')
  expect(movedDay('@today+40', '2026-11-22')).toBe('2027-01-01')
  for (const text of ['@me', '@today-', '@today7', 'today', '2026-11-22']) expect(movedDay(text, '2026-11-22')).toBeNull()
})
