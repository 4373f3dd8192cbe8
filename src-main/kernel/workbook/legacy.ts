import { runInNewContext } from 'node:vm'
import { read, set_cptable, type WorkSheet } from '@e965/xlsx'
import * as codePages from '@e965/xlsx/dist/cpexcel.full.mjs'
import type { CellValue, Workbook } from './cell.ts'
import { limits } from './limits.ts'
import { WorkbookRefusal } from './refusal.ts'
import { type RowCollector, workbookOf } from './rowStream.ts'
import { type FormatKind, formatKind, serialValue } from './serial.ts'

// Old workbooks name a code page (936 for Chinese); without the tables their texts would be mojibake.
set_cptable(codePages)

const protectedByPassword = 'The workbook is protected by a password.'

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

/** The library does not say where it broke off: a part at a time tells. What ran for ever is not tried again. */
function damaged(bytes: Buffer, format: 'xls' | 'xlsb', isEndless: boolean): WorkbookRefusal {
  const part = format === 'xlsb' ? 'xl/workbook.bin' : 'Workbook'
  const refusal = new WorkbookRefusal('damaged', `The ${format} workbook is damaged and cannot be read.`)
  if (isEndless) return refusal.at({ part })
  try {
    const names = within(bytes, () => read(bytes, { type: 'buffer', bookSheets: true })).SheetNames
    const broken = names.findIndex((_, index) => !isReadable(bytes, index))
    return refusal.at(broken < 0 ? { part } : { sheet: names[broken] ?? '' })
  } catch {
    return refusal.at({ part })
  }
}

function isReadable(bytes: Buffer, sheets: number): boolean {
  try {
    within(bytes, () => read(bytes, { type: 'buffer', dense: true, sheets }))
    return true
  } catch {
    return false
  }
}

/** Opens what the library alone knows: xlsb, and what Excel wrote before version 5. Read whole, within the caps on bytes. */
export function openLegacy(bytes: Buffer, format: 'xls' | 'xlsb'): Workbook {
  let book: ReturnType<typeof read>
  try {
    const how = { dense: true, cellNF: true, cellText: false, cellHTML: false, cellFormula: false, cellDates: false }
    book = within(bytes, () => read(bytes, { type: 'buffer', ...how }))
  } catch (error) {
    if (error instanceof WorkbookRefusal) throw error
    if (error instanceof Error && /password|encrypt/i.test(error.message))
      throw new WorkbookRefusal('encrypted', protectedByPassword)
    throw damaged(bytes, format, error instanceof Error && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT')
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
