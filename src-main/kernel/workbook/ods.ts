import type { CellValue, Workbook } from './cell.ts'
import { limits } from './limits.ts'
import { inPart, WorkbookRefusal } from './refusal.ts'
import { cellTooLong, RowCollector, workbookOf } from './rowStream.ts'
import { isoValue } from './serial.ts'
import { walkXml, XmlScanner, xmlClose, xmlEmpty, xmlNeed, xmlText } from './xml.ts'
import type { ZipEntry, ZipFile } from './zip.ts'

const MAX_ROWS = 1_048_576
/** Repeat counts make many cells from few bytes; what they add is bounded, what stands in the file is not. */
const MAX_REPEATED = 20_000_000

/** ISO-8601 duration of a time cell in seconds. */
function durationSeconds(text: string): number | null {
  const match = /^(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?)?$/.exec(text)
  if (!match) return null
  const part = (index: number): number => Number((match[index] ?? '0').replace(',', '.'))
  const seconds = part(2) * 86_400 + part(3) * 3600 + part(4) * 60 + part(5)
  return match[1] === '-' ? -seconds : seconds
}

type Table = { name: string; hidden: boolean; collector: RowCollector }

class OdsParser {
  readonly tables: Table[] = []
  private readonly wanted: number
  private readonly target: RowCollector | null
  private readonly hiddenStyles = new Set<string>()
  private tableStyle = ''
  private current: RowCollector | null = null
  private nesting = 0
  private row = 0
  private rowRepeat = 1
  private column = 0
  private cells: CellValue[] = []
  private cell: { attributes: Map<string, string>; covered: boolean } | null = null
  private paragraphs: string[] = []
  private inParagraph = 0
  private silent = 0
  private repeated = 0

  constructor(wanted: number, target: RowCollector | null) {
    this.wanted = wanted
    this.target = target
  }

  run(scanner: XmlScanner): void {
    for (;;) {
      const kind = scanner.next()
      if (kind === xmlNeed) return
      if (kind === xmlText) {
        if (this.inParagraph > 0 && this.silent === 0) this.append(scanner.text().replace(/[ \t\n]+/g, ' '))
      } else if (kind === xmlClose) this.close(scanner)
      else {
        this.open(scanner)
        if (kind === xmlEmpty) this.close(scanner)
      }
    }
  }

  private append(text: string): void {
    const last = this.paragraphs.length - 1
    const joined = (this.paragraphs[last] as string) + text
    if (joined.length > limits.textPerCell) throw cellTooLong(this.current?.sheet ?? '', this.row, this.column)
    this.paragraphs[last] = joined
  }

  private open(scanner: XmlScanner): void {
    if (this.cell !== null) this.openInCell(scanner)
    else if (scanner.is('table-cell') || scanner.is('covered-table-cell')) {
      this.cell = { attributes: scanner.attributes(), covered: scanner.is('covered-table-cell') }
      this.paragraphs = []
    } else if (scanner.is('table-row')) {
      this.rowRepeat = repeat(scanner.attributes().get('number-rows-repeated'))
      this.column = 0
      this.cells = []
    } else if (scanner.is('table')) {
      if (this.nesting++ === 0) this.startTable(scanner.attributes())
    } else if (scanner.is('style')) this.tableStyle = scanner.attributes().get('name') ?? ''
    else if (scanner.is('table-properties') && scanner.attributes().get('display') === 'false')
      this.hiddenStyles.add(this.tableStyle)
  }

  private openInCell(scanner: XmlScanner): void {
    if (isSilent(scanner)) this.silent++
    else if (this.silent > 0) return
    else if (scanner.is('p') || scanner.is('h')) {
      this.paragraphs.push('')
      this.inParagraph++
      scanner.keepText = true
    } else if (this.inParagraph === 0) return
    else if (scanner.is('s')) this.append(' '.repeat(Math.min(limits.textPerCell, repeat(scanner.attributes().get('c')))))
    else if (scanner.is('tab')) this.append('\t')
    else if (scanner.is('line-break')) this.append('\n')
  }

  private close(scanner: XmlScanner): void {
    if (this.cell !== null) this.closeInCell(scanner)
    else if (scanner.is('table-row')) this.endRow()
    else if (scanner.is('table')) this.nesting = Math.max(0, this.nesting - 1)
  }

  private closeInCell(scanner: XmlScanner): void {
    if (scanner.is('table-cell') || scanner.is('covered-table-cell')) this.endCell()
    else if (isSilent(scanner)) this.silent = Math.max(0, this.silent - 1)
    else if (this.silent === 0 && this.inParagraph > 0 && (scanner.is('p') || scanner.is('h'))) {
      this.inParagraph--
      scanner.keepText = false
    }
  }

  private startTable(attributes: Map<string, string>): void {
    const name = attributes.get('name') ?? `Sheet${this.tables.length + 1}`
    const hidden = this.hiddenStyles.has(attributes.get('style-name') ?? '')
    this.current = this.target !== null && this.tables.length === this.wanted ? this.target : new RowCollector(name, true)
    this.tables.push({ name, hidden, collector: this.current })
    this.row = 0
  }

