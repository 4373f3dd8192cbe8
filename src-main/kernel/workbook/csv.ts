import { type CellValue, columnName, type SheetInfo, type SheetRow, type Workbook, type WorkbookNote } from './cell.ts'
import { type DetectedEncoding, detectEncoding, utf8Chunks } from './encoding.ts'
import { unescapeFormula } from '../../../src-shared/kernel/cleaning/formula.ts'
import { limits } from './limits.ts'
import { WorkbookRefusal } from './refusal.ts'

const QUOTE = 34
const CR = 13
const LF = 10
const MAX_NOTES = 100

type CsvOptions = { separator: number; watchBadBytes: boolean; note: (note: WorkbookNote) => void; countOnly: boolean }

/** Splits UTF-8 bytes into records (RFC 4180, but forgiving); quotes may hold line breaks, line ends may be mixed. */
export class CsvParser {
  rows: SheetRow[] = []
  slots = 0
  record = 0
  lastRow = 0
  lastColumn = 0
  nonEmpty = 0
  /** Fields of each record, for the sniffer. */
  onFields: ((count: number) => void) | null = null
  private readonly options: CsvOptions
  private bytes: Buffer = Buffer.alloc(0)
  private pos = 0
  private cells: CellValue[] = []
  private fields = 0
  private badBytes = 0
  private inRecord = false

  constructor(options: CsvOptions) {
    this.options = options
  }

  take(): SheetRow[] {
    const rows = this.rows
    this.rows = []
    this.slots = 0
    return rows
  }

  /** Goes on field by field, so that a record of any length is looked at once. */
  feed(chunk: Buffer, final: boolean): void {
    this.bytes = this.pos === this.bytes.length ? chunk : Buffer.concat([this.bytes.subarray(this.pos), chunk])
    this.pos = 0
    const limit = this.bytes.length
    while (this.pos < limit) {
      const end = this.bytes[this.pos] === QUOTE ? this.quoted(this.pos, final) : this.plain(this.pos, final)
      if (end < 0) return
      if (this.fields > limits.columns) throw this.tooWide()
      this.pos = this.afterField(end)
    }
    if (final && this.inRecord) {
      this.fields++
      this.endRecord()
    }
  }

  /** Steps over what ended a field; a line end ends the record too. */
  private afterField(end: number): number {
    const byte = this.bytes[end]
    this.inRecord = byte === this.options.separator
    if (this.inRecord) return end + 1
    this.endRecord()
    return byte === CR && this.bytes[end + 1] === LF ? end + 2 : end + 1
  }

  /** Where the field that runs here ends; -1 when that is not known yet. */
  private fieldEnd(from: number, start: number, final: boolean): number {
    const { bytes } = this
    const { separator } = this.options
    const limit = bytes.length
    let at = from
    while (at < limit) {
      const byte = bytes[at] as number
      if (byte === separator || byte === LF || byte === CR) break
      at++
    }
    // A carriage return at the very end may be half of a line end.
    const open = at === limit || (bytes[at] === CR && at + 1 === limit)
    if (!open || final) return at
    if (limit - start > limits.textPerCell * 4) throw this.tooLong()
    return -1
  }

  private plain(start: number, final: boolean): number {
    const end = this.fieldEnd(start, start, final)
    if (end >= 0) this.field(start, end, false, -1)
    return end
  }

  /** A field that begins with a quote; returns where its separator or line end stands. */
  private quoted(start: number, final: boolean): number {
    const close = this.closingQuote(start, final)
    if (close < 0) {
      if (!final && this.bytes.length - start <= limits.textPerCell * 4) return -1
      return this.strayQuote(start, final)
    }
    const end = this.fieldEnd(close + 1, start, final)
    if (end >= 0) this.field(start + 1, close, true, end)
    return end
  }

