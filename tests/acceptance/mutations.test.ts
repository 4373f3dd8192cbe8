// Issue 3: at least 2,000 mutated workbooks (bytes, parts, cells): 0 crashes, each imported or refused with a place.
// KEZHAN_SEED=n begins at another seed; what fails names its seed.
import { afterAll, expect, it } from 'vitest'
import { importFile } from '../../src-main/features/imports/public.ts'
import { PREPARE_REFUSALS } from '../../src-shared/features/imports/contract.ts'
import { Refusal } from '../../src-shared/kernel/refusal.ts'
import { scratch } from '../kernel/workbookMaker.ts'
import { startBackend } from '../support/backend.ts'
import { mutant, mutantSources, readMutants } from '../support/mutants.ts'

const files = scratch()
afterAll(() => files.remove())
const first = Number(process.env['KEZHAN_SEED'] ?? 1)

it('3,000 mutated workbooks are read or refused with a reason and, where they are broken, a place; none crashes the reader or hangs it', async () => {
  const found = await readMutants(first, 3000, (bytes) => files.put('mutant.bin', bytes))
  process.stdout.write(`mutants: ${JSON.stringify(found)}\n`)
  expect(found.faults).toEqual([])
  expect(found.read).toBeGreaterThan(600)
  expect(found.count - found.read).toBeGreaterThan(600)
})

it('200 of them through the whole import are taken or refused in words the program knows', async () => {
  const running = await startBackend()
  const actor = running.sessions.localAdmin('cli')
  // Of the files of the wild hardly any has customers in it.
  const sources = mutantSources().filter(({ name }) => name.startsWith('own-'))
  const known = new Set<string>(PREPARE_REFUSALS)
  const tally: Record<string, number> = {}
  const faults: string[] = []
  const count = (key: string): void => void (tally[key] = (tally[key] ?? 0) + 1)
  try {
    for (let seed = first; seed < first + 200; seed++) {
      const { name, bytes } = mutant(sources, seed)
      const request = { entity: 'customer', onDuplicate: 'create', empty: 'keep', dryRun: true, errorsOut: null } as const
      try {
        const result = await importFile(running.backend, actor, { ...request, file: files.put('import.bin', bytes) })
        count('imported')
        const sum = result.created + result.updated + result.skipped + result.failed
        if (sum !== result.rowsRead) faults.push(`${name}: ${sum} outcomes of ${result.rowsRead} rows`)
      } catch (error) {
        if (error instanceof Refusal && known.has(error.reason)) {
          count(error.reason)
          if (/^(damaged|truncated)$/.test(error.reason) && !/ \[.+\]/.test(String(error.detail?.['place'])))
            faults.push(`${name}: ${error.reason} nowhere`)
        } else faults.push(`${name}: ${error instanceof Error ? String(error.stack) : String(error)}`)
      }
    }
  } finally {
    await running.dispose()
  }
  process.stdout.write(`mutants imported: ${JSON.stringify(tally)}\n`)
  expect(faults).toEqual([])
  expect(tally['imported']).toBeGreaterThan(40)
})
