import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spread } from '../../kernel/documents/lines.ts'
import { addDays } from '../../kernel/zoned.ts'
import { daysWithin, sharedOut, sourceKey } from './rules.ts'

describe('what a source cost', () => {
  it('falls on the days of its span alike, the fen left over on the first', () => {
    const cost = { from: '2026-01-30', to: '2026-02-02', amountFen: 1_003 }
    expect(sharedOut(cost, { from: '2026-01-01', to: '2026-01-31' })).toBe(502)
    expect(sharedOut(cost, { from: '2026-02-01', to: '2026-02-28' })).toBe(501)
    expect(sharedOut(cost, { from: '2026-03-01', to: '2026-03-31' })).toBe(0)
    expect(daysWithin(cost, { from: '2026-02-02', to: '2026-12-31' })).toBe(1)
  })

  it('is shared out to the fen, day by day as by the largest remainder', () => {
    const day = fc.integer({ min: 0, max: 500 }).map((n) => addDays('2025-11-01', n))
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 1, max: 10_000_000 }),
        day,
        (from, n, amountFen, cut) => {
          const cost = { from, to: addDays(from, n - 1), amountFen }
          const byDay = spread(
            amountFen,
            Array.from({ length: n }, () => 1),
          )
          const whole = { from: '2020-01-01', to: '2030-12-31' }
          const before = { ...whole, to: addDays(cut, -1) }
          const expected = byDay.filter((_, at) => addDays(from, at) < cut).reduce((sum, fen) => sum + fen, 0)
          expect(sharedOut(cost, before)).toBe(expected)
          expect(sharedOut(cost, before) + sharedOut(cost, { ...whole, from: cut })).toBe(amountFen)
          expect(sharedOut(cost, whole)).toBe(amountFen)
        },
      ),
    )
  })

  it('knows a source by its word', () => {
    expect([sourceKey(' Ｅxpo　 2026 '), sourceKey('EXPO 2026'), sourceKey(null)]).toEqual(['expo 2026', 'expo 2026', ''])
  })
})
