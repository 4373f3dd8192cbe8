import { describe, expect, it } from 'vitest'
import {
  ago,
  daysSince,
  formatBytes,
  formatDate,
  formatInstant,
  formatMoney,
  formatMoneyShort,
  formatNumber,
  formatPhone,
  formatWan,
  instantOfWall,
  partsIn,
  wallOf,
} from './format.ts'

const clock = { nowMs: Date.parse('2026-11-19T17:30:00.000Z'), zone: 'Asia/Shanghai' }

describe('figures', () => {
  it('groups thousands and writes money with two decimals and a true minus', () => {
    expect(formatNumber(12408)).toBe('12,408')
    expect(formatMoney(126_800_000)).toBe('1,268,000.00')
    expect(formatMoney(-4_205)).toBe('\u221242.05')
    expect(formatMoneyShort(68_400_000)).toBe('684,000')
    expect(formatMoneyShort(68_400_050)).toBe('684,000.50')
    expect(formatWan(126_800_000)).toBe('126.80')
  })
  it('writes sizes in the unit a person would choose', () => {
    expect(formatBytes(999)).toBe('999 B')
    expect(formatBytes(1_331_439_861)).toBe('1.24 GB')
  })
})

describe('days are counted in the zone of the workspace', () => {
  it('is already the 20th in Shanghai at 17:30 UTC on the 19th', () => {
    expect(partsIn(clock.nowMs, 'Asia/Shanghai')).toMatchObject({ day: '20', hour: '01', minute: '30', weekday: 5 })
    expect(daysSince('2026-11-19', clock)).toBe(1)
  })
  it('says today, yesterday, days ago, tomorrow', () => {
    expect(ago('2026-11-20', clock).unit).toBe('today')
    expect(ago('2026-11-19', clock).unit).toBe('yesterday')
    expect(ago('2026-10-30', clock)).toEqual({ unit: 'daysAgo', n: 21 })
    expect(ago('2026-11-21', clock).unit).toBe('tomorrow')
    expect(ago('2026-11-25', clock)).toEqual({ unit: 'inDays', n: 5 })
  })
  it('leaves the year out only in the running year', () => {
    expect(formatInstant('2026-11-19T06:00:00.000Z', clock)).toBe('11-19 14:00')
    expect(formatInstant('2025-12-31T17:00:00.000Z', clock)).toBe('01-01 01:00')
    expect(formatInstant('2025-12-31T15:00:00.000Z', clock)).toBe('2025-12-31')
    expect(formatDate('2025-11-19', clock)).toBe('2025-11-19')
    expect(formatDate('2026-11-19', clock)).toBe('11-19')
  })
})

describe('phones', () => {
  it.each([
    ['+8613805126621', '138 0512 6621'],
    ['138****6621', '138 **** 6621'],
    ['+8657588120034', '0575 8812 0034'],
    ['+862161234567', '021 6123 4567'],
    ['+864008001234', '400 800 1234'],
    ['+16502530000', '+16502530000'],
  ])('%s reads %s', (stored, shown) => expect(formatPhone(stored)).toBe(shown))
})

describe('wall clocks', () => {
  it.each(['Asia/Shanghai', 'America/New_York', 'UTC', 'Asia/Kathmandu'])('come back from %s as the same minute', (zone) => {
    for (const instant of ['2026-11-24T02:00:00.000Z', '2026-03-08T12:00:00.000Z', '2026-12-31T23:59:00.000Z']) {
      expect(instantOfWall(wallOf(instant, zone), zone)).toBe(instant)
    }
  })
  it("is ten in the morning in Shanghai at two o'clock UTC", () => {
    expect(wallOf('2026-11-24T02:00:00.000Z', 'Asia/Shanghai')).toBe('2026-11-24T10:00')
  })
})
