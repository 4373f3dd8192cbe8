import { type CellValue, columnName, type SheetRow } from './cell.ts'
import { limits } from './limits.ts'
import { WorkbookRefusal } from './refusal.ts'
import { MAX_ROW, RowNumbers } from './rowNumbers.ts'
import { type FormatKind, isoValue, serialValue } from './serial.ts'
import type { SharedStrings } from './sharedStrings.ts'
import { decodeEntities, decodeEscapes, stands, type XmlScanner, xmlClose, xmlEmpty, xmlNeed, xmlOpen, xmlText } from './xml.ts'

export type SheetContext = {
  name: string
  strings: SharedStrings | null
  kinds: readonly FormatKind[]
  date1904: boolean
  /** Only count: no strings are made, a value is `true`. */
  countOnly: boolean
}

const tNumber = 0
const tShared = 1
const tBoolean = 2
const tError = 3
const tString = 4
const tInline = 5
const tDate = 6

/** Turns the bytes of a worksheet into rows as they stream by; nothing of the declared size is believed. */
export class XlsxSheetParser {
  rows: SheetRow[] = []
  slots = 0
  lastRow = 0
  lastColumn = 0
  nonEmpty = 0
  formulasWithoutValue = 0
  firstUnordered = 0
  private readonly context: SheetContext
  private inData = false
  private inCell = false
  private inInline = false
  private phonetic = 0
  private readonly numbers = new RowNumbers()
  private row = 0
  private column = -1
  private type = tNumber
  private style = 0
  private hasFormula = false
  private cells: CellValue[] = []
  private value: CellValue = null
  private pieces: string[] = []
  private capture: 'none' | 'v' | 't' = 'none'

  constructor(context: SheetContext) {
    this.context = context
  }

  /** Rows read so far; the parser starts a new list. */
  take(): SheetRow[] {
    const rows = this.rows
    this.rows = []
    this.slots = 0
    return rows
  }

  place(): { sheet: string; row?: number; column?: string } {
    const place: { sheet: string; row?: number; column?: string } = { sheet: this.context.name }
    if (this.row > 0) place.row = this.row
    if (this.column >= 0) place.column = columnName(this.column)
    return place
  }

  run(scanner: XmlScanner): void {
    for (;;) {
      const kind = scanner.next()
      if (kind === xmlNeed) return
      if (kind === xmlText) this.text(scanner)
      else if (kind === xmlClose) this.close(scanner)
      else if (this.inCell) this.openInCell(scanner, kind)
      else if (this.inData) this.openInData(scanner, kind)
      else if (kind === xmlOpen && scanner.is('sheetData')) this.inData = true
    }
  }

  private openInData(scanner: XmlScanner, kind: number): void {
    if (scanner.is('c')) {
      this.startCell(scanner)
      if (kind !== xmlEmpty && !this.plainCell(scanner)) this.inCell = true
    } else if (scanner.is('row')) this.startRow(scanner, kind === xmlEmpty)
  }

  /** The rest of nearly every cell, <v>12</v></c>, at one look; false leaves all as it was. */
  private plainCell(scanner: XmlScanner): boolean {
    // Tags that were left open keep what they began.
    if ((this.type !== tShared && this.type !== tNumber) || scanner.keepText || this.pieces.length > 0) return false
    const { bytes, pos, limit } = scanner
    const start = pos + 3
    if (start >= limit || !stands(bytes, pos, OPEN_VALUE)) return false
    let end = start
    while (end < limit && isFigure(bytes[end] as number)) end++
    if (end === start || end + CLOSE_CELL.length > limit || !stands(bytes, end, CLOSE_CELL)) return false
    if (this.type === tShared) this.shared(digits(bytes, start, end))
    else if (!this.number(bytes, start, end)) return false
    scanner.leave(end + CLOSE_CELL.length)
    this.endCell()
    return true
  }

  private openInCell(scanner: XmlScanner, kind: number): void {
    if (scanner.is('f')) this.hasFormula = true
    if (kind === xmlEmpty) return
    if (scanner.is('v')) {
      this.capture = 'v'
      scanner.keepText = true
    } else if (scanner.is('t')) {
      if (this.inInline && this.phonetic === 0) {
        this.capture = 't'
        scanner.keepText = true
      }
    } else if (scanner.is('is')) {
      this.inInline = true
      // A <v> beside <is> repeats the text for old readers: the inline string counts.
      this.pieces.length = 0
    } else if (scanner.is('rPh')) this.phonetic++
  }

