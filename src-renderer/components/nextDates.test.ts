import { expect, it } from 'vitest'
import { DEFAULT_HOURS } from '../../src-shared/features/calendar/rules.ts'
import { quickDates, startOf } from './nextDates.ts'

const calendar = { zone: 'Asia/Shanghai', hours: [...DEFAULT_HOURS], days: [] }

it('the next dates begin with work, not at midnight', () => {
  expect(quickDates(undefined, '2026-11-22').map(({ wall }) => wall)).toEqual([
    '2026-11-23T09:00',
    '2026-11-25T09:00',
    '2026-11-23T09:00',
  ])
  const late = { ...calendar, hours: [{ weekday: 1, spans: [['10:30', '18:00'] as [string, string]] }] }
  expect(quickDates(late, '2026-11-18').at(-1)).toEqual({ word: 'nextMonday', wall: '2026-11-23T10:30' })
  expect(quickDates(calendar, '2026-11-23').at(-1)?.wall).toBe('2026-11-30T09:00')
  expect(startOf(calendar, '2026-11-22')).toBe('09:00')
})
