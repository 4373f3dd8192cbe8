import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AGE_BUCKETS, ageingOf, ageSums, bucketOf } from './ageing.ts'

const ON = '2026-11-24'
const day = fc
  .integer({ min: 0, max: 700 })
  .map((n) => new Date(Date.UTC(2025, 11, 1) + n * 86_400_000).toISOString().slice(0, 10))
const plan = fc.record({ id: fc.uuid(), dueOn: day, openFen: fc.integer({ min: 1, max: 90_000 }) })
const owing = fc.record({
  dueFen: fc.integer({ min: -5_000, max: 200_000 }),
  signedOn: day,
  plans: fc.array(plan, { maxLength: 8 }),
})

describe('what an order owes by age', () => {
  it('is late from the day after its day on, in steps of thirty', () => {
    const on = (dueOn: string) => ageingOf({ dueFen: 5, signedOn: dueOn, plans: [{ id: 'p', dueOn, openFen: 5 }] }, ON)[0]
    expect([on(ON)?.bucket, on('2026-11-25')?.days, on('2026-11-23')]).toEqual([
      'notYet',
      -1,
      { planId: 'p', day: '2026-11-23', days: 1, bucket: 'd30', amountFen: 5 },
    ])
    expect([0, 1, 30, 31, 60, 61, 90, 91].map(bucketOf)).toEqual(['notYet', 'd30', 'd30', 'd60', 'd60', 'd90', 'd90', 'over90'])
  })
  it('takes the oldest plans first, and what they do not cover has no day', () => {
    const plans = [
      { id: 'b', dueOn: '2026-12-01', openFen: 40 },
      { id: 'a', dueOn: '2026-08-01', openFen: 30 },
    ]
    const parts = (dueFen: number) =>
      ageingOf({ dueFen, signedOn: '2026-07-01', plans }, ON).map(({ planId, bucket, amountFen }) => [planId, bucket, amountFen])
    expect(parts(50)).toEqual([
      ['a', 'over90', 30],
      ['b', 'notYet', 20],
    ])
    expect(parts(75)).toEqual([
      ['a', 'over90', 30],
      ['b', 'notYet', 40],
      [null, 'unplanned', 5],
    ])
    expect(parts(-5)).toEqual([[null, 'unplanned', -5]])
    expect(parts(0)).toEqual([])
  })
  it('adds up to what is owed, part by part and bucket by bucket, and no plan gives more than it asks', () => {
    fc.assert(
      fc.property(fc.array(owing, { maxLength: 6 }), day, (orders, on) => {
        const aged = orders.map((order) => ({ order, parts: ageingOf(order, on) }))
        for (const { order, parts } of aged) {
          expect(parts.reduce((sum, { amountFen }) => sum + amountFen, 0)).toBe(order.dueFen)
          for (const { planId, amountFen, bucket } of parts) {
            expect(amountFen).not.toBe(0)
            expect(bucket === 'unplanned').toBe(planId === null)
            if (planId !== null) expect(amountFen).toBeLessThanOrEqual(order.plans.find(({ id }) => id === planId)?.openFen ?? 0)
          }
          // What is late is what the plans before the day ask, up to what is owed.
          const asked = order.plans.filter(({ dueOn }) => dueOn < on).reduce((sum, { openFen }) => sum + openFen, 0)
          expect(ageSums(parts).late.amount).toBe(Math.max(0, Math.min(order.dueFen, asked)))
        }
        const sums = ageSums(aged.flatMap(({ parts }) => parts))
        expect(AGE_BUCKETS.reduce((sum, bucket) => sum + sums[bucket].amount, 0)).toBe(sums.due.amount)
        expect(sums.due.amount).toBe(orders.reduce((sum, { dueFen }) => sum + dueFen, 0))
      }),
    )
  })
})
