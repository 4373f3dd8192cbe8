/**
 * Importing 100,000 messy rows of 12 columns from one sheet, customers with their contacts, a tenth of them customers that are
 * already there: read, map, clean, match and write. The reference is what ExcelJS's streaming reader needs only to read the same file,
 * before and after, in a process of its own. `--rows 1000000` for a long file.
 */
import { rmSync } from 'node:fs'
import { importFile } from '../../src-main/features/imports/public.ts'
import { Report, rounded, wholeOption } from './support/figures.ts'
import { makeWork, openWork, readByExcelJS, whileOthersWork } from './support/importRun.ts'

const RATIO_LIMIT = 3
const RATIO_AIM = 1.5
const LIST_LIMIT_MS = 50
const MEMORY_LIMIT_MB = 700

const rows = wholeOption('rows', 100_000)
const report = new Report('import100k')
const { folder, file } = makeWork(rows, Math.floor(rows / 10))
try {
  const first = readByExcelJS(file)
  const running = await openWork(folder)
  const { answer, ms, cpuMs, figures } = await whileOthersWork(running, () =>
    importFile(running.backend, running.sessions.localAdmin('cli'), {
      entity: 'customer',
      file,
      onDuplicate: 'fill',
      empty: 'keep',
      dryRun: false,
      errorsOut: null,
    }),
  )
  await running.close()
  const last = readByExcelJS(file)
  const reference = (first.ms + last.ms) / 2
  const ratio = ms / reference
  const { rowsRead, created, updated, skipped, failed } = answer
  report.line({
    case: `${rows} rows of 12 columns`,
    seconds: rounded(ms / 1000),
    reference: rounded(reference / 1000),
    ratio: rounded(ratio),
    cpuMicrosecondsEach: Math.round((cpuMs * 1000) / rows),
    referenceCpuMicrosecondsEach: Math.round(((first.cpuMs + last.cpuMs) * 500) / rows),
    rowsPerSecond: Math.round((rows / ms) * 1000),
    rowsRead,
    created,
    updated,
    skipped,
    failed,
    ...figures,
    aim: ratio <= RATIO_AIM && figures.writesOver25ms === 0,
    ok:
      rowsRead >= rows &&
      rowsRead === created + updated + skipped + failed &&
      ratio <= RATIO_LIMIT &&
      figures.rssMb <= MEMORY_LIMIT_MB &&
      figures.listP99 <= LIST_LIMIT_MS &&
      figures.writeP99 <= LIST_LIMIT_MS,
  })
} finally {
  rmSync(folder, { recursive: true, force: true })
}
report.end()
