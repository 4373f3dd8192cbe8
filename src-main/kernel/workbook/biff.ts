import { BiffCut, BiffText, pageDecoder } from './biffText.ts'
import type { CellValue, Workbook, WorkbookNote } from './cell.ts'
import { columnName } from './cell.ts'
import { limits } from './limits.ts'
import { WorkbookRefusal } from './refusal.ts'
import { type RowCollector, workbookOf } from './rowStream.ts'
import { type FormatKind, formatKind, serialValue } from './serial.ts'

// Record numbers of "Excel 97-2003 Binary File Format" (BIFF8) and of Excel 5/95 (BIFF5).
const FORMULA = 0x06
const EOF = 0x0a
const DATEMODE = 0x22
const FILEPASS = 0x2f
const CONTINUE = 0x3c
const CODEPAGE = 0x42
const BOUNDSHEET = 0x85
const MULRK = 0xbd
const RSTRING = 0xd6
const XF = 0xe0
const SST = 0xfc
const LABELSST = 0xfd
const NUMBER = 0x203
const LABEL = 0x204
const BOOLERR = 0x205
const STRING = 0x207
const RK = 0x27e
const FORMAT = 0x41e
const BOF = 0x809

const BIFF8 = 0x600
const BIFF5 = 0x500

const errors: Readonly<Record<number, string>> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
  43: '#GETTING_DATA',
}

type BiffSheet = { name: string; hidden: boolean; offset: number }
type Globals = {
  unicode: boolean
  decoder: InstanceType<typeof TextDecoder>
  date1904: boolean
  sheets: BiffSheet[]
  strings: string[]
  kinds: FormatKind[]
  notes: WorkbookNote[]
}

function damaged(text: string, sheet?: string, row?: number): WorkbookRefusal {
  return new WorkbookRefusal('damaged', text, {
    ...(sheet === undefined ? {} : { sheet }),
    ...(row === undefined ? {} : { row }),
  })
}

/** Walks the records of a stream. */
class Records {
  type = 0
  data: Buffer = Buffer.alloc(0)
  private readonly stream: Buffer
  private at: number

  constructor(stream: Buffer, at: number) {
    this.stream = stream
    this.at = at
  }

  /** False at the end of the stream or where a record would reach beyond it. */
  next(): boolean {
    if (this.at + 4 > this.stream.length) return false
    const end = this.at + 4 + this.stream.readUInt16LE(this.at + 2)
    if (end > this.stream.length) return false
    this.type = this.stream.readUInt16LE(this.at)
    this.data = this.stream.subarray(this.at + 4, end)
    this.at = end
    return true
  }

  /** The current record with those that continue it. */
  text(from: number): BiffText {
    const parts = [this.data]
    while (this.at + 4 <= this.stream.length && this.stream.readUInt16LE(this.at) === CONTINUE && this.next())
      parts.push(this.data)
    return new BiffText(parts, from)
  }
}

function readStrings(text: BiffText): string[] {
  const strings: string[] = []
  try {
    while (!text.ended) strings.push(text.unicode(text.u16()))
  } catch (error) {
    // A cell that points behind the last whole text is refused with its place.
    if (!(error instanceof BiffCut)) throw error
  }
  return strings
}

class GlobalsReader {
  readonly globals: Globals = {
    unicode: true,
    decoder: pageDecoder(1252),
    date1904: false,
    sheets: [],
    strings: [],
    kinds: [],
    notes: [],
  }
  private readonly codes = new Map<number, string>()
  private readonly formats: number[] = []
  private readonly records: Records

  constructor(stream: Buffer, unicode: boolean) {
    this.records = new Records(stream, 0)
    this.globals.unicode = unicode
  }

  read(): Globals {
    const { records, globals } = this
    while (records.next() && records.type !== EOF) this.record(records.type, records.data)
    globals.kinds = this.formats.map((id) => formatKind(id, this.codes.get(id)))
    return globals
  }

