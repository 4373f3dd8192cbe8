import { readFile } from 'node:fs/promises'
import { runInNewContext } from 'node:vm'
import { CFB, read, set_cptable, type WorkSheet } from '@e965/xlsx'
import * as codePages from '@e965/xlsx/dist/cpexcel.full.mjs'
import type { CellValue, Workbook } from './cell.ts'
import { limits } from './limits.ts'
import { WorkbookRefusal } from './refusal.ts'
import { type RowCollector, workbookOf } from './rowStream.ts'
import { type FormatKind, formatKind, serialValue } from './serial.ts'

// Old workbooks name a code page (936 for Chinese); without the tables their texts would be mojibake.
set_cptable(codePages)

const protectedByPassword = 'The workbook is protected by a password.'

/** Looks through the globals of a BIFF stream for the record that says "encrypted". */
function refuseFilePass(stream: Uint8Array): void {
  const bytes = Buffer.from(stream.buffer, stream.byteOffset, stream.byteLength)
  for (let at = 0, records = 0; at + 4 <= bytes.length && records < 10_000; records++) {
    const type = bytes.readUInt16LE(at)
    if (type === 0x2f) throw new WorkbookRefusal('encrypted', protectedByPassword)
    if (type === 0x0a) return
    at += 4 + bytes.readUInt16LE(at + 2)
  }
}

/** An OLE container is an old workbook, an encrypted new one, or something else altogether. */
function checkContainer(bytes: Buffer): void {
  const container = CFB.read(bytes, { type: 'buffer' })
  const names = container.FullPaths.map((path: string) => path.slice(path.lastIndexOf('/') + 1))
  if (names.includes('EncryptedPackage') || names.includes('EncryptionInfo'))
    throw new WorkbookRefusal('encrypted', protectedByPassword)
  const at = names.findIndex((name: string) => /^(workbook|book)$/i.test(name))
  if (at < 0) throw new WorkbookRefusal('notAWorkbook', 'The file is an old Office document, but not a workbook.')
  refuseFilePass(container.FileIndex[at]?.content as Uint8Array)
}

const errors: Record<number, string> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
  43: '#GETTING_DATA',
}

type LegacyCell = { t?: string; v?: unknown; w?: string; z?: unknown }

class Kinds {
  private readonly known = new Map<string, FormatKind>()

  of(format: unknown): FormatKind {
    if (typeof format === 'number') return formatKind(format, undefined)
    if (typeof format !== 'string') return 'number'
    let kind = this.known.get(format)
    if (kind === undefined) {
      kind = formatKind(-1, format)
      this.known.set(format, kind)
    }
    return kind
  }
}

function valueOf(cell: LegacyCell | undefined, kinds: Kinds, date1904: boolean): CellValue {
  if (cell === undefined || cell === null) return null
  const { t, v } = cell
  if (t === 'n' && typeof v === 'number' && Number.isFinite(v)) return serialValue(v, kinds.of(cell.z), date1904)
  if (t === 's' && typeof v === 'string') return v === '' ? null : v
  if (t === 'b') return v === true
  if (t === 'e') return { error: cell.w ?? errors[Number(v)] ?? '#ERROR!' }
  return null
}

/** Some damaged files send the library round for ever: it gets the time that an honest file of the size needs ten times over. */
function within<T>(bytes: Buffer, work: () => T): T {
  const timeout = 10_000 + Math.ceil(bytes.length / 1000)
  return runInNewContext('work()', { work }, { timeout }) as T
}

function damaged(format: 'xls' | 'xlsb'): WorkbookRefusal {
  return new WorkbookRefusal('damaged', `The ${format} workbook is damaged and cannot be read.`)
}

/** Opens a workbook of the binary formats; these are read whole, within the caps on bytes. */
export async function openLegacy(path: string, format: 'xls' | 'xlsb'): Promise<Workbook> {
  const bytes = await readFile(path)
  const isContainer = bytes.readUInt32BE(0) === 0xd0cf11e0
  let book: ReturnType<typeof read>
  try {
    if (isContainer) checkContainer(bytes)
    else if (format === 'xls') refuseFilePass(bytes)
    const how = { dense: true, cellNF: true, cellText: false, cellHTML: false, cellFormula: false, cellDates: false }
    book = within(bytes, () => read(bytes, { type: 'buffer', ...how }))
  } catch (error) {
    if (error instanceof WorkbookRefusal) throw error
    if (error instanceof Error && /password|encrypt/i.test(error.message))
      throw new WorkbookRefusal('encrypted', protectedByPassword)
    throw damaged(format)
  }
  const date1904 = book.Workbook?.WBProps?.date1904 === true
  const listed = book.SheetNames.map((name, index) => ({
    name,
    hidden: (book.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0,
    sheet: book.Sheets[name] as (WorkSheet & { '!type'?: string }) | undefined,
  }))
  const sheets = listed.filter(({ sheet }) => sheet !== undefined && (sheet['!type'] ?? 'sheet') === 'sheet')
  if (sheets.length === 0) throw new WorkbookRefusal('empty', 'The workbook has no sheet with a table.')
  const kinds = new Kinds()
  const run = async function* (index: number, collector: RowCollector): AsyncGenerator<void, void, undefined> {
    const rows = (sheets[index]?.sheet?.['!data'] ?? []) as (LegacyCell[] | undefined)[]
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at]
      if (row === undefined) continue
      collector.add(
        at + 1,
        Array.from(row.slice(0, limits.columns), (cell) => valueOf(cell, kinds, date1904)),
      )
      if (at % 500 === 499) yield
    }
  }
  return workbookOf({ format, encoding: null, sheets: sheets.map(({ name, hidden }) => ({ name, hidden })), run })
}