  /** -1 when there is none, or when the last byte could still be the first of a doubled quote. */
  private closingQuote(start: number, final: boolean): number {
    const { bytes } = this
    let close = bytes.indexOf(QUOTE, start + 1)
    while (close >= 0 && bytes[close + 1] === QUOTE) close = bytes.indexOf(QUOTE, close + 2)
    return close + 1 === bytes.length && !final ? -1 : close
  }

  /** A quote that never closes is an ordinary character: otherwise one stray quote would swallow the rest of the file. */
  private strayQuote(start: number, final: boolean): number {
    const end = this.fieldEnd(start, start, final)
    if (end < 0) return -1
    const row = this.record + 1
    const column = columnName(this.fields)
    const text = `Row ${row}, column ${column}: a quotation mark is never closed and is read as text.`
    this.options.note({ code: 'unclosedQuote', row, column, text })
    this.field(start, end, false, -1)
    return end
  }

  private field(start: number, end: number, quoted: boolean, tailEnd: number): void {
    const column = this.fields++
    const long = end - start > limits.textPerCell
    if (start === end && tailEnd <= end + 1) return
    let text = this.bytes.toString('utf8', start, end)
    if (quoted) {
      if (text.includes('"')) text = text.replaceAll('""', '"')
      if (tailEnd > end + 1) text += this.bytes.toString('utf8', end + 1, tailEnd)
    }
    if (long && text.length > limits.textPerCell) throw this.tooLong()
    if (this.options.watchBadBytes && text.includes('\uFFFD')) this.bad(text, column)
    if (text === '') return
    while (this.cells.length < column) this.cells.push(null)
    this.cells[column] = unescapeFormula(text)
  }

  private bad(text: string, column: number): void {
    const row = this.record + 1
    this.badBytes += text.split('\uFFFD').length - 1
    const name = columnName(column)
    const message = `Row ${row}, column ${name}: bytes that are no character in this encoding are shown as \uFFFD.`
    this.options.note({ code: 'badBytes', row, column: name, count: this.badBytes, text: message })
  }

  private endRecord(): void {
    const { cells } = this
    this.record++
    this.onFields?.(this.fields)
    this.fields = 0
    this.badBytes = 0
    this.inRecord = false
    if (cells.length === 0) return
    this.cells = []
    let count = 0
    for (const cell of cells) if (cell !== null) count++
    this.nonEmpty += count
    this.lastRow = this.record
    if (cells.length > this.lastColumn) this.lastColumn = cells.length
    if (this.options.countOnly) return
    this.rows.push({ number: this.record, cells })
    this.slots += cells.length
  }

  private tooWide(): WorkbookRefusal {
    const row = this.record + 1
    return new WorkbookRefusal('tooLarge', `Row ${row} has more than ${limits.columns} columns, more than a sheet can hold.`, {
      row,
    })
  }

  private tooLong(): WorkbookRefusal {
    const place = { row: this.record + 1, column: columnName(this.fields) }
    return new WorkbookRefusal('tooLarge', `A field in row ${place.row} holds more than 1 MB of text.`, place)
  }
}

const separators = [44, 9, 59, 124] as const

function sniffSeparator(sample: Buffer, whole: boolean): { separator: number; skip: number } {
  const directive = /^"?sep=(.)"?\r?\n/.exec(sample.toString('latin1', 0, 16))
  if (directive) return { separator: (directive[1] as string).charCodeAt(0), skip: directive[0].length }
  let best: number = 44
  let bestScore = 0
  for (const separator of separators) {
    const counts: number[] = []
    const parser = new CsvParser({ separator, watchBadBytes: false, note: () => undefined, countOnly: true })
    parser.onFields = (count) => {
      if (counts.length < 500) counts.push(count)
    }
    parser.feed(sample, whole)
    if (counts.length === 0 && !whole) parser.feed(Buffer.from('\n'), true)
    const score = consistency(counts)
    if (score > bestScore) {
      bestScore = score
      best = separator
    }
  }
  return { separator: best, skip: 0 }
}

