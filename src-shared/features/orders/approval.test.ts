import { expect, it } from 'vitest'
import { discountBpOf, growsBeyond, requireApproved } from './approval.ts'

it('tells what is taken off the list price, of what has one', () => {
  expect([discountBpOf(90_00, 100_00), discountBpOf(100_00, 100_00), discountBpOf(120_00, 100_00)]).toEqual([1000, 0, 0])
  expect([discountBpOf(90_00, null), discountBpOf(0, 0), discountBpOf(0, 3)]).toEqual([0, 0, 10_000])
  expect(discountBpOf(66_67, 100_00)).toBe(3333)
})

it('lets an order take effect that nobody need agree to, or somebody has', () => {
  expect(() => requireApproved(null, null)).not.toThrow()
  expect(() => requireApproved('approved', 'A')).not.toThrow()
  expect(() => requireApproved(null, 'A')).toThrow('approvalNeeded')
  expect(() => requireApproved('pending', null)).toThrow('pendingApproval')
})

it('grows by its sum or by what is taken off', () => {
  const was = { amountFen: 100, discountBp: 500 }
  expect(growsBeyond(was, { amountFen: 100, discountBp: 500 })).toBe(false)
  expect(growsBeyond(was, { amountFen: 90, discountBp: 400 })).toBe(false)
  expect(growsBeyond(was, { amountFen: 101, discountBp: 0 })).toBe(true)
  expect(growsBeyond(was, { amountFen: 1, discountBp: 501 })).toBe(true)
})
