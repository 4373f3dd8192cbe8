import type { CellValue, Workbook } from './cell.ts'
import { detectEncoding, utf8Chunks } from './encoding.ts'
import { limits } from './limits.ts'
import { type WorkbookPlace, WorkbookRefusal } from './refusal.ts'
import { MAX_ROW } from './rowNumbers.ts'
import { RowCollector, workbookOf } from './rowStream.ts'
import { isoValue } from './serial.ts'
import { XmlScanner, xmlClose, xmlEmpty, xmlNeed, xmlText } from './xml.ts'

/** True when the beginning of a file is an "XML Spreadsheet 2003". */
export function looksSheetXml(head: Buffer): boolean {
  const text = head.toString('latin1').replaceAll('\0', '')
  return /^[^<]{0,4}<(\?xml|[\w]*:?Workbook)/.test(text) && text.includes('urn:schemas-microsoft-com:office:spreadsheet')
}

type Table = { name: string; hidden: boolean; collector: RowCollector }

/** SpreadsheetML 2003: one XML file, one Worksheet element a sheet. */
class SheetXmlParser {
  readonly tables: Table[] = []
  private readonly wanted: number
  private readonly target: RowCollector | null
  private current: RowCollector | null = null
  private row = 0
  private column = -1
  private cells: CellValue[] = []
  private type = 'String'
  private mergeAcross = 0
  private pieces: string[] = []
  private inData = false

  constructor(wanted: number, target: RowCollector | null) {
    this.wanted = wanted
    this.target = target
  }

  run(scanner: XmlScanner): void {
    for (;;) {
      const kind = scanner.next()
      if (kind === xmlNeed) return
      if (kind === xmlText) {
        if (this.inData) this.pieces.push(scanner.text())
      } else if (kind === xmlClose) this.close(scanner)
      else {
        this.open(scanner)
        if (kind === xmlEmpty) this.close(scanner)
      }
    }
  }

  /** The last row begun; before the first of a file there is none to name. */
  place(): WorkbookPlace {
    const sheet = this.tables.at(-1)?.name
    return { ...(sheet === undefined ? {} : { sheet }), ...(this.row > 0 ? { row: this.row } : {}) }
  }

  private open(scanner: XmlScanner): void {
    if (scanner.is('Cell')) this.startCell(scanner.attributes())
    else if (scanner.is('Data')) {
      this.type = scanner.attributes().get('Type') ?? 'String'
      this.pieces = []
      this.inData = true
      scanner.keepText = true
    } else if (scanner.is('Row')) {
      const index = Number(scanner.attributes().get('Index') ?? 0)
      this.row = Number.isInteger(index) && index > 0 && index <= MAX_ROW ? index : this.row + 1
      this.column = -1
      this.cells = []
    } else if (scanner.is('Worksheet')) {
      const name = scanner.attributes().get('Name') ?? `Sheet${this.tables.length + 1}`
      const counting = new RowCollector(name, true)
      this.current = this.target !== null && this.tables.length === this.wanted ? this.target : counting
      this.tables.push({ name, hidden: false, collector: this.current })
      this.row = 0
    }
  }

  private startCell(attributes: Map<string, string>): void {
    const index = Number(attributes.get('Index') ?? 0)
    this.column = Number.isInteger(index) && index > 0 ? index - 1 : this.column + 1
    const across = Number(attributes.get('MergeAcross') ?? 0)
    this.mergeAcross = Number.isInteger(across) && across > 0 ? across : 0
    if (!(this.column + this.mergeAcross < limits.columns)) {
      throw new WorkbookRefusal('damaged', `A cell in row ${this.row} lies beyond the last column XFD.`, { row: this.row })
    }
  }

  private close(scanner: XmlScanner): void {
    if (scanner.is('Data')) {
      this.inData = false
      scanner.keepText = false
      while (this.cells.length < this.column) this.cells.push(null)
      this.cells[this.column] = this.value(this.pieces.join(''))
    } else if (scanner.is('Cell')) this.column += this.mergeAcross
    else if (scanner.is('Row')) {
      this.current?.add(this.row, this.cells)
      this.cells = []
    }
  }

  private value(text: string): CellValue {
    if (text === '') return null
    if (this.type === 'Number' && Number.isFinite(Number(text))) return Number(text)
    if (this.type === 'Boolean') return text.trim() === '1'
    if (this.type === 'Error') return { error: text.trim() }
    if (this.type !== 'DateTime') return text
    return dateTime(text.trim())
  }
}

/** Dates always carry a time here; midnight means that there is none, and the year 1899 that there is only a time. */
function dateTime(text: string): CellValue {
  const value = isoValue(text)
  if (value === null || typeof value !== 'object' || !('date' in value)) return value
  const [day, time] = [value.date.slice(0, 10), value.date.slice(11, 19)]
  if (day === '1899-12-31' && time !== '') return isoValue(time)
  return time === '00:00:00' ? { date: day } : value
}

/** Opens an "XML Spreadsheet 2003", usually called .xls or .xml. */
export async function openSheetXml(path: string, head: Buffer): Promise<Workbook> {
  const detected = await detectEncoding(path, head)
  const scan = async function* (parser: SheetXmlParser): AsyncGenerator<void, void, undefined> {
    const scanner = new XmlScanner()
    try {
      for await (const chunk of utf8Chunks(path, detected)) {
        scanner.feed(chunk)
        parser.run(scanner)
        yield
      }
      scanner.finish()
    } catch (error) {
      throw error instanceof WorkbookRefusal ? error.at(parser.place()) : error
    }
  }
  const first = new SheetXmlParser(-1, null)
  for await (const _step of scan(first));
  if (first.tables.length === 0) throw new WorkbookRefusal('empty', 'The workbook has no sheet with a table.')
  return workbookOf({
    format: 'xml',
    encoding: detected.encoding,
    sheets: first.tables.map(({ name, hidden }) => ({ name, hidden })),
    run: (sheet, collector) => scan(new SheetXmlParser(sheet, collector)),
  })
}