  private close(scanner: XmlScanner): void {
    if (this.inCell) {
      if (scanner.is('v') || scanner.is('t')) {
        if (this.capture === 'v' && this.type !== tInline) this.finishPieces()
        this.capture = 'none'
        scanner.keepText = false
      } else if (scanner.is('c')) this.endCell()
      else if (scanner.is('is')) {
        this.inInline = false
        this.finishPieces()
      } else if (scanner.is('rPh')) this.phonetic = Math.max(0, this.phonetic - 1)
    } else if (scanner.is('row')) this.endRow()
    else if (scanner.is('sheetData')) {
      this.endRow()
      this.inData = false
    }
  }

  private startRow(scanner: XmlScanner, empty: boolean): void {
    this.endRow()
    const previous = this.row
    this.row++
    const { bytes, attrStart, attrEnd } = scanner
    // Only r matters; it is looked for by hand because every row passes here.
    for (let at = attrStart; at + 3 < attrEnd; at++) {
      if (bytes[at] === 114 && bytes[at + 1] === 61 && (bytes[at - 1] as number) <= 32) {
        const number = digits(bytes, at + 3, attrEnd)
        if (number > 0) this.row = number
        break
      }
    }
    this.column = -1
    if (this.row > MAX_ROW) {
      throw new WorkbookRefusal('damaged', `A row of the sheet "${this.context.name}" has a number that no sheet reaches.`, {
        sheet: this.context.name,
        row: previous,
      })
    }
    if (this.row <= previous && this.firstUnordered === 0) this.firstUnordered = this.row
    if (empty) this.cells.length = 0
  }

  private startCell(scanner: XmlScanner): void {
    // A cell outside of any row stands in the first one.
    if (this.row === 0) this.row = 1
    this.column++
    this.type = tNumber
    this.style = 0
    this.hasFormula = false
    this.value = null
    this.cellAttributes(scanner.bytes, scanner.attrStart, scanner.attrEnd)
    if (this.column >= limits.columns) {
      throw new WorkbookRefusal(
        'damaged',
        `A cell of the sheet "${this.context.name}" lies beyond the last column XFD.`,
        this.place(),
      )
    }
  }

  /** r, s and t, straight from the bytes: this runs once a cell. */
  private cellAttributes(bytes: Buffer, from: number, end: number): void {
    let at = skipBlanks(bytes, from, end)
    while (at < end) {
      const nameStart = at
      while (at < end && bytes[at] !== 61) at++
      const name = at - nameStart === 1 ? bytes[nameStart] : 0
      at = skipBlanks(bytes, at + 1, end)
      const quote = bytes[at]
      const start = at + 1
      at = start
      while (at < end && bytes[at] !== quote) at++
      if (name === 114) this.reference(bytes, start, at)
      else if (name === 115) this.style = digits(bytes, start, at)
      else if (name === 116) this.type = typeOf(bytes, start, at)
      at = skipBlanks(bytes, at + 1, end)
    }
  }

  private reference(bytes: Buffer, start: number, end: number): void {
    let column = 0
    for (let at = start; at < end && column <= limits.columns; at++) {
      const letter = (bytes[at] as number) & 0xdf
      if (letter < 65 || letter > 90) break
      column = column * 26 + letter - 64
    }
    if (column > 0) this.column = column - 1
  }

  private text(scanner: XmlScanner): void {
    if (this.capture === 'none') return
    const { bytes, textStart, textEnd } = scanner
    if (textEnd - textStart > limits.textPerCell * 6) throw this.tooLong()
    if (this.capture === 'v') {
      // Beside an inline string the <v> only repeats it.
      if (this.type === tInline && this.value !== null) return
      if (this.type === tShared) {
        this.shared(digits(bytes, textStart, textEnd))
        return
      }
      if (this.type === tNumber && this.pieces.length === 0 && this.number(bytes, textStart, textEnd)) return
    }
    this.pieces.push(scanner.text())
  }

  private number(bytes: Buffer, start: number, end: number): boolean {
    const number = numberOf(bytes, start, end)
    if (Number.isNaN(number)) return false
    const kind = this.context.kinds[this.style] ?? 'number'
    this.value = kind === 'number' ? number : serialValue(number, kind, this.context.date1904)
    return true
  }

