import { readFileSync, writeFileSync } from 'node:fs'
import { read as readLibrary, utils } from '@e965/xlsx'
import ExcelJS from 'exceljs'
import { type CellValue, cellText, openWorkbook, type SheetRow } from '../../src-main/kernel/workbook/sheet.ts'
import { type WriteColumn, writeCsv, writeXlsx } from '../../src-main/kernel/workbook/write.ts'
import { type Random, randomFrom } from './factories.ts'
import { type ColumnKind, type RandomCell, type RandomTable, randomTable } from './randomTables.ts'

/** A date as the independent writer and reader of workbooks wants it: wall time in UTC. */
const asDate = (text: string): Date => new Date(text.length === 10 ? `${text}T00:00:00Z` : `${text}Z`)

/** Written by exceljs, as a workbook of somebody else. */
export async function writeIndependently(path: string, { header, kinds, rows }: RandomTable): Promise<void> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('客户')
  sheet.addRow(header)
  for (const row of rows)
    sheet.addRow(row.map((cell, at) => (typeof cell === 'string' && isDate(kinds[at]) ? asDate(cell) : cell)))
  for (const [at, kind] of kinds.entries())
    if (isDate(kind)) sheet.getColumn(at + 1).numFmt = kind === 'date' ? 'yyyy/m/d' : 'yyyy"年"m"月"d"日" hh:mm:ss'
  await book.xlsx.writeFile(path)
}

const isDate = (kind: ColumnKind | undefined): boolean => kind === 'date' || kind === 'datetime'
const shown = (cell: RandomCell, kind: ColumnKind | undefined): string => {
  if (cell === null) return ''
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE'
  return typeof cell === 'string' && kind === 'datetime' ? cell.replace('T', ' ') : String(cell)
}

/** Written by RFC 4180 and nothing else. */
export function csvText(table: RandomTable, roll: Random): string {
  const separator = roll.pick([',', ';', '\t'])
  const end = roll.pick(['\r\n', '\n'])
  const field = (text: string): string =>
    /[",;\t\r\n]|^\s|\s$/.test(text) || roll.chance(0.1) ? `"${text.replaceAll('"', '""')}"` : text
  const lines = [table.header, ...table.rows.map((row) => row.map((cell, at) => shown(cell, table.kinds[at])))]
  return lines.map((line) => line.map(field).join(separator)).join(end) + end
}

export async function readOurs(path: string): Promise<SheetRow[]> {
  const workbook = await openWorkbook(path)
  try {
    const rows: SheetRow[] = []
    for await (const batch of workbook.rows(0)) rows.push(...batch)
    return rows
  } finally {
    await workbook.close()
  }
}

export type Found = Map<number, RandomCell[]>
const plain = (cell: CellValue | undefined): RandomCell => {
  if (cell === null || cell === undefined) return null
  if (typeof cell !== 'object') return cell
  return 'date' in cell ? cell.date : cellText(cell)
}
const ours = (rows: readonly SheetRow[]): Found => new Map(rows.map(({ number, cells }) => [number, cells.map(plain)]))

const columnTypes: Record<ColumnKind, WriteColumn['type']> = {
  text: 'text',
  number: 'number',
  boolean: 'number',
  date: 'date',
  datetime: 'datetime',
}

async function writeOurs(path: string, table: RandomTable, rows: readonly SheetRow[], format: 'xlsx' | 'csv'): Promise<void> {
  const columns = table.header.map((header, at) => ({ header, type: columnTypes[table.kinds[at] ?? 'text'] }))
  const all = (async function* () {
    // Rows without any value are not delivered; they are written where they stood.
    const found = new Map(rows.map((row) => [row.number, row.cells]))
    yield table.rows.map((_row, at) => found.get(at + 2) ?? [])
  })()
  await (format === 'csv' ? writeCsv(path, { columns, rows: all }) : writeXlsx(path, { columns, rows: all, sheetName: '客户' }))
}

export async function readExcelJs(path: string): Promise<Found> {
  const book = new ExcelJS.Workbook()
  await book.xlsx.readFile(path)
  const found: Found = new Map()
  book.worksheets[0]?.eachRow((row, number) => {
    const cells: RandomCell[] = []
    row.eachCell({ includeEmpty: true }, ({ value }, column) => {
      if (value instanceof Date) {
        const text = new Date(Math.round(value.getTime() / 1000) * 1000).toISOString()
        cells[column - 1] = text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19)
      } else cells[column - 1] = value === null || typeof value === 'object' ? null : (value as RandomCell)
    })
    found.set(number, cells)
  })
  return found
}

