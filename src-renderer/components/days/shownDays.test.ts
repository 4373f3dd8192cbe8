import { expect, it } from 'vitest'
import { shownDays, turned } from './shownDays.ts'

it('shows whole weeks from Monday on', () => {
  expect(shownDays('week', '2026-11-23')).toEqual(['23', '24', '25', '26', '27', '28', '29'].map((day) => `2026-11-${day}`))
  expect(shownDays('week', '2026-11-29')[0]).toBe('2026-11-23')
  const november = shownDays('month', '2026-11-15')
  expect([november[0], november.at(-1), november.length % 7]).toEqual(['2026-10-26', '2026-12-06', 0])
})

it('turns by weeks and months, over the ends of years', () => {
  expect(turned('week', '2026-12-28', 1)).toBe('2027-01-04')
  expect(turned('month', '2026-12-31', 1)).toBe('2027-01-01')
  expect(turned('month', '2026-01-31', -1)).toBe('2025-12-01')
})
