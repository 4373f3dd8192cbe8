/**
 * Run as a process of its own, so that neither the making of the files nor ExcelJS counts into the memory of what is measured.
 * `make FOLDER ROWS KNOWN`: a workspace with customers and a workbook of which KNOWN rows are among them; `read FILE`: the reference.
 */
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import ExcelJS from 'exceljs'
import { createBackend } from '../../../src-main/backend.ts'
import { importFile } from '../../../src-main/features/imports/public.ts'
import { setUpWorkspace } from '../../../src-main/features/setup/public.ts'
import { stderrLogger } from '../../../src-main/kernel/logger.ts'
import { LOGIN } from './base.ts'
import { firms, HEADER, messyRow, randomFrom, tidyRow } from './messyRows.ts'

const KNOWN_SEED = 11
const NEW_SEED = 12

async function make(folder: string, rows: number, known: number): Promise<void> {
  await makeBase(folder, known)
  const random = randomFrom(13)
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({
    filename: join(folder, 'rows.xlsx'),
    useSharedStrings: true,
    useStyles: true,
  })
  const sheet = book.addWorksheet('客户')
  sheet.getColumn(11).numFmt = 'yyyy-mm-dd'
  sheet.addRow(HEADER).commit()
  const there = firms(KNOWN_SEED, known)
  const fresh = firms(NEW_SEED, rows)
  let left = known
  for (let at = 0; at < rows; at++) {
    // Spread over the whole file, in the base's order.
    const isKnown = Math.floor(((at + 1) * known) / rows) > Math.floor((at * known) / rows) && left-- > 0
    const { value } = (isKnown ? there : fresh).next()
    // Who is already there comes with news: a row that says nothing new would not be written.
    if (value) sheet.addRow(messyRow(random, isKnown ? { ...value, note: `本月第${at}次来电，等报价` } : value)).commit()
  }
  await book.commit()
}

async function makeBase(folder: string, known: number): Promise<void> {
  const file = join(folder, 'known.csv')
  const out = createWriteStream(file)
  out.write(`${HEADER.join(',')}\n`)
  for (const firm of firms(KNOWN_SEED, known))
    out.write(
      `${tidyRow(firm)
        .map((cell) => (/[,\n]/.test(cell) ? `"${cell}"` : cell))
        .join(',')}\n`,
    )
  out.end()
  await finished(out)
  const running = await createBackend({ folder: join(folder, 'data'), create: true, log: stderrLogger('error') })
  await setUpWorkspace(running.backend, { company: '海川自动化', timeZone: 'Asia/Shanghai', name: '顾建国', ...LOGIN })
  await importFile(running.backend, running.sessions.localAdmin('cli'), {
    entity: 'customer',
    file,
    onDuplicate: 'create',
    empty: 'keep',
    dryRun: false,
    errorsOut: null,
  })
  await running.close()
}

/** ExcelJS's streaming reader, walking every cell and keeping none. */
async function read(file: string): Promise<{ ms: number; cpuMs: number; cells: number }> {
  const before = process.cpuUsage()
  const start = performance.now()
  let cells = 0
  const reader = new ExcelJS.stream.xlsx.WorkbookReader(file, {
    sharedStrings: 'cache',
    worksheets: 'emit',
    hyperlinks: 'ignore',
    styles: 'cache',
    entries: 'ignore',
  })
  for await (const sheet of reader) for await (const row of sheet) cells += (row.values as unknown[]).length - 1
  const { user, system } = process.cpuUsage(before)
  return { ms: performance.now() - start, cpuMs: (user + system) / 1000, cells }
}

const [what, ...args] = process.argv.slice(2)
if (what === 'make') await make(args[0] ?? '', Number(args[1]), Number(args[2]))
else process.stdout.write(JSON.stringify(await read(args[0] ?? '')))