  private record(type: number, data: Buffer): void {
    const { globals } = this
    if (type === FILEPASS) throw new WorkbookRefusal('encrypted', 'The workbook is protected by a password.')
    if (type === CODEPAGE && data.length >= 2) globals.decoder = pageDecoder(data.readUInt16LE(0))
    else if (type === DATEMODE && data.length >= 2) globals.date1904 = data.readUInt16LE(0) === 1
    else if (type === XF && data.length >= 4) this.formats.push(data.readUInt16LE(2))
    else if (type === FORMAT && data.length >= 4) this.format(data)
    else if (type === BOUNDSHEET && data.length >= 8) this.sheet(data)
    else if (type === SST) globals.strings = readStrings(this.records.text(8))
  }

  private short(data: Buffer, at: number): string {
    const text = new BiffText([data], at)
    try {
      return this.globals.unicode ? text.unicode(text.u8()) : text.bytes(text.u8(), this.globals.decoder)
    } catch (error) {
      if (error instanceof BiffCut)
        throw damaged('The xls workbook is damaged: a name in it breaks off.').at({ part: 'Workbook' })
      throw error
    }
  }

  private format(data: Buffer): void {
    const id = data.readUInt16LE(0)
    if (!this.globals.unicode) {
      this.codes.set(id, this.short(data, 2))
      return
    }
    const text = new BiffText([data], 2)
    try {
      this.codes.set(id, text.unicode(text.u16()))
    } catch (error) {
      // A format that cannot be read leaves its numbers numbers.
      if (!(error instanceof BiffCut)) throw error
    }
  }

  private sheet(data: Buffer): void {
    const name = this.short(data, 6)
    // Sheets of charts, old macros and programs hold no table.
    if (data[5] === 0) this.globals.sheets.push({ name, hidden: ((data[4] as number) & 3) !== 0, offset: data.readUInt32LE(0) })
    else
      this.globals.notes.push({ code: 'sheetSkipped', sheet: name, text: `The sheet "${name}" holds no table and is left out.` })
  }
}

function rkNumber(data: Buffer, at: number): number {
  const raw = data.readInt32LE(at)
  let value = raw >> 2
  if ((raw & 2) === 0) {
    const double = Buffer.alloc(8)
    double.writeInt32LE(raw & ~3, 4)
    value = double.readDoubleLE(0)
  }
  return (raw & 1) === 1 ? value / 100 : value
}

/** Shortest length of the records that hold a cell; a shorter one is damage. */
const shortest: Readonly<Record<number, number>> = {
  [FORMULA]: 14,
  [MULRK]: 12,
  [RSTRING]: 8,
  [LABELSST]: 10,
  [NUMBER]: 14,
  [LABEL]: 8,
  [BOOLERR]: 8,
  [RK]: 10,
}

/** The cells of one sheet, gathered by row: programs write them in any order. */
class SheetReader {
  readonly rows: CellValue[][] = []
  private readonly globals: Globals
  private readonly name: string
  private readonly records: Records
  private waiting: { row: number; column: number } | null = null
  private row = 0

  constructor(stream: Buffer, globals: Globals, sheet: BiffSheet) {
    this.globals = globals
    this.name = sheet.name
    this.records = new Records(stream, sheet.offset)
    if (!this.records.next() || this.records.type !== BOF)
      throw damaged(`The sheet "${sheet.name}" is missing in the file.`, sheet.name)
  }

  /** Reads on for so many records; true when the sheet is over. */
  run(count: number): boolean {
    const { records } = this
    let depth = 0
    for (let left = count; left > 0 || depth > 0; left--) {
      if (!records.next())
        throw damaged(`The sheet "${this.name}" breaks off after row ${this.row + 1}.`, this.name, this.row + 1)
      if (records.type === BOF) depth++
      else if (records.type === EOF && depth-- === 0) return true
      else if (depth === 0) this.record(records.type, records.data)
    }
    return false
  }

  private record(type: number, data: Buffer): void {
    if (type === STRING) {
      const { waiting } = this
      if (waiting !== null) this.put(waiting.row, waiting.column, this.text(0))
      this.waiting = null
      return
    }
    const least = shortest[type]
    if (least === undefined) return
    if (data.length < least)
      throw damaged(`A cell after row ${this.row + 1} of the sheet "${this.name}" breaks off.`, this.name, this.row + 1)
    this.row = data.readUInt16LE(0)
    this.waiting = null
    if (type === MULRK) this.several(data)
    else this.put(this.row, data.readUInt16LE(2), this.value(type, data))
  }

