import { expect, it } from 'vitest'
import { amountOf, requireDraft, requireOpen, requireReceivable, requireWithin } from './rules.ts'

const standing = (stage: 'draft' | 'pending' | 'approved' | 'cancelled', received = 0, ordered = 10) => ({
  stage,
  received,
  ordered,
})

it('a purchase is written as a draft alone, and says why otherwise', () => {
  expect(() => requireDraft(standing('draft'))).not.toThrow()
  expect(() => requireDraft(standing('pending'))).toThrow('pendingApproval')
  expect(() => requireDraft(standing('approved'))).toThrow('notDraft')
})
it('goods arrive of what is agreed on until it is complete', () => {
  expect(() => requireReceivable(standing('approved', 9))).not.toThrow()
  expect(() => requireReceivable(standing('approved', 10))).toThrow('notApproved')
  for (const stage of ['draft', 'pending', 'cancelled'] as const)
    expect(() => requireReceivable(standing(stage))).toThrow('notApproved')
  expect(() => requireWithin('泵', 15_000, 15_000)).not.toThrow()
  expect(() => requireWithin('泵', 15_001, 15_000)).toThrow('aboveOrdered')
})
it('what is complete or called off is not called off again', () => {
  expect(() => requireOpen(standing('approved', 3))).not.toThrow()
  expect(() => requireOpen(standing('approved', 10))).toThrow('ended')
  expect(() => requireOpen(standing('cancelled'))).toThrow('ended')
})
it('comes to its lines, each rounded once; what has no price counts nothing', () => {
  const lines = [
    { units: 15_000, priceFen: 333 },
    { units: 20_000, priceFen: null },
    { units: 10_000, priceFen: 1 },
  ]
  expect(amountOf(lines)).toBe(501)
  expect(amountOf([])).toBe(0)
})
