import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cohortSteps, dayFigures, type Furthest, type Passed, passageSteps, stepsOf, tallied, winRate } from './rules.ts'

const stage = (id: string, position: number, values: { kind?: 'open' | 'won' | 'lost'; archived?: boolean } = {}) => ({
  id,
  position,
  kind: values.kind ?? ('open' as const),
  archived: values.archived ?? false,
})

describe('the steps of a pipeline', () => {
  it('are its living open stages in their order and won; lost is none', () => {
    const { steps, rankOf } = stepsOf([
      stage('lost', 9, { kind: 'lost' }),
      stage('won', 8, { kind: 'won' }),
      stage('b', 1),
      stage('a', 0),
    ])
    expect(steps.map(({ id }) => id)).toEqual(['a', 'b', 'won'])
    expect([...rankOf]).toEqual([
      ['a', 0],
      ['b', 1],
    ])
  })
  it('count what was put aside to the living one before it', () => {
    const { rankOf } = stepsOf([
      stage('a', 0),
      stage('b', 1),
      stage('gone', 2, { archived: true }),
      stage('d', 2),
      stage('first', 0, { archived: true }),
      stage('won', 3, { kind: 'won' }),
    ])
    expect(rankOf.get('gone')).toBe(1)
    expect(rankOf.get('first')).toBe(0)
    expect(rankOf.get('d')).toBe(2)
  })
})

const LAST = 4
const tally = { count: fc.integer({ min: 1, max: 9 }), amount: fc.integer({ min: 0, max: 1_000_000_000 }) }
const furthest: fc.Arbitrary<Furthest> = fc
  .record({ ...tally, rank: fc.integer({ min: 0, max: LAST - 1 }), state: fc.constantFrom('open', 'won', 'lost') })
  .map((one) => (one.state === 'won' ? { ...one, rank: LAST } : one))

describe('the steps of a cohort', () => {
  it('are those that stand there or further; onward, lost and open are all of them', () => {
    fc.assert(
      fc.property(fc.array(furthest, { maxLength: 40 }), (parts) => {
        const steps = cohortSteps(parts, LAST)
        for (const [rank, step] of steps.entries()) {
          const here = parts.filter((one) => one.rank >= rank)
          expect(step.count).toBe(here.reduce((sum, { count }) => sum + count, 0))
          expect(step.amount).toBe(here.reduce((sum, { amount }) => sum + amount, 0))
          if (rank === LAST) continue
          const away = tallied([step.onward, step.lost, step.open])
          expect(away).toEqual({ count: step.count, amount: step.amount })
          expect(step.onward).toMatchObject({ count: steps[rank + 1]?.count, amount: steps[rank + 1]?.amount })
        }
        expect(steps[0]?.count).toBe(parts.reduce((sum, { count }) => sum + count, 0))
        const lost = steps.reduce((sum, step) => sum + step.lost.count, 0)
        expect(lost).toBe(parts.reduce((sum, { state, count }) => sum + (state === 'lost' ? count : 0), 0))
      }),
    )
  })
})

describe('the steps of a passage', () => {
  it('add up to what entered each, and end in what was won', () => {
    const passed: fc.Arbitrary<Passed> = fc.record({
      ...tally,
      rank: fc.integer({ min: 0, max: LAST - 1 }),
      outcome: fc.constantFrom('onward', 'lost', 'open'),
    })
    fc.assert(
      fc.property(fc.array(passed, { maxLength: 40 }), fc.record(tally), (parts, won) => {
        const steps = passageSteps(parts, won, LAST)
        for (const [rank, step] of steps.slice(0, LAST).entries()) {
          expect(tallied(parts.filter((one) => one.rank === rank))).toEqual({ count: step.count, amount: step.amount })
          expect(tallied([step.onward, step.lost, step.open])).toEqual({ count: step.count, amount: step.amount })
        }
        expect(steps[LAST]).toMatchObject(won)
      }),
    )
  })
  it('refuse sums that are no longer exact', () => {
    const most = { count: 1, amount: Number.MAX_SAFE_INTEGER }
    expect(() => tallied([most, most])).toThrow('too large')
  })
})

describe('days', () => {
  it('have the middle and the quarters that sorting all of them finds, and never one that did not occur', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 200 }), (all) => {
        const sorted = all.toSorted((a, b) => a - b)
        const counts = [...new Set(all)].map((days) => ({ days, count: all.filter((one) => one === days).length }))
        const found = dayFigures(counts)
        const at = (part: number) => sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)]
        expect(found).toMatchObject({ count: all.length, lower: at(0.25), median: at(0.5), upper: at(0.75), most: sorted.at(-1) })
        const mean = all.reduce((sum, one) => sum + one, 0) / all.length
        expect(Math.abs((found?.mean ?? 0) - mean)).toBeLessThanOrEqual(0.005_000_1)
      }),
    )
  })
  it('of nothing are none', () => expect(dayFigures([])).toBeNull())
})

describe('the win rate', () => {
  it('is won of what was decided, to six decimals', () => {
    expect(winRate(4238, 2473)).toBe(0.631501)
    expect(winRate(0, 0)).toBeNull()
    expect(winRate(0, 3)).toBe(0)
  })
})
