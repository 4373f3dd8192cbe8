import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dateIn } from './dateIn.ts'
import { daysBefore, daysOfPeriod, instantsOf, monthsIn, offsetsIn, quarterOf } from './periods.ts'

describe('a period', () => {
  it.each([
    ['2026', '2026-01-01', '2026-12-31'],
    ['2026-Q1', '2026-01-01', '2026-03-31'],
    ['2026-Q4', '2026-10-01', '2026-12-31'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2026-12', '2026-12-01', '2026-12-31'],
  ])('%s goes from %s to %s', (period, from, to) => expect(daysOfPeriod(period)).toEqual({ from, to }))
  it.each(['26', '2026-Q5', '2026-13', '2026-1', 'now'])('%s is none', (period) => expect(daysOfPeriod(period)).toBeNull())
  it('has months, and months have quarters', () => {
    expect(monthsIn({ from: '2026-11-20', to: '2027-01-03' })).toEqual(['2026-11', '2026-12', '2027-01'])
    expect(['2026-01', '2026-03', '2026-04', '2026-12'].map(quarterOf)).toEqual(['2026-Q1', '2026-Q1', '2026-Q2', '2026-Q4'])
  })
})

describe('what a period is held against', () => {
  const today = '2027-06-01'
  it.each([
    [{ from: '2026-03-01', to: '2026-03-31' }, 'before', { from: '2026-02-01', to: '2026-02-28' }],
    [{ from: '2026-01-01', to: '2026-12-31' }, 'before', { from: '2025-01-01', to: '2025-12-31' }],
    [{ from: '2026-04-01', to: '2026-06-30' }, 'before', { from: '2026-01-01', to: '2026-03-31' }],
    [{ from: '2026-03-10', to: '2026-03-16' }, 'before', { from: '2026-03-03', to: '2026-03-09' }],
    [{ from: '2024-02-01', to: '2024-02-29' }, 'year', { from: '2023-02-01', to: '2023-02-28' }],
    [{ from: '2024-02-29', to: '2024-03-02' }, 'year', { from: '2023-02-28', to: '2023-03-02' }],
  ] as const)('%j, %s: %j', (now, against, wanted) => expect(daysBefore(now, today, against)).toEqual(wanted))
  it('has as many days as have passed of one that still runs', () => {
    const now = { from: '2026-11-01', to: '2026-11-30' }
    expect(daysBefore(now, '2026-11-19')).toEqual({ from: '2026-10-01', to: '2026-10-19' })
    expect(daysBefore({ from: '2026-03-01', to: '2026-03-31' }, '2026-03-30')).toEqual({ from: '2026-02-01', to: '2026-02-28' })
  })
})

describe('clocks in SQL', () => {
  it.each(['Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC'])(
    '%s tells the same day as the calendar',
    (zone) => {
      const offsets = offsetsIn(zone, '2019-12-31T00:00:00.000Z', '2027-01-01T00:00:00.000Z')
      const day = (instant: string) => {
        const { seconds } = offsets.find(({ until }) => until === null || instant < until) ?? { seconds: 0 }
        return new Date(Date.parse(instant) + seconds * 1000).toISOString().slice(0, 10)
      }
      const moment = fc.integer({ min: Date.parse('2020-01-01T00:00:00Z'), max: Date.parse('2026-12-31T00:00:00Z') })
      fc.assert(
        fc.property(moment, (at) => {
          const instant = new Date(at).toISOString()
          expect(day(instant)).toBe(dateIn(instant, zone))
        }),
      )
    },
  )
  it('know where days begin', () => {
    expect(instantsOf({ from: '2026-11-01', to: '2026-11-30' }, 'Asia/Shanghai')).toEqual({
      from: '2026-10-31T16:00:00.000Z',
      until: '2026-11-30T16:00:00.000Z',
    })
  })
})
