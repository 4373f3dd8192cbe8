import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { setImmediate } from 'node:timers/promises'
import type ExcelJS from 'exceljs'
import { writeAtomically } from './atomicFile.ts'
import { type CellValue, cellText } from './cell.ts'
import { escapeFormula } from '../../../src-shared/kernel/cleaning/formula.ts'
import { dateSerial } from './serial.ts'

/**
 * What a column holds. `money`: integer fen in, yuan with two decimals out. `date`: YYYY-MM-DD. `datetime`: wall time
 * YYYY-MM-DDTHH:mm:ss (the caller has turned instants into the workspace's zone). `phone`: text that keeps its plus.
 */
export type WriteColumn = {
  header: string
  width?: number
  hidden?: boolean
  type: 'text' | 'number' | 'date' | 'datetime' | 'money' | 'phone'
}
export type WriteCell = CellValue | undefined
export type WriteTable = {
  sheetName: string
  columns: readonly WriteColumn[]
  rows: AsyncIterable<readonly (readonly WriteCell[])[]>
  title?: string
  creator?: string
}
export type WriteResult = { rows: number }

const SHEET_ROWS = 1_048_575
const formats: Record<WriteColumn['type'], string> = {
  text: '@',
  phone: '@',
  number: 'General',
  money: '#,##0.00',
  date: 'yyyy-mm-dd',
  datetime: 'yyyy-mm-dd hh:mm:ss',
}

