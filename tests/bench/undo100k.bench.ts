/**
 * Taking back an import of 100,000 rows of which half changed customers that were already there: the digest is as before, and
 * it takes at most one and a half times as long as the import did, which is the reference. `--rows 20000` for a first look.
 */
import { rmSync } from 'node:fs'
import { importFile, undoImport } from '../../src-main/features/imports/public.ts'
import { tableDigests, wholeDigest } from '../../src-main/kernel/digest.ts'
import { Report, rounded, wholeOption } from './support/figures.ts'
import { makeWork, openWork, whileOthersWork } from './support/importRun.ts'

const RATIO_LIMIT = 1.5
const LIST_LIMIT_MS = 50
const MEMORY_LIMIT_MB = 700

const rows = wholeOption('rows', 100_000)
const report = new Report('undo100k')
const { folder, file } = makeWork(rows, Math.floor(rows / 2))
try {
  const running = await openWork(folder)
  const { backend, sessions } = running
  const actor = sessions.localAdmin('cli')
  const digest = () => wholeDigest(tableDigests(backend.database.raw))
  const before = digest()
  const brought = await whileOthersWork(running, () =>
    importFile(backend, actor, {
      entity: 'customer',
      file,
      onDuplicate: 'update',
      empty: 'keep',
      dryRun: false,
      errorsOut: null,
    }),
  )
  const changed = digest() !== before
  const { importId, created, updated } = brought.answer
  const taken = await whileOthersWork(running, () => undoImport(backend, actor, importId))
  const same = digest() === before
  await running.close()
  const ratio = taken.ms / brought.ms
  report.line({
    case: `undo of ${rows} rows`,
    seconds: rounded(taken.ms / 1000),
    reference: rounded(brought.ms / 1000),
    ratio: rounded(ratio),
    cpuMicrosecondsEach: Math.round((taken.cpuMs * 1000) / rows),
    referenceCpuMicrosecondsEach: Math.round((brought.cpuMs * 1000) / rows),
    created,
    updated,
    reversed: taken.answer.records?.reversed ?? 0,
    kept: taken.answer.records?.kept ?? 0,
    ...taken.figures,
    sameDigest: same,
    ok:
      same &&
      changed &&
      taken.answer.kept === 0 &&
      taken.answer.failed === 0 &&
      ratio <= RATIO_LIMIT &&
      taken.figures.rssMb <= MEMORY_LIMIT_MB &&
      taken.figures.listP99 <= LIST_LIMIT_MS &&
      taken.figures.writeP99 <= LIST_LIMIT_MS,
  })
} finally {
  rmSync(folder, { recursive: true, force: true })
}
report.end()