  private value(type: number, data: Buffer): CellValue {
    if (type === LABELSST) return this.shared(data)
    if (type === NUMBER) return this.number(data.readDoubleLE(6), data.readUInt16LE(4))
    if (type === RK) return this.number(rkNumber(data, 6), data.readUInt16LE(4))
    if (type === BOOLERR) return data[7] === 1 ? { error: errors[data[6] as number] ?? '#ERROR!' } : data[6] === 1
    return type === FORMULA ? this.result(data) : this.text(6)
  }

  private shared(data: Buffer): string {
    const text = this.globals.strings[data.readUInt32LE(6)]
    if (text === undefined) {
      const place = { sheet: this.name, row: this.row + 1, column: columnName(data.readUInt16LE(2)) }
      throw new WorkbookRefusal('damaged', `A cell of the sheet "${this.name}" points to a text that is not in the file.`, place)
    }
    return text
  }

  private several(data: Buffer): void {
    const first = data.readUInt16LE(2)
    for (let at = 4, column = first; at + 8 <= data.length; at += 6, column++)
      this.put(this.row, column, this.number(rkNumber(data, at + 2), data.readUInt16LE(at)))
  }

  /** The stored result of a formula; a text stands in a record of its own behind it. */
  private result(data: Buffer): CellValue {
    if (data.readUInt16LE(12) !== 0xffff) return this.number(data.readDoubleLE(6), data.readUInt16LE(4))
    const kind = data[6]
    if (kind === 0) this.waiting = { row: this.row, column: data.readUInt16LE(2) }
    if (kind === 1) return data[8] === 1
    return kind === 2 ? { error: errors[data[8] as number] ?? '#ERROR!' } : null
  }

  private number(value: number, style: number): CellValue {
    if (!Number.isFinite(value)) return null
    return serialValue(value, this.globals.kinds[style] ?? 'number', this.globals.date1904)
  }

  private text(from: number): string {
    const text = this.records.text(from)
    try {
      return this.globals.unicode ? text.unicode(text.u16()) : text.bytes(text.u16(), this.globals.decoder)
    } catch (error) {
      if (!(error instanceof BiffCut)) throw error
      throw damaged(`A text in row ${this.row + 1} of the sheet "${this.name}" breaks off.`, this.name, this.row + 1)
    }
  }

  private put(row: number, column: number, value: CellValue): void {
    if (column >= limits.columns)
      throw damaged(`A cell of the sheet "${this.name}" lies beyond the last column XFD.`, this.name, row + 1)
    const cells = (this.rows[row] ??= [])
    while (cells.length < column) cells.push(null)
    cells[column] = value
  }
}

async function* cellsOf(
  stream: Buffer,
  globals: Globals,
  sheet: BiffSheet,
  collector: RowCollector,
): AsyncGenerator<void, void, undefined> {
  const reader = new SheetReader(stream, globals, sheet)
  while (!reader.run(20_000)) yield
  for (const [at, cells] of reader.rows.entries()) {
    if (cells === undefined) continue
    collector.add(at + 1, cells)
    if (at % 500 === 499) yield
  }
}

/** Opens the record stream of a workbook of Excel 5 to 2003 or of another program's; null for what is older. */
export function openBiff(stream: Buffer): Workbook | null {
  const version = stream.length >= 8 && stream.readUInt16LE(0) === BOF ? stream.readUInt16LE(4) : 0
  if (version !== BIFF8 && version !== BIFF5) return null
  const globals = new GlobalsReader(stream, version === BIFF8).read()
  if (globals.sheets.length === 0) throw new WorkbookRefusal('empty', 'The workbook has no sheet with a table.')
  return workbookOf({
    format: 'xls',
    encoding: null,
    sheets: globals.sheets.map(({ name, hidden }) => ({ name, hidden })),
    notes: globals.notes,
    run: (index, collector) => cellsOf(stream, globals, globals.sheets[index] as BiffSheet, collector),
  })
}
