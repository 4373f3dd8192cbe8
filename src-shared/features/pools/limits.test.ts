import { expect, it } from 'vitest'
import { claimBar } from './limits.ts'

const free = { dailyClaims: null, claimedToday: 40 }
const c = { level: 'C', status: 'active' }

it('a claim is barred by the cap of the day and by the room that is left, with the figures; until the room is known by nothing', () => {
  expect(claimBar({ dailyClaims: 2, claimedToday: 1 }, undefined, c)).toBe(null)
  expect(claimBar({ dailyClaims: 2, claimedToday: 2 }, undefined, c)).toEqual({
    reason: 'dailyClaims',
    detail: { used: 2, most: 2 },
  })
  expect(claimBar(free, { held: 5, most: null, without: {} }, c)).toBe(null)
  expect(claimBar(free, { held: 5, most: 5, without: {} }, c)).toEqual({ reason: 'holdingFull', detail: { held: 5, most: 5 } })
})

it('who does not count for the limit may be claimed all the same, and of several nobody knows before', () => {
  const holding = { held: 5, most: 5, without: { levels: ['C' as const] } }
  expect(claimBar(free, holding, c)).toBe(null)
  expect(claimBar(free, holding, { ...c, level: 'A' })?.reason).toBe('holdingFull')
  expect(claimBar(free, holding, null)).toBe(null)
})
