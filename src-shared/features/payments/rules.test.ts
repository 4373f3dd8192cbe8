import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attempt, Refusal } from '../../kernel/refusal.ts'
import { overPlans, requireOpen, requireWithin, takenBack } from './rules.ts'

const said = (work: () => unknown) => {
  const answer = attempt(work)
  return answer instanceof Refusal ? answer.reason : 'fine'
}

describe('money for an order', () => {
  const plans = [
    { id: 'late', dueOn: '2027-02-01', openFen: 50 },
    { id: 'soon', dueOn: '2027-01-01', openFen: 30 },
    { id: 'full', dueOn: '2026-01-01', openFen: 0 },
  ]
  it('goes to the plans that are due first, and the rest beside them', () => {
    expect(overPlans(20, plans)).toEqual([{ planId: 'soon', amountFen: 20 }])
    expect(overPlans(100, plans)).toEqual([
      { planId: 'soon', amountFen: 30 },
      { planId: 'late', amountFen: 50 },
      { planId: null, amountFen: 20 },
    ])
  })
  it('adds up, and no plan gets more than it waits for', () => {
    const open = fc.record({
      id: fc.uuid(),
      dueOn: fc.constantFrom('2027-01-01', '2027-02-01', '2027-03-01'),
      openFen: fc.nat(1000),
    })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.array(open, { maxLength: 6 }), (amount, some) => {
        const parts = overPlans(amount, some)
        expect(parts.reduce((sum, { amountFen }) => sum + amountFen, 0)).toBe(amount)
        for (const { planId, amountFen } of parts)
          if (planId !== null) expect(amountFen).toBeLessThanOrEqual(some.find(({ id }) => id === planId)?.openFen ?? 0)
      }),
    )
  })
  it('is no more than is open, and no payment for more than it is', () => {
    expect(said(() => requireOpen({ name: 'x', status: 'confirmed', openFen: 5 }, 6))).toBe('aboveOpen')
    expect(said(() => requireOpen({ name: 'x', status: 'cancelled', openFen: 5 }, 1))).toBe('orderCancelled')
    expect(said(() => requireWithin({ amountFen: 5, allocated: [3, 3], keepRest: true }))).toBe('aboveAmount')
    expect(said(() => requireWithin({ amountFen: 5, allocated: [3], keepRest: false }))).toBe('restUnsaid')
    expect(said(() => requireWithin({ amountFen: 5, allocated: [3], keepRest: true }))).toBe('fine')
  })
})

describe('a refund', () => {
  const placed = [
    { orderId: 'a', planId: null, amountFen: 30 },
    { orderId: 'b', planId: 'p', amountFen: 20 },
  ]
  it('takes first what is for nothing, then what was said last; of one order only its own', () => {
    expect(takenBack(5, { restFen: 10, placed }, null)).toEqual([])
    expect(takenBack(35, { restFen: 10, placed }, null)).toEqual([
      { orderId: 'b', planId: 'p', amountFen: 20 },
      { orderId: 'a', planId: null, amountFen: 5 },
    ])
    expect(takenBack(30, { restFen: 10, placed }, 'a')).toEqual([{ orderId: 'a', planId: null, amountFen: 30 }])
    expect(said(() => takenBack(31, { restFen: 10, placed }, 'a'))).toBe('aboveReceived')
    expect(said(() => takenBack(61, { restFen: 10, placed }, null))).toBe('aboveReceived')
  })
})
