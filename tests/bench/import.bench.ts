/**
 * Importing 100,000 rows of 10 columns, csv and xlsx, in a workspace that others use: rows per second, how long their lists
 * take meanwhile, and the longest write. The reference is one bare pass over the file's rows into an empty table with better-sqlite3.
 */
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import BetterSqlite3 from 'better-sqlite3'
import ExcelJS from 'exceljs'
import { createBackend } from '../../src-main/backend.ts'
import { importFile } from '../../src-main/features/imports/public.ts'
import { inventFirms, randomFrom } from '../../src-main/features/setup/invent.ts'
import { setUpWorkspace } from '../../src-main/features/setup/public.ts'
import type { Logger } from '../../src-main/kernel/logger.ts'
import { clientAs } from '../support/backend.ts'
import { LOGIN } from './support/base.ts'
import { percentile, Report, rounded, wholeOption } from './support/figures.ts'

const LIST_LIMIT_MS = 50
const WRITE_LIMIT_MS = 25
const HEADER = ['客户名称', '级别', '电话', '邮箱', '行业', '来源', '省份', '城市', '区县', '地址']
const rows = wholeOption('rows', 100_000)
const report = new Report('import')
const folder = mkdtempSync(join(tmpdir(), 'kezhan-bench-import-'))

/** Names are numbered, so that no row is another's duplicate. */
function* lines(seed: number): Generator<string[]> {
  const firms = inventFirms(randomFrom(seed), rows, { now: '2026-11-20T00:00:00.000Z', owners: [] })
  for (const [at, firm] of firms.entries()) {
    const { level, phone, email, industry, source, province, city, district, address } = firm
    yield [
      `${firm.name.slice(0, 4)}${seed}${at}${firm.name.slice(4)}`,
      level ?? '',
      phone.slice(3),
      email,
      industry,
      source,
      province,
      city,
      district,
      address,
    ]
  }
}

async function csvFile(seed: number): Promise<string> {
  const file = join(folder, `rows-${seed}.csv`)
  const out = createWriteStream(file)
  out.write(`${HEADER.join(',')}\n`)
  for (const line of lines(seed)) out.write(`${line.join(',')}\n`)
  out.end()
  await finished(out)
  return file
}

async function xlsxFile(seed: number): Promise<string> {
  const file = join(folder, `rows-${seed}.xlsx`)
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: file })
  const sheet = book.addWorksheet('客户')
  sheet.addRow(HEADER).commit()
  for (const line of lines(seed)) sheet.addRow(line).commit()
  await book.commit()
  return file
}

/** The same cells into a bare table in chunks of a hundred. */
function bareInsert(seed: number): number {
  const raw = new BetterSqlite3(join(folder, `bare-${seed}.db`))
  raw.pragma('journal_mode = wal')
  raw.pragma('synchronous = full')
  raw.exec(`create table bare (id integer primary key, ${HEADER.map((_, at) => `c${at} text`).join(', ')}) strict`)
  const insert = raw.prepare(
    `insert into bare (${HEADER.map((_, at) => `c${at}`).join(', ')}) values (${HEADER.map(() => '?').join(', ')})`,
  )
  const start = performance.now()
  let chunk: string[][] = []
  const write = raw.transaction((some: string[][]) => {
    for (const line of some) insert.run(...line)
  })
  for (const line of lines(seed)) {
    chunk.push(line)
    if (chunk.length < 100) continue
    write(chunk)
    chunk = []
  }
  write(chunk)
  const took = performance.now() - start
  raw.close()
  return took
}

const slow: number[] = []
const log: Logger = {
  info: () => undefined,
  warn: (message, details) => {
    if (message === 'slow write') slow.push(Number(details?.['tookMs'] ?? 0))
  },
  error: () => undefined,
  fault: (error) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    return 'bench'
  },
}

const running = await createBackend({ folder: join(folder, 'data'), create: true, log })
await setUpWorkspace(running.backend, { company: '海川自动化', timeZone: 'Asia/Shanghai', name: '顾建国', ...LOGIN })
const actor = running.sessions.localAdmin('cli')
const other = clientAs(running.backend, running.sessions.localAdmin('http'))
async function listTime(): Promise<number> {
  const start = performance.now()
  await other.customers.list({ limit: 50, offset: 0 })
  return performance.now() - start
}

try {
  for (const [kind, make, seed] of [
    ['csv', csvFile, 1],
    ['xlsx', xlsxFile, 2],
  ] as const) {
    const file = await make(seed)
    const reference = bareInsert(seed)
    const alone: number[] = []
    for (let call = 0; call < 200; call++) alone.push(await listTime())
    slow.length = 0
    const state = { importing: true }
    const lists: number[] = []
    const watching = (async () => {
      while (state.importing) {
        lists.push(await listTime())
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    })()
    const start = performance.now()
    const done = await importFile(running.backend, actor, {
      entity: 'customer',
      file,
      onDuplicate: 'skip',
      empty: 'keep',
      dryRun: false,
      errorsOut: null,
    })
    const took = performance.now() - start
    state.importing = false
    await watching
    const p99 = percentile(lists, 0.99)
    report.line({
      case: `${kind}, ${rows} rows of ${HEADER.length}`,
      rowsPerSecond: Math.round((rows / took) * 1000),
      reference: Math.round((rows / reference) * 1000),
      ratio: rounded(reference / took, 3),
      created: done.created,
      listP50: rounded(percentile(lists, 0.5)),
      listP99: rounded(p99),
      listP99Alone: rounded(percentile(alone, 0.99)),
      longestWriteMs: slow.length > 0 ? Math.max(...slow) : `<= ${WRITE_LIMIT_MS}`,
      writesOver25ms: slow.length,
      aim: slow.length === 0,
      ok: done.rowsRead === rows && p99 <= LIST_LIMIT_MS,
    })
  }
} finally {
  await running.close()
  rmSync(folder, { recursive: true, force: true })
}
report.end()
