import {
  type CellValue,
  columnName,
  type SheetInfo,
  type SheetRow,
  type Workbook,
  type WorkbookFormat,
  type WorkbookNote,
} from './cell.ts'
import { limits } from './limits.ts'
import { WorkbookRefusal } from './refusal.ts'
import { RowNumbers } from './rowNumbers.ts'

/** Gathers the rows of one sheet into batches and counts them; rows without a value are dropped here. */
export class RowCollector {
  readonly sheet: string
  readonly countOnly: boolean
  rows: SheetRow[] = []
  slots = 0
  lastRow = 0
  lastColumn = 0
  nonEmpty = 0
  private readonly numbers = new RowNumbers()

  constructor(sheet: string, countOnly: boolean) {
    this.sheet = sheet
    this.countOnly = countOnly
  }

  add(number: number, cells: CellValue[]): void {
    let length = 0
    let count = 0
    for (let at = 0; at < cells.length; at++) {
      const cell = cells[at]
      if (cell === null || cell === undefined || cell === '') {
        cells[at] = null
        continue
      }
      if (typeof cell === 'string' && cell.length > limits.textPerCell) throw cellTooLong(this.sheet, number, at)
      length = at + 1
      count++
    }
    if (count === 0) return
    cells.length = length
    const free = this.numbers.take(number)
    this.nonEmpty += count
    this.lastRow = Math.max(this.lastRow, free)
    this.lastColumn = Math.max(this.lastColumn, length)
    if (this.countOnly) return
    this.rows.push({ number: free, cells })
    this.slots += length
  }

  get full(): boolean {
    return this.rows.length >= 1000 || this.slots >= 64 * 1024
  }

  take(): SheetRow[] {
    const rows = this.rows
    this.rows = []
    this.slots = 0
    return rows
  }
}

export function cellTooLong(sheet: string, row: number, column: number): WorkbookRefusal {
  const place = { sheet, row, column: columnName(column) }
  return new WorkbookRefusal('tooLarge', `A cell of the sheet "${sheet}" holds more than 1 MB of text.`, place)
}

type Source = {
  format: WorkbookFormat
  encoding: string | null
  sheets: readonly { name: string; hidden: boolean }[]
  notes?: WorkbookNote[]
  /** Feeds the collector; each step is a chance to hand out what has gathered. */
  run(sheet: number, collector: RowCollector): AsyncIterable<unknown>
  close?(): Promise<void>
}

/** A workbook whose sheets are gathered by a collector, which is all of them but xlsx and csv. */
export function workbookOf(source: Source): Workbook {
  const notes = source.notes ?? []
  const start = (sheet: number, countOnly: boolean): RowCollector => {
    const info = source.sheets[sheet]
    if (info === undefined) throw new RangeError(`The workbook has no sheet ${sheet}.`)
    return new RowCollector(info.name, countOnly)
  }
  return {
    format: source.format,
    encoding: source.encoding,
    sheets: source.sheets,
    notes,
    get warnings() {
      return notes.map((note) => note.text)
    },
    async *rows(sheet) {
      const collector = start(sheet, false)
      for await (const _step of source.run(sheet, collector)) if (collector.full) yield collector.take()
      if (collector.rows.length > 0) yield collector.take()
    },
    async inspect(sheet): Promise<SheetInfo> {
      const collector = start(sheet, true)
      for await (const _step of source.run(sheet, collector));
      const { name, hidden } = source.sheets[sheet] as { name: string; hidden: boolean }
      return { name, hidden, rows: collector.lastRow, cols: collector.lastColumn, nonEmpty: collector.nonEmpty }
    },
    async close() {
      await source.close?.()
    },
  }
}
