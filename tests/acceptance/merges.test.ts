// The long form of tests/features/mergesWalk.test.ts: 2,000 random pairs and more, digest equal after each, 0 exceptions.
import { expect, it } from 'vitest'
import { mergeWalk } from '../support/mergeWalk.ts'

it.each([1, 2])('merge and unmerge of 1,000 random groups with children, seed %i: digest as before', async (seed) => {
  const result = await mergeWalk(seed, 1000)
  process.stdout.write(`merge: ${JSON.stringify(result)}\n`)
  expect(result.mismatches).toEqual([])
  expect(result.pairs).toBe(1000)
})
