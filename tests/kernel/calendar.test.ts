import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Calendar, CalendarDay } from '../../src-shared/features/calendar/model.ts'
import { OFFICIAL_YEARS, officialDays } from '../../src-shared/features/calendar/officialDays.ts'
import {
  addWorkingMinutes,
  DEFAULT_HOURS,
  isWorkingDay,
  isWorkingTime,
  nextWorkingDay,
  requireSoundHours,
  workingMinutesBetween,
} from '../../src-shared/features/calendar/rules.ts'
import { addDays, momentOf, wallTime, weekdayOf } from '../../src-shared/kernel/zoned.ts'

const office = (zone = 'Asia/Shanghai', days: CalendarDay[] = officialDays(2026)): Calendar => ({
  zone,
  hours: DEFAULT_HOURS.map((h) => ({ ...h })),
  days,
})
/** Local time in Shanghai. */
const at = (text: string) => new Date(`${text}:00+08:00`).toISOString()

describe('working time in Shanghai', () => {
  const calendar = office()

  it.each([
    ['a morning', '2026-11-23T09:00', '2026-11-23T12:00', 180],
    ['over lunch', '2026-11-23T11:30', '2026-11-23T14:00', 60],
    ['a night', '2026-11-23T17:00', '2026-11-24T09:30', 90],
    ['a weekend', '2026-11-20T18:00', '2026-11-23T09:00', 0],
    ['the spring festival with both stand-in Saturdays', '2026-02-14T00:00', '2026-03-01T00:00', (1 + 4 + 1) * 450],
    ['backwards', '2026-11-23T12:00', '2026-11-23T09:00', -180],
  ])('%s', (_name, from, to, minutes) => expect(workingMinutesBetween(calendar, at(from), at(to))).toBe(minutes))

  it.each([
    ['2026-11-23T08:00', 0, '2026-11-23T09:00'],
    ['2026-11-23T11:50', 20, '2026-11-23T13:40'],
    ['2026-11-23T12:00', 60, '2026-11-23T14:30'],
    ['2026-02-13T17:30', 60, '2026-02-14T09:30'],
    ['2026-02-14T18:00', 450, '2026-02-24T18:00'],
    ['2026-09-30T17:59', 2, '2026-10-08T09:01'],
  ])('from %s, %i working minutes later it is %s', (from, minutes, expected) =>
    expect(addWorkingMinutes(calendar, at(from), minutes)).toBe(at(expected)),
  )

  it('knows days off, stand-in days and lunch', () => {
    expect(isWorkingDay(calendar, '2026-02-14')).toBe(true)
    expect(isWorkingDay(calendar, '2026-02-15')).toBe(false)
    expect(isWorkingDay(calendar, '2026-02-23')).toBe(false)
    expect(nextWorkingDay(calendar, '2026-09-30')).toBe('2026-10-08')
    expect(nextWorkingDay(calendar, '2026-10-09')).toBe('2026-10-10')
    expect(isWorkingTime(calendar, at('2026-11-23T12:30'))).toBe(false)
    expect(isWorkingTime(calendar, at('2026-11-23T13:30'))).toBe(true)
    expect(isWorkingTime(calendar, at('2026-11-23T18:00'))).toBe(false)
  })

  it('ends instead of searching for ever when nobody ever works', () => {
    const never: Calendar = {
      zone: 'Asia/Shanghai',
      hours: DEFAULT_HOURS.map(({ weekday }) => ({ weekday, spans: [] })),
      days: [],
    }
    expect(addWorkingMinutes(never, at('2026-01-01T00:00'), 1)).toBeNull()
    expect(nextWorkingDay(never, '2026-01-01')).toBeNull()
  })

  it('refuses hours that cannot be', () => {
    expect(() => requireSoundHours({ weekday: 1, spans: [['12:00', '09:00']] })).toThrow('spanBackwards')
    expect(() =>
      requireSoundHours({
        weekday: 1,
        spans: [
          ['13:00', '18:00'],
          ['09:00', '13:01'],
        ],
      }),
    ).toThrow('spansOverlap')
    requireSoundHours({
      weekday: 1,
      spans: [
        ['13:00', '24:00'],
        ['00:00', '13:00'],
      ],
    })
  })
})

