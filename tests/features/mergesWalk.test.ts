// The short form of tests/acceptance/merges.test.ts.
import { expect, it } from 'vitest'
import { mergeWalk } from '../support/mergeWalk.ts'

it('100 random merges with children, each taken back at once: digest as before', { timeout: 120_000 }, async () => {
  const result = await mergeWalk(11, 100)
  expect(result.mismatches).toEqual([])
  expect(result.pairs).toBe(100)
  expect(result.moved).toBeGreaterThan(300)
  expect(result.joined).toBeGreaterThan(5)
})
