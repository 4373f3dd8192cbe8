import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attempt, Refusal } from '../../kernel/refusal.ts'
import {
  figuresOf,
  planState,
  requireCurrency,
  requireNext,
  requireNoMoney,
  requireShares,
  requireSoundPlans,
  requireDays,
} from './rules.ts'

const said = (work: () => unknown) => {
  const answer = attempt(work)
  return answer instanceof Refusal ? answer.reason : 'fine'
}
const line = { quantity: '3', priceFen: 1001, discount: '10', taxRate: '13', listPriceFen: 1100, costFen: 700 }

describe('figures of an order', () => {
  it('are those of its lines, and nothing is known of costs as soon as one is not', () => {
    expect(figuresOf([line], 3)).toMatchObject({
      linesFen: 2703,
      discountFen: 3,
      totalFen: 2700,
      taxFen: 311,
      listFen: 3300,
      costFen: 2100,
    })
    expect(figuresOf([line, { ...line, costFen: null }], 0)).toMatchObject({ listFen: 6600, costFen: null })
    expect(figuresOf([], 0)).toMatchObject({ totalFen: 0, listFen: null, costFen: null })
    expect(said(() => figuresOf([{ ...line, quantity: '-3' }], 0))).toBe('totalNegative')
    expect(said(() => figuresOf([line], 2704))).toBe('discountAboveLines')
  })
})

describe('shares', () => {
  const share = (employeeId: string, role: string, of: string) => ({ employeeId, role, share: of })
  it('of a role add up to exactly 100, nobody twice', () => {
    expect(said(() => requireShares([]))).toBe('fine')
    expect(said(() => requireShares([share('a', '主', '33.33'), share('b', '主', '66.67')]))).toBe('fine')
    expect(said(() => requireShares([share('a', '主', '33.33'), share('b', '主', '66.66')]))).toBe('shareNotWhole')
    expect(said(() => requireShares([share('a', '主', '50'), share('a', '主', '50')]))).toBe('personTwice')
    expect(said(() => requireShares([share('a', '主', '100'), share('a', '售前', '100')]))).toBe('fine')
  })
  it('that were cut out of 100 are whole again, whatever the cuts', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4000 }), { maxLength: 8 }), (cuts) => {
        const parts = cuts.reduce<number[]>(
          (kept, cut) => (kept.reduce((a, b) => a + b, 0) + cut < 10_000 ? [...kept, cut] : kept),
          [],
        )
        const rest = 10_000 - parts.reduce((a, b) => a + b, 0)
        const people = [...parts, rest].map((part, n) => share(`p${n}`, 'r', (part / 100).toFixed(2)))
        expect(said(() => requireShares(people))).toBe('fine')
      }),
    )
  })
})

describe('a plan', () => {
  const plan = { amountFen: 100, receivedFen: 0, isVoid: false, dueOn: '2026-11-10' }
  it('stands as its money and its day say', () => {
    expect(planState(plan, '2026-11-10')).toBe('pending')
    expect(planState(plan, '2026-11-11')).toBe('overdue')
    expect(planState({ ...plan, receivedFen: 1 }, '2026-11-10')).toBe('partial')
    expect(planState({ ...plan, receivedFen: 1 }, '2026-11-11')).toBe('overdue')
    expect(planState({ ...plan, receivedFen: 100 }, '2026-11-11')).toBe('done')
    expect(planState({ ...plan, isVoid: true }, '2026-11-11')).toBe('void')
  })
  it('keeps the money that came for it', () => {
    const stored = [{ ...plan, id: 'a', receivedFen: 40 }]
    expect(said(() => requireSoundPlans(stored, []))).toBe('planReceived')
    expect(said(() => requireSoundPlans(stored, [{ id: 'a', amountFen: 100, isVoid: true }]))).toBe('planReceived')
    expect(said(() => requireSoundPlans(stored, [{ id: 'a', amountFen: 39, isVoid: false }]))).toBe('planBelowReceived')
    expect(said(() => requireSoundPlans(stored, [{ id: 'a', amountFen: 40, isVoid: false }]))).toBe('fine')
    expect(said(() => requireSoundPlans([], [{ id: 'x', amountFen: 1, isVoid: false }]))).toBe('planUnknown')
  })
})

describe('an order', () => {
  it('goes forward, is called off without money, and counts in yuan', () => {
    expect(said(() => requireNext('draft', 'confirmed', 1))).toBe('fine')
    expect(said(() => requireNext('draft', 'confirmed', 0))).toBe('linesMissing')
    expect(said(() => requireNext('draft', 'delivered', 1))).toBe('statusNotNext')
    expect(said(() => requireNext('cancelled', 'confirmed', 1))).toBe('statusNotNext')
    expect(said(() => requireNoMoney({ receivedFen: 5, refundedFen: 5 }))).toBe('fine')
    expect(said(() => requireNoMoney({ receivedFen: 5, refundedFen: 4 }))).toBe('moneyAllocated')
    expect(said(() => requireCurrency('USD'))).toBe('noRate')
  })
})

it('lets nothing agreed on or handed over be without its day, nor be handed over before', () => {
  const [none, signed, both] = [
    { signedOn: null, deliveredOn: null },
    { signedOn: '2026-03-02', deliveredOn: null },
    { signedOn: '2026-03-02', deliveredOn: '2026-03-09' },
  ]
  expect(() => requireDays('draft', signed, { signedOn: null })).not.toThrow()
  expect(() => requireDays('draft', none, { deliveredOn: '2026-03-09' })).toThrow('notDelivered')
  expect(() => requireDays('confirmed', signed, { signedOn: null })).toThrow('signedMissing')
  expect(() => requireDays('confirmed', signed, { deliveredOn: '2026-03-09' })).toThrow('notDelivered')
  expect(() => requireDays('delivered', both, { deliveredOn: null })).toThrow('deliveredMissing')
  for (const given of [{ signedOn: '2026-03-10' }, { deliveredOn: '2026-03-01' }])
    expect(() => requireDays('delivered', both, given)).toThrow('deliveredBeforeSigned')
  expect(() => requireDays('delivered', both, { signedOn: '2026-03-09' })).not.toThrow()
  // What came in without a day is not held up for other things.
  expect(() => requireDays('delivered', none, {})).not.toThrow()
})