describe('the announced years', () => {
  it.each([...OFFICIAL_YEARS])('%i: every stand-in day is a weekend, every break contains a working day won back', (year) => {
    const days = officialDays(year)
    expect(new Set(days.map(({ day }) => day)).size).toBe(days.length)
    for (const { day, kind } of days) if (kind === 'workday') expect(weekdayOf(day)).toBeGreaterThan(5)
    // The law gives 13 days off since 2025; everything else is moved between weekend and week.
    const weekdaysOff = days.filter(({ day, kind }) => kind === 'holiday' && weekdayOf(day) <= 5).length
    const weekendsWorked = days.filter(({ kind }) => kind === 'workday').length
    const statutoryOnWeekend = { 2025: 1, 2026: 2 }[year] ?? 0
    expect(weekdaysOff - weekendsWorked + statutoryOnWeekend).toBeGreaterThanOrEqual(12)
    expect(weekdaysOff - weekendsWorked).toBeLessThanOrEqual(13)
  })
})

describe('properties', () => {
  const zone = fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu')
  const span = fc
    .tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 600 }))
    .map(([from, length]) => [from, Math.min(1440, from + length)] as const)
  const text = (minutes: number) =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
  const spans = fc.array(span, { maxLength: 3 }).map((all) => {
    const kept: (readonly [number, number])[] = []
    for (const next of [...all].sort((a, b) => a[0] - b[0])) if ((kept.at(-1)?.[1] ?? 0) <= next[0]) kept.push(next)
    return kept.map(([from, to]) => [text(from), text(to)] as [string, string])
  })
  const calendars = fc
    .record({
      zone,
      week: fc.array(spans, { minLength: 7, maxLength: 7 }),
      off: fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 10 }),
    })
    .map(
      ({ zone: name, week, off }): Calendar => ({
        zone: name,
        hours: week.map((list, index) => ({ weekday: index + 1, spans: list })),
        days: [...new Set(off)].map((n) => ({
          day: addDays('2026-03-01', n),
          kind: n % 2 ? ('holiday' as const) : ('workday' as const),
          name: null,
        })),
      }),
    )
  const instant = fc
    .integer({ min: Date.parse('2026-03-01T00:00Z') / 60_000, max: Date.parse('2026-04-20T00:00Z') / 60_000 })
    .map((minute) => new Date(minute * 60_000).toISOString())

  it('time adds up: a→b plus b→c is a→c, and never more than the clock', () => {
    fc.assert(
      fc.property(calendars, instant, instant, instant, (calendar, ...points) => {
        const [a, b, c] = points.toSorted() as [string, string, string]
        const whole = workingMinutesBetween(calendar, a, c)
        expect(workingMinutesBetween(calendar, a, b) + workingMinutesBetween(calendar, b, c)).toBeCloseTo(whole, 6)
        expect(whole).toBeGreaterThanOrEqual(0)
        expect(whole).toBeLessThanOrEqual((Date.parse(c) - Date.parse(a)) / 60_000)
      }),
      { numRuns: 300 },
    )
  })

  it('a deadline is exactly as many working minutes away as was asked for', () => {
    fc.assert(
      fc.property(calendars, instant, fc.integer({ min: 1, max: 5000 }), (calendar, from, minutes) => {
        const end = addWorkingMinutes(calendar, from, minutes)
        if (end === null) return
        expect(workingMinutesBetween(calendar, from, end)).toBeCloseTo(minutes, 6)
        expect(isWorkingTime(calendar, new Date(Date.parse(end) - 1).toISOString())).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('wall clocks and moments agree in every zone, over both changes of the clocks', () => {
    fc.assert(
      fc.property(
        zone,
        fc.integer({ min: Date.parse('2026-01-01T00:00Z') / 60_000, max: Date.parse('2026-12-31T00:00Z') / 60_000 }),
        (name, minute) => {
          const wall = wallTime(minute * 60_000, name)
          const back = momentOf(wall, name)
          expect(wallTime(back, name)).toEqual(wall)
          expect(back).toBeLessThanOrEqual(minute * 60_000)
        },
      ),
      { numRuns: 2000 },
    )
  })
})
