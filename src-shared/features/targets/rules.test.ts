import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attainmentOf, elapsedOf, partsOf, ranked, targetFor } from './rules.ts'

describe('a target', () => {
  it('is its own, else that of its parts', () => {
    const set = new Map([
      ['2026-01', 10],
      ['2026-02', 20],
      ['2026-Q2', 100],
      ['2026-04', 999],
    ])
    expect(targetFor(set, '2026-01')).toBe(10)
    expect(targetFor(set, '2026-Q1')).toBe(30)
    expect(targetFor(set, '2026-Q2')).toBe(100)
    expect(targetFor(set, '2026')).toBe(130)
    expect(targetFor(set, '2026-Q3')).toBeNull()
    expect(targetFor(new Map([['2026', 7]]), '2026')).toBe(7)
    expect(partsOf('2026-Q4')).toEqual(['2026-10', '2026-11', '2026-12'])
  })
  it('is reached exactly', () => {
    expect(attainmentOf(1, 3)).toBe(0.333333)
    expect(attainmentOf(5, null)).toBeNull()
    expect([attainmentOf(0, 0), attainmentOf(1, 0)]).toEqual([0, 1])
  })
  it('has a time of its own', () => {
    expect(elapsedOf('2026-11', '2026-11-19')).toBe(0.633333)
    expect(elapsedOf('2026-11', '2026-12-01')).toBe(1)
    expect(elapsedOf('2026-11', '2026-10-31')).toBe(0)
  })
})

describe('a ranking', () => {
  const one = fc.record({
    achieved: fc.integer({ min: 0, max: 100 }),
    target: fc.option(fc.integer({ min: 1, max: 50 })),
  })
  it('goes by what was reached, those level side by side, who has no target behind and without a rank', () => {
    fc.assert(
      fc.property(fc.array(one, { maxLength: 20 }), (people) => {
        const found = ranked(
          people.map((person, n) => ({ ...person, count: 1, name: `${n}`, aim: { of: 'employee' as const, id: `${n}` } })),
        )
        expect(found).toHaveLength(people.length)
        for (const [at, { rank, target, achieved }] of found.entries()) {
          expect(rank === null).toBe(target === null)
          if (target === null) continue
          const ahead = people.filter((other) => other.target !== null && other.achieved * target > achieved * other.target)
          expect(rank).toBe(ahead.length + 1)
          expect(found[at - 1]?.target).not.toBeNull()
        }
      }),
    )
  })
})
