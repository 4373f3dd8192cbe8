// Issue: undo of random commands by 5 users, digest as before each, 0 exceptions. The walk knows every command that can be undone.
import { expect, it } from 'vitest'
import { contract } from '../../src-shared/contract.ts'
import type { ProcedureMeta } from '../../src-shared/kernel/procedure.ts'
import { rounds } from '../support/factories.ts'
import { walk, walkOps } from '../support/undoWalk.ts'

/** Commands of which the walk knows nothing, each with why. */
const ELSEWHERE: readonly (readonly [begins: string, why: string])[] = [
  ['imports.', 'importing has its own undo, and its own walks: undo100k, importsTold, importsStopped'],
  ['customers.askOwner', 'tells a colleague and changes no row'],
  ['setup.', 'sample data and the language of matching: tests/features/setup.test.ts takes them back'],
]

it('every command that can be taken back is among those of the walk', () => {
  const known = new Set(walkOps.map(([call]) => call))
  const unknown = Object.entries(contract).flatMap(([feature, procedures]) =>
    Object.entries(procedures).flatMap(([name, procedure]) => {
      const meta = procedure['~orpc'].meta as unknown as ProcedureMeta
      const call = `${feature}.${name}`
      const isElsewhere = known.has(call) || ELSEWHERE.some(([begins]) => call.startsWith(begins))
      return meta.kind === 'command' && meta.irreversible === undefined && !isElsewhere ? [call] : []
    }),
  )
  expect(unknown).toEqual([])
})

it('2,000 random commands by 5 users are taken back to the digest before each', { timeout: 600_000 }, async () => {
  const result = await walk(20261122, rounds(2000, 10_000))
  process.stdout.write(`undo: ${JSON.stringify(result)}\n`)
  expect(result.mismatches).toEqual([])
  expect(result.undone).toBe(result.commands)
  expect(result.commands).toBeGreaterThanOrEqual(2000)
  // Undo and redo themselves were among the commands.
  expect(result.byCall['history.undo']).toBeGreaterThan(100)
})
