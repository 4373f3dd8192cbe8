// Issue 3: at least 2,000 mutated workbooks, 0 crashes, each read or refused; tests/acceptance/mutations.test.ts makes them all.
import { afterAll, expect, test } from 'vitest'
import { readMutants } from '../support/mutants.ts'
import { scratch } from './workbookMaker.ts'

const files = scratch()
afterAll(() => files.remove())

test('120 mutated workbooks are read or refused with a reason and, where they are broken, a place; none crashes the reader or hangs it', {
  timeout: 300_000,
}, async () => {
  const count = 120
  const found = await readMutants(1, count, (bytes) => files.put('mutant.bin', bytes))
  process.stdout.write(`mutants: ${JSON.stringify(found)}\n`)
  expect(found.faults).toEqual([])
  expect(found.read).toBeGreaterThan(count / 5)
  expect(count - found.read).toBeGreaterThan(count / 5)
})