  private endCell(): void {
    const { attributes, covered } = this.cell as { attributes: Map<string, string>; covered: boolean }
    this.cell = null
    this.silent = 0
    this.inParagraph = 0
    const times = repeat(attributes.get('number-columns-repeated'))
    const value = covered ? null : cellValue(attributes, this.paragraphs)
    if (value !== null) {
      if (this.column + times > limits.columns) {
        const place = { sheet: this.current?.sheet ?? '', row: this.row + 1 }
        throw new WorkbookRefusal('bomb', `Row ${place.row} of the sheet "${place.sheet}" is wider than any sheet.`, place)
      }
      while (this.cells.length < this.column) this.cells.push(null)
      for (let at = 0; at < times; at++) this.cells[this.column + at] = value
      this.count(times - 1)
    }
    this.column += times
  }

  private endRow(): void {
    const { current, cells, rowRepeat } = this
    if (current !== null && cells.length > 0) {
      if (this.row + rowRepeat > MAX_ROWS) {
        throw new WorkbookRefusal('bomb', `The sheet "${current.sheet}" repeats a row more often than a sheet has rows.`, {
          sheet: current.sheet,
        })
      }
      this.count(cells.length * (rowRepeat - 1))
      for (let at = 1; at <= rowRepeat; at++) current.add(this.row + at, at === rowRepeat ? cells : [...cells])
    }
    this.row += rowRepeat
    this.cells = []
  }

  private count(more: number): void {
    this.repeated += more
    if (this.repeated > MAX_REPEATED)
      throw new WorkbookRefusal('bomb', 'The workbook repeats its cells more than any real table does.')
  }
}

function repeat(text: string | undefined): number {
  const count = Number(text ?? 1)
  return Number.isInteger(count) && count > 0 ? count : 1
}

/** Elements inside a cell whose text is not the cell's: comments, readings above characters, drawings. */
function isSilent(scanner: XmlScanner): boolean {
  return scanner.is('annotation') || scanner.is('ruby-text') || scanner.is('frame') || scanner.is('custom-shape')
}

function cellValue(attributes: Map<string, string>, paragraphs: readonly string[]): CellValue {
  const text = paragraphs.join('\n')
  // calcext repeats the type under the same local name; there it says "error" where office says "string".
  const type = attributes.get('value-type') ?? 'string'
  if (type === 'error') return { error: text }
  if (type === 'boolean') return attributes.get('boolean-value') === 'true'
  if (type === 'date') return isoValue(attributes.get('date-value') ?? text)
  const number = type === 'string' ? null : numberValue(type, attributes)
  if (number !== null) return number
  return text || attributes.get('string-value') || null
}

function numberValue(type: string, attributes: Map<string, string>): CellValue {
  if (type === 'time') {
    const duration = durationSeconds(attributes.get('time-value') ?? '')
    return duration === null ? null : { duration }
  }
  const number = Number(attributes.get('value') ?? Number.NaN)
  return Number.isFinite(number) ? number : null
}

async function* scan(zip: ZipFile, content: ZipEntry, parser: OdsParser): AsyncGenerator<void, void, undefined> {
  const scanner = new XmlScanner()
  try {
    for await (const chunk of zip.read(content)) {
      scanner.feed(chunk)
      parser.run(scanner)
      yield
    }
    scanner.finish()
  } catch (error) {
    throw error instanceof WorkbookRefusal ? error.at({ part: content.name }) : error
  }
}

/** Opens an OpenDocument spreadsheet whose container is already open; the container is closed with the workbook. */
export async function openOds(zip: ZipFile): Promise<Workbook> {
  const manifest = zip.find('META-INF/manifest.xml')
  if (manifest !== undefined) {
    // LibreOffice writes a DOCTYPE into no manifest since version 3; an older one is refused like any other.
    const bytes = await zip.readWhole(manifest)
    await inPart(manifest.name, () =>
      walkXml(bytes, (name) => {
        if (name === 'encryption-data') throw new WorkbookRefusal('encrypted', 'The workbook is protected by a password.')
      }),
    )
  }
  const content = zip.find('content.xml')
  if (content === undefined)
    throw new WorkbookRefusal('damaged', 'The content of the workbook is missing in the file.', { part: 'content.xml' })
  const first = new OdsParser(-1, null)
  for await (const _step of scan(zip, content, first));
  if (first.tables.length === 0) throw new WorkbookRefusal('empty', 'The workbook has no sheet with a table.')
  const workbook = workbookOf({
    format: 'ods',
    encoding: null,
    sheets: first.tables.map(({ name, hidden }) => ({ name, hidden })),
    run: (sheet, collector) => scan(zip, content, new OdsParser(sheet, collector)),
    close: () => zip.close(),
  })
  // All sheets lie in one part, so the first pass has counted them all.
  workbook.inspect = async (sheet) => {
    const table = first.tables[sheet]
    if (table === undefined) throw new RangeError(`The workbook has no sheet ${sheet}.`)
    const { lastRow, lastColumn, nonEmpty } = table.collector
    return { name: table.name, hidden: table.hidden, rows: lastRow, cols: lastColumn, nonEmpty }
  }
  return workbook
}
