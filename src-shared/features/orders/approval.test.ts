import { expect, it } from 'vitest'
import { askedBy, discountBpOf, growsBeyond, leavesTerms, requireApproved } from './approval.ts'

it('tells what is taken off the list price', () => {
  expect([discountBpOf(90_00, 100_00), discountBpOf(100_00, 100_00), discountBpOf(120_00, 100_00)]).toEqual([1000, 0, 0])
  expect([discountBpOf(0, 0), discountBpOf(0, 3)]).toEqual([0, 10_000])
  expect(discountBpOf(66_67, 100_00)).toBe(3333)
})

it('is asked by lines that no list names a price for at their own, and by what is below cost', () => {
  const line = (priceFen: number, listPriceFen: number | null, costFen: number | null = null, quantity = '1') => ({
    quantity,
    priceFen,
    discount: '0',
    taxRate: null,
    listPriceFen,
    costFen,
  })
  const freight = line(10_00, null)
  expect(askedBy([line(40_00, 100_00), freight], 0)).toEqual({ amountFen: 50_00, discountBp: 5455, belowCost: false })
  expect(askedBy([freight], 0)).toMatchObject({ discountBp: 0, belowCost: false })
  expect(askedBy([line(80_00, null, 80_00)], 0).belowCost).toBe(false)
  // The discount of the whole lowers each line's share of it.
  expect(askedBy([line(80_00, null, 80_00), freight], 1).belowCost).toBe(true)
  expect(askedBy([line(90_00, null, 80_00), line(90_00, null, 80_00, '-1'), freight], 0).belowCost).toBe(false)
})

it('lets an order take effect that nobody need agree to, or somebody has', () => {
  expect(() => requireApproved(null, null)).not.toThrow()
  expect(() => requireApproved('approved', 'A')).not.toThrow()
  expect(() => requireApproved(null, 'A')).toThrow('approvalNeeded')
  expect(() => requireApproved('pending', null)).toThrow('pendingApproval')
})

it('grows by its sum, by what is taken off, or below cost', () => {
  const was = { amountFen: 100, discountBp: 500, belowCost: false }
  expect(growsBeyond(was, was)).toBe(false)
  expect(growsBeyond(was, { ...was, amountFen: 90, discountBp: 400 })).toBe(false)
  expect(growsBeyond(was, { ...was, amountFen: 101, discountBp: 0 })).toBe(true)
  expect(growsBeyond(was, { ...was, amountFen: 1, discountBp: 501 })).toBe(true)
  const below = { ...was, belowCost: true }
  expect([growsBeyond(was, below), growsBeyond(below, below)]).toEqual([true, false])
})

it('leaves its terms for another customer or for days beyond those of the contract', () => {
  const was = { customerId: 'a', startsOn: '2026-01-01', endsOn: '2026-12-31' }
  expect([leavesTerms(was, was), leavesTerms(was, { ...was, customerId: 'b' })]).toEqual([false, true])
  expect(leavesTerms(was, { ...was, startsOn: '2026-02-01', endsOn: '2026-11-30' })).toBe(false)
  for (const beyond of [{ startsOn: '2025-12-31' }, { startsOn: null }, { endsOn: '2027-01-01' }, { endsOn: null }])
    expect(leavesTerms(was, { ...was, ...beyond })).toBe(true)
  expect(leavesTerms({ ...was, endsOn: null }, was)).toBe(true)
})