/** One column of texts may hold a separator here and there; in a table most records have it, below the titles at least. */
function isTable(counts: readonly number[]): boolean {
  const first = counts.findIndex((count) => count > 1)
  const several = counts.filter((count) => count > 1).length
  return first === 0 || (several > 1 && several * 2 > counts.length - first)
}

/** Share of records with the usual number of fields, with a little for many fields and for a header that has them too. */
function consistency(counts: readonly number[]): number {
  const tally = new Map<number, number>()
  for (const count of counts) if (count > 1) tally.set(count, (tally.get(count) ?? 0) + 1)
  let mode = 0
  let times = 0
  for (const [count, seen] of tally) {
    if (seen > times) {
      mode = count
      times = seen
    }
  }
  if (mode === 0 || !isTable(counts)) return 0
  return times / counts.length + Math.min(mode, 50) / 500 + (counts[0] === mode ? 0.2 : 0)
}

class CsvWorkbook implements Workbook {
  readonly format = 'csv'
  readonly encoding: string
  readonly sheets: readonly { name: string; hidden: boolean }[]
  readonly notes: WorkbookNote[] = []
  private readonly path: string
  private readonly detected: DetectedEncoding
  private noted = false

  constructor(path: string, name: string, detected: DetectedEncoding) {
    this.path = path
    this.detected = detected
    this.encoding = detected.encoding
    this.sheets = [{ name, hidden: false }]
  }

  get warnings(): string[] {
    return this.notes.map((note) => note.text)
  }

  private readonly note = (note: WorkbookNote): void => {
    if (!this.noted && this.notes.length < MAX_NOTES) this.notes.push(note)
  }

  private async *parse(countOnly: boolean): AsyncGenerator<CsvParser, void, undefined> {
    let parser: CsvParser | null = null
    let sample: Buffer = Buffer.alloc(0)
    const watchBadBytes = this.detected.badBytes > 0 || this.detected.encoding !== 'utf-8'
    const start = (whole: boolean): CsvParser => {
      const { separator, skip } = sniffSeparator(sample, whole)
      const made = new CsvParser({ separator, watchBadBytes, note: this.note, countOnly })
      if (skip > 0) made.record = 1
      made.feed(sample.subarray(skip), false)
      return made
    }
    for await (const chunk of utf8Chunks(this.path, this.detected)) {
      if (parser === null) {
        sample = sample.length === 0 ? chunk : Buffer.concat([sample, chunk])
        if (sample.length < 1 << 16) continue
        parser = start(false)
      } else parser.feed(chunk, false)
      yield parser
    }
    parser ??= start(true)
    parser.feed(Buffer.alloc(0), true)
    yield parser
    this.noted = true
  }

  async *rows(sheet: number): AsyncGenerator<SheetRow[], void, undefined> {
    if (sheet !== 0) throw new RangeError(`The workbook has no sheet ${sheet}.`)
    let last: CsvParser | null = null
    for await (const parser of this.parse(false)) {
      last = parser
      if (parser.rows.length >= 1000 || parser.slots > 1 << 15) yield parser.take()
    }
    const rest = last?.take() ?? []
    if (rest.length > 0) yield rest
  }

  async inspect(): Promise<SheetInfo> {
    let parser: CsvParser | null = null
    for await (const step of this.parse(true)) parser = step
    const { name } = this.sheets[0] as { name: string }
    return { name, hidden: false, rows: parser?.lastRow ?? 0, cols: parser?.lastColumn ?? 0, nonEmpty: parser?.nonEmpty ?? 0 }
  }

  async close(): Promise<void> {}
}

/** Opens delimited text; `head` is the beginning of the file, `name` what the sheet is called. */
export async function openCsv(path: string, name: string, head: Buffer): Promise<Workbook> {
  return new CsvWorkbook(path, name, await detectEncoding(path, head))
}