  private shared(index: number): void {
    const { strings, countOnly } = this.context
    if (strings === null || index < 0 || index >= strings.count) {
      throw new WorkbookRefusal(
        'damaged',
        `A cell of the sheet "${this.context.name}" points to a text that is not in the file.`,
        this.place(),
      )
    }
    if (strings.lengthOf(index) === 0) this.value = null
    else this.value = countOnly ? true : strings.get(index)
  }

  /** Text collected for a <v> or <is> becomes the value by the cell's type. */
  private finishPieces(): void {
    if (this.pieces.length === 0) return
    const text = decodeEscapes(this.pieces.length === 1 ? (this.pieces[0] as string) : this.pieces.join(''))
    this.pieces.length = 0
    if (text.length > limits.textPerCell) throw this.tooLong()
    if (text === '') return
    const trimmed = text.trim()
    if (this.type === tBoolean) this.value = trimmed === '1' || trimmed.toLowerCase() === 'true'
    else if (this.type === tError) this.value = { error: trimmed }
    else if (this.type === tDate) this.value = isoValue(text)
    else if (this.type === tNumber && trimmed === '') this.value = null
    else this.value = text
  }

  private tooLong(): WorkbookRefusal {
    return new WorkbookRefusal(
      'tooLarge',
      `A cell of the sheet "${this.context.name}" holds more than 1 MB of text.`,
      this.place(),
    )
  }

  private endCell(): void {
    this.finishPieces()
    this.inCell = false
    this.inInline = false
    this.phonetic = 0
    if (this.value === null) {
      if (this.hasFormula) this.formulasWithoutValue++
      return
    }
    const { cells, column } = this
    while (cells.length < column) cells.push(null)
    cells[column] = this.value
  }

  private endRow(): void {
    const { cells } = this
    if (cells.length === 0) return
    let count = 0
    for (const cell of cells) if (cell !== null) count++
    this.nonEmpty += count
    const number = this.numbers.take(this.row)
    if (number > this.lastRow) this.lastRow = number
    if (cells.length > this.lastColumn) this.lastColumn = cells.length
    if (!this.context.countOnly) {
      this.rows.push({ number, cells })
      this.slots += cells.length
    }
    this.cells = []
  }
}

const OPEN_VALUE = Buffer.from('<v>')
const CLOSE_CELL = Buffer.from('</v></c>')

const isFigure = (byte: number): boolean => (byte >= 48 && byte <= 57) || byte === 46 || byte === 45

function skipBlanks(bytes: Buffer, start: number, end: number): number {
  let at = start
  while (at < end && (bytes[at] as number) <= 32) at++
  return at
}

function digits(bytes: Buffer, start: number, end: number): number {
  let number = 0
  let at = skipBlanks(bytes, start, end)
  const first = at
  for (; at < end; at++) {
    const digit = (bytes[at] as number) - 48
    if (digit < 0 || digit > 9) break
    number = number * 10 + digit
  }
  return at === first ? -1 : number
}

function typeOf(bytes: Buffer, start: number, end: number): number {
  const first = bytes[start]
  if (end - start === 1) {
    if (first === 115) return tShared
    if (first === 98) return tBoolean
    if (first === 101) return tError
    if (first === 100) return tDate
    return tNumber
  }
  if (first === 115) return tString
  return first === 105 ? tInline : tNumber
}

/** Up to 15 plain digits are put together by hand (exact: both parts are below 2^53); the rest goes through Number(). */
function numberOf(bytes: Buffer, start: number, end: number): number {
  const first = bytes[start] === 45 ? start + 1 : start
  let mantissa = 0
  let scale = 0
  let at = first
  for (; at < end; at++) {
    const byte = bytes[at] as number
    if (byte >= 48 && byte <= 57) {
      mantissa = mantissa * 10 + (byte - 48)
      scale *= 10
    } else if (byte === 46 && scale === 0) scale = 1
    else break
  }
  if (at < end || !fewDigits(bytes, first, end, scale > 0)) return slowNumber(bytes, start, end)
  const value = mantissa / Math.max(1, scale)
  return first > start ? 0 - value : value
}

/** With a point there may be sixteen characters; a lone point or sign is no number. */
function fewDigits(bytes: Buffer, first: number, end: number, point: boolean): boolean {
  return end > first && end - first <= (point ? 16 : 15) && bytes[end - 1] !== 46
}

function slowNumber(bytes: Buffer, start: number, end: number): number {
  const text = decodeEntities(bytes.toString('utf8', start, end)).trim()
  const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN
  // What no number can hold ("1e999") stays the text that stands there.
  return Number.isFinite(number) ? number : Number.NaN
}
