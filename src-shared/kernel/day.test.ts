import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isDay } from './day.ts'
import { BusinessDate } from './time.ts'

it('is a day that the calendar has', () => {
  for (const day of ['2026-02-28', '2024-02-29', '2000-02-29', '2026-12-31', '0001-01-01']) expect(isDay(day), day).toBe(true)
  for (const day of [
    '2026-02-29',
    '2026-02-30',
    '1900-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-1-1',
    '',
  ])
    expect(isDay(day), day).toBe(false)
})

it('agrees with the clock on every day, and so does what calls take', () => {
  const two = (n: number) => String(n).padStart(2, '0')
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9999 }),
      fc.integer({ min: 0, max: 13 }),
      fc.integer({ min: 0, max: 32 }),
      (y, m, d) => {
        const text = `${String(y).padStart(4, '0')}-${two(m)}-${two(d)}`
        const at = Date.parse(`${text}T00:00:00Z`)
        const real = !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
        expect(isDay(text)).toBe(real)
        expect(BusinessDate.safeParse(text).success).toBe(real)
      },
    ),
  )
})
