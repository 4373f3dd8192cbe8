/**
 * Importing 100,000 messy rows of 12 columns from one sheet, customers with their contacts, a tenth of them customers that are
 * already there: read, map, clean, match and write. The reference is what ExcelJS's streaming reader needs only to read the same file,
 * before and after, in a process of its own; import and reference each have the machine to themselves. Before it the same while others
 * list and write, for what they wait and for the memory. `--rows 1000000` for a long file.
 */
import { rmSync } from 'node:fs'
import type { RunningBackend } from '../../src-main/backend.ts'
import { importFile, type ImportFileResult } from '../../src-main/features/imports/public.ts'
import { Report, rounded, wholeOption } from './support/figures.ts'
import { makeWork, type Measured, openWork, readByExcelJS, whileOthersWork } from './support/importRun.ts'

const RATIO_LIMIT = 3
const RATIO_AIM = 1.5
const LIST_LIMIT_MS = 50
const MEMORY_LIMIT_MB = 700

const rows = wholeOption('rows', 100_000)
const report = new Report('import100k')

type Brought = { answer: ImportFileResult; ms: number; cpuMs: number }
const bring = (running: RunningBackend, file: string): Promise<ImportFileResult> =>
  importFile(running.backend, running.sessions.localAdmin('cli'), {
    entity: 'customer',
    file,
    onDuplicate: 'fill',
    empty: 'keep',
    dryRun: false,
    errorsOut: null,
  })

/** Beside the reference, which has the machine to itself as well. */
async function alone(): Promise<Brought & { reference: number; referenceCpuMs: number }> {
  const { folder, file } = makeWork(rows, Math.floor(rows / 10))
  try {
    const first = readByExcelJS(file)
    const running = await openWork(folder)
    const before = process.cpuUsage()
    const start = performance.now()
    const answer = await bring(running, file)
    const ms = performance.now() - start
    const { user, system } = process.cpuUsage(before)
    await running.close()
    const last = readByExcelJS(file)
    const [reference, referenceCpuMs] = [(first.ms + last.ms) / 2, (first.cpuMs + last.cpuMs) / 2]
    return { answer, ms, cpuMs: (user + system) / 1000, reference, referenceCpuMs }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The same in an office that works: what the others wait for. */
async function amongOthers(): Promise<Measured<ImportFileResult>> {
  const { folder, file } = makeWork(rows, Math.floor(rows / 10))
  try {
    const running = await openWork(folder)
    const measured = await whileOthersWork(running, () => bring(running, file))
    await running.close()
    return measured
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

// First, for the memory is that of a program that has done nothing else.
const busy = await amongOthers()
const { answer, ms, cpuMs, reference, referenceCpuMs } = await alone()
const ratio = ms / reference
const { rowsRead, created, updated, skipped, failed } = answer
const isWhole = (one: ImportFileResult): boolean =>
  one.rowsRead >= rows && one.rowsRead === one.created + one.updated + one.skipped + one.failed
report.line({
  case: `${rows} rows of 12 columns`,
  seconds: rounded(ms / 1000),
  reference: rounded(reference / 1000),
  ratio: rounded(ratio),
  cpuMicrosecondsEach: Math.round((cpuMs * 1000) / rows),
  referenceCpuMicrosecondsEach: Math.round((referenceCpuMs * 1000) / rows),
  rowsPerSecond: Math.round((rows / ms) * 1000),
  rowsRead,
  created,
  updated,
  skipped,
  failed,
  secondsAmongOthers: rounded(busy.ms / 1000),
  ratioAmongOthers: rounded(busy.ms / reference),
  ...busy.figures,
  aim: ratio <= RATIO_AIM && busy.figures.writesOver25ms === 0,
  ok:
    isWhole(answer) &&
    isWhole(busy.answer) &&
    ratio <= RATIO_LIMIT &&
    busy.figures.rssMb <= MEMORY_LIMIT_MB &&
    busy.figures.listP99 <= LIST_LIMIT_MS &&
    busy.figures.writeP99 <= LIST_LIMIT_MS,
})
report.end()
