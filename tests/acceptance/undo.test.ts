// The long forms of tests/kernel/undoWalk.test.ts: other seeds, one of them long.
import { expect, it } from 'vitest'
import { walk } from '../support/undoWalk.ts'

it.each([
  [1, 2000],
  [2, 2000],
  [3, 6000],
])('undo of random commands by 5 users, seed %i, %i commands: digest as before each, 0 exceptions', async (seed, commands) => {
  const result = await walk(seed, commands)
  process.stdout.write(`undo: ${JSON.stringify(result)}\n`)
  expect(result.mismatches).toEqual([])
  expect(result.undone).toBe(result.commands)
  expect(result.commands).toBeGreaterThanOrEqual(commands)
})
