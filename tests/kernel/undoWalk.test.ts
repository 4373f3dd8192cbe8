// Issue: undo of 2,000 random commands by 5 users, digest as before each, 0 exceptions.
import { expect, it } from 'vitest'
import { rounds } from '../support/factories.ts'
import { walk } from '../support/undoWalk.ts'

it('2,000 random commands by 5 users are taken back to the digest before each', { timeout: 600_000 }, async () => {
  const result = await walk(20261122, rounds(2000, 10_000))
  process.stdout.write(`undo: ${JSON.stringify(result)}\n`)
  expect(result.mismatches).toEqual([])
  expect(result.undone).toBe(result.commands)
  expect(result.commands).toBeGreaterThanOrEqual(2000)
  // Undo and redo themselves were among the commands.
  expect(result.byCall['history.undo']).toBeGreaterThan(100)
})