/** Characters that XML cannot carry go out as _xHHHH_, and a text that looks like such an escape is escaped itself. */
function xmlSafe(text: string): string {
  return text
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[\0-\x08\x0b-\x1f\uFFFE\uFFFF]/g, (char) => `_x${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .replace(/\p{Surrogate}/gu, '\uFFFD')
}

function fenText(fen: number | bigint): string {
  const digits = String(fen < 0 ? -fen : fen).padStart(3, '0')
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

function isTextual(type: WriteColumn['type']): boolean {
  return type === 'text' || type === 'phone'
}

/** A cell for exceljs: numbers and dates as numbers under a format, all the rest as text, which is never a formula. */
function xlsxValue(cell: WriteCell, type: WriteColumn['type']): string | number | boolean | null {
  if (cell === null || cell === undefined || cell === '') return null
  if (typeof cell === 'number' && Number.isFinite(cell) && !isTextual(type)) return type === 'money' ? cell / 100 : cell
  if (typeof cell === 'boolean' && !isTextual(type)) return cell
  const serial = dateOf(cell, type)
  return serial ?? xmlSafe(cellText(cell))
}

function dateOf(cell: WriteCell, type: WriteColumn['type']): number | null {
  if (type !== 'date' && type !== 'datetime') return null
  if (typeof cell === 'string') return dateSerial(cell)
  return typeof cell === 'object' && cell !== null && 'date' in cell ? dateSerial(cell.date) : null
}

function safeSheetName(name: string, part: number): string {
  const suffix = part === 1 ? '' : ` (${part})`
  const clean =
    name
      .replace(/[\\/?*[\]:\0-\x1f]/g, ' ')
      .replace(/^'+|'+$/g, '')
      .trim() || 'Sheet'
  return clean.slice(0, 31 - suffix.length) + suffix
}

function addSheet(workbook: ExcelJS.stream.xlsx.WorkbookWriter, table: WriteTable, part: number): ExcelJS.Worksheet {
  const sheet = workbook.addWorksheet(safeSheetName(table.sheetName, part), { views: [{ state: 'frozen', ySplit: 1 }] })
  sheet.columns = table.columns.map((column) => ({
    width: column.width ?? Math.min(40, Math.max(10, column.header.length * 2 + 4)),
    style: { numFmt: formats[column.type] },
    hidden: column.hidden === true,
  }))
  const header = sheet.addRow(table.columns.map((column) => xmlSafe(column.header)))
  header.eachCell((cell) => {
    cell.numFmt = '@'
    cell.font = { bold: true }
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFEDEFF2' } }
    cell.border = { bottom: { style: 'thin', color: { argb: 'FFC9CED6' } } }
    cell.alignment = { vertical: 'middle' }
  })
  header.commit()
  return sheet
}

// Many readers decode the texts beside the cells twice ("&amp;amp;" becomes "&"); those in the shared part they read right.
const delicate = /&(?:[a-z]+|#\w+);|_x[0-9a-f]{4}_/i

function addRow(sheet: ExcelJS.Worksheet, values: readonly (string | number | boolean | null)[]): void {
  // exceljs looks at this switch as each row is committed; all texts shared would stand in memory until the end.
  const writer = sheet as unknown as { useSharedStrings: boolean }
  writer.useSharedStrings = values.some((value) => typeof value === 'string' && delicate.test(value))
  sheet.addRow(values as (string | number | boolean | null)[]).commit()
}

/** exceljs never waits for its zip: without this the whole sheet would stand in memory before it is packed. */
async function drained(sheet: ExcelJS.Worksheet): Promise<void> {
  // Streams of an old readable-stream, which shows its state only here.
  const { stream } = sheet as unknown as { stream: { pipes: (Writable & { _writableState: { needDrain: boolean } })[] } }
  for (const pipe of stream.pipes) if (pipe._writableState.needDrain) await once(pipe, 'drain')
  await setImmediate()
}

/** Writes a table as xlsx while its rows stream by; a table longer than a sheet goes on in the next sheet. */
export async function writeXlsx(path: string, table: WriteTable): Promise<WriteResult> {
  const { default: excel } = await import('exceljs')
  let written = 0
  await writeAtomically(path, async (temporary) => {
    const stream = createWriteStream(temporary)
    const done = finished(stream)
    const workbook = new excel.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false })
    if (table.title !== undefined) workbook.title = table.title
    workbook.creator = table.creator ?? 'Kezhan CRM'
    let part = 1
    let sheet = addSheet(workbook, table, part)
    for await (const batch of table.rows) {
      for (const row of batch) {
        if (written > 0 && written % SHEET_ROWS === 0) {
          sheet.commit()
          part++
          sheet = addSheet(workbook, table, part)
        }
        addRow(
          sheet,
          table.columns.map((column, index) => xlsxValue(row[index], column.type)),
        )
        written++
      }
      await drained(sheet)
    }
    sheet.commit()
    await Promise.all([workbook.commit(), done])
  })
  return { rows: written }
}

function csvField(text: string, inert: boolean): string {
  if (inert) return /[",\r\n;\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  const safe = escapeFormula(text)
  return safe !== text || /[",\r\n;\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A field of a csv file: real numbers, dates and phones stand as they are, any other text is made inert. */
function csvValue(cell: WriteCell, type: WriteColumn['type']): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'number' && Number.isFinite(cell)) return type === 'money' ? fenText(Math.round(cell)) : cellText(cell)
  if (typeof cell === 'string' && dateOf(cell, type) !== null) return cellText({ date: cell })
  const text = cellText(cell)
  const inert = typeof cell === 'object' ? !('error' in cell) : type === 'phone' && /^\+?\d{3,20}$/.test(text)
  return csvField(text, inert)
}

/** Writes a table as CSV for Excel: UTF-8 with a byte order mark, CR LF, formulas made inert. */
export async function writeCsv(path: string, table: Omit<WriteTable, 'sheetName'>): Promise<WriteResult> {
  let written = 0
  await writeAtomically(path, async (temporary) => {
    const file = await open(temporary, 'wx')
    try {
      await file.write(`\uFEFF${table.columns.map((column) => csvField(column.header, false)).join(',')}\r\n`)
      for await (const batch of table.rows) {
        let text = ''
        for (const row of batch)
          text += `${table.columns.map((column, index) => csvValue(row[index], column.type)).join(',')}\r\n`
        written += batch.length
        if (text !== '') await file.writeFile(text)
      }
    } finally {
      await file.close()
    }
  })
  return { rows: written }
}