/** The second independent reader, for csv: all cells as the text they are. */
export function readSheetJs(path: string): Found {
  const book = readLibrary(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''), { type: 'string', raw: true })
  const sheet = book.Sheets[book.SheetNames[0] ?? '']
  const rows = sheet ? utils.sheet_to_json<(string | number | undefined)[]>(sheet, { header: 1, raw: true, blankrows: true }) : []
  return new Map(
    rows.map((row, at) => [at + 1, Array.from(row, (cell) => (cell === undefined || cell === '' ? null : String(cell)))]),
  )
}

/** Where two readings of a table differ, or null. */
function difference(
  table: RandomTable,
  found: Found,
  what: string,
  same: (a: RandomCell, b: RandomCell, at: number) => boolean,
): string | null {
  for (const [at, row] of [table.header, ...table.rows].entries()) {
    const cells = found.get(at + 1) ?? []
    for (const [column, cell] of row.entries()) {
      const there = cells[column] ?? null
      if (!same(cell, there, column))
        return `${what}, row ${at + 1}, column ${column + 1}: ${JSON.stringify(cell)?.slice(0, 80)} became ${JSON.stringify(there)?.slice(0, 80)}`
    }
  }
  return null
}

const unguarded = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.replace(/^'/, ''))
    .join('\n')

/** Every step on the way of one random table is compared with the table itself. Null, or what was not equal. */
export async function fileRoundTrip(table: RandomTable, roll: Random, path: (name: string) => string): Promise<string | null> {
  const exact = (a: RandomCell, b: RandomCell): boolean => (a ?? null) === b
  const asText = (a: RandomCell, b: RandomCell, at: number): boolean => shown(a, table.kinds[at]) === shown(b, table.kinds[at])
  // A spreadsheet must not run a text of ours: the apostrophe that stops it is the one thing an export adds.
  const guarded = (a: RandomCell, b: RandomCell, at: number): boolean =>
    asText(a, b, at) || (typeof a === 'string' && typeof b === 'string' && unguarded(b) === unguarded(a))
  await writeIndependently(path('in.xlsx'), table)
  writeFileSync(path('in.csv'), csvText(table, roll))
  const [fromXlsx, fromCsv] = [await readOurs(path('in.xlsx')), await readOurs(path('in.csv'))]
  await writeOurs(path('out.xlsx'), table, fromXlsx, 'xlsx')
  await writeOurs(path('out.csv'), table, fromXlsx, 'csv')
  await writeOurs(path('out2.csv'), { ...table, kinds: table.kinds.map(() => 'text') }, fromCsv, 'csv')
  const steps: (() => Promise<string | null> | string | null)[] = [
    () => difference(table, ours(fromXlsx), 'xlsx read', exact),
    () => difference(table, ours(fromCsv), 'csv read', asText),
    async () => difference(table, await readExcelJs(path('out.xlsx')), 'xlsx written', exact),
    async () => difference(table, ours(await readOurs(path('out.xlsx'))), 'xlsx written and read', exact),
    async () => difference(table, ours(await readOurs(path('out.csv'))), 'csv written and read', asText),
    async () => difference(table, ours(await readOurs(path('out2.csv'))), 'csv to csv and read', asText),
    () => difference(table, readSheetJs(path('out.csv')), 'csv written', guarded),
  ]
  for (const step of steps) {
    const different = await step()
    if (different !== null) return different
  }
  return null
}

/** The random tables of seeds in a row; what was not equal, by seed. */
export async function fileTrips(first: number, count: number, path: (name: string) => string): Promise<string[]> {
  const different: string[] = []
  for (let seed = first; seed < first + count; seed++) {
    const roll = randomFrom(seed)
    const said = await fileRoundTrip(randomTable(roll), roll, path)
    if (said !== null) different.push(`seed ${seed}: ${said}`)
  }
  return different
}
