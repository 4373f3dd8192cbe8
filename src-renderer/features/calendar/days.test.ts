import { describe, expect, it } from 'vitest'
import { cellsOf, moved } from '../../kernel/months.ts'
import { changedHours, countKinds, minutesOfSpans, nextSpan, readTime } from './days.ts'

describe('the month', () => {
  it('holds whole weeks from Monday on, as many as the month has', () => {
    const ends = (month: number) => {
      const cells = cellsOf({ year: 2026, month })
      return [cells[0], cells.length / 7, cells.at(-1)]
    }
    expect(ends(11)).toEqual(['2026-10-26', 6, '2026-12-06'])
    expect(ends(10)).toEqual(['2026-09-28', 5, '2026-11-01'])
    expect(ends(2)).toEqual(['2026-01-26', 5, '2026-03-01'])
  })
  it('goes over the end of a year both ways', () => {
    expect(moved({ year: 2026, month: 12 }, 1)).toEqual({ year: 2027, month: 1 })
    expect(moved({ year: 2026, month: 1 }, -1)).toEqual({ year: 2025, month: 12 })
  })
})

describe('times of day as they are typed', () => {
  it.each([
    ['9', '09:00'],
    ['930', '09:30'],
    ['9:05', '09:05'],
    ['18：30', '18:30'],
    ['24', '24:00'],
    ['24:01', null],
    ['25', null],
    ['9:70', null],
    ['x', null],
  ])('%s → %s', (typed, read) => expect(readTime(typed)).toBe(read))
})

describe('hours', () => {
  it('names only the weekdays that changed', () => {
    const monday = { weekday: 1, spans: [['09:00', '12:00'] as [string, string]] }
    const tuesday = { weekday: 2, spans: [] }
    expect(
      changedHours([monday, tuesday], [monday, { weekday: 2, spans: [['10:00', '11:00']] }]).map((one) => one.weekday),
    ).toEqual([2])
  })
  it('offers the afternoon after a morning and stays within the day', () => {
    expect(nextSpan([['09:00', '12:00']])).toEqual(['13:30', '18:00'])
    expect(nextSpan([['20:00', '23:30']])).toEqual(['23:00', '24:00'])
    expect(
      minutesOfSpans([
        ['09:00', '12:00'],
        ['13:30', '18:00'],
      ]),
    ).toBe(450)
  })
  it('counts the days of one year', () => {
    const days = [
      { day: '2026-10-01', kind: 'holiday' as const, name: null },
      { day: '2026-10-10', kind: 'workday' as const, name: null },
      { day: '2025-10-01', kind: 'holiday' as const, name: null },
    ]
    expect(countKinds(days, 2026)).toEqual({ off: 1, work: 1 })
  })
})
