import type { SheetInfo, SheetRow, Workbook, WorkbookNote } from './cell.ts'
import { inPart, WorkbookRefusal } from './refusal.ts'
import { readSharedStrings, type SharedStrings } from './sharedStrings.ts'
import { XmlScanner } from './xml.ts'
import { readXlsxPackage, type XlsxPackage, type XlsxSheet } from './xlsxPackage.ts'
import { XlsxSheetParser } from './xlsxSheet.ts'
import type { ZipFile } from './zip.ts'

const BATCH_ROWS = 1000
const BATCH_SLOTS = 64 * 1024

async function* parseSheet(zip: ZipFile, sheet: XlsxSheet, parser: XlsxSheetParser): AsyncGenerator<SheetRow[], void, undefined> {
  const scanner = new XmlScanner()
  try {
    for await (const chunk of zip.read(sheet.entry)) {
      scanner.feed(chunk)
      parser.run(scanner)
      if (parser.rows.length >= BATCH_ROWS || parser.slots >= BATCH_SLOTS) yield parser.take()
    }
    scanner.finish()
  } catch (error) {
    throw error instanceof WorkbookRefusal ? error.at({ ...parser.place(), part: sheet.entry.name }) : error
  }
  if (parser.rows.length > 0) yield parser.take()
}

function notesOf(sheet: string, parser: XlsxSheetParser): WorkbookNote[] {
  const notes: WorkbookNote[] = []
  const count = parser.formulasWithoutValue
  if (count > 0) {
    const what = count === 1 ? 'One formula has' : `${count} formulas have`
    const text = `${what} no stored result in the sheet "${sheet}"; such cells count as empty.`
    notes.push({ code: 'formulaWithoutValue', sheet, count, text })
  }
  if (parser.firstUnordered > 0) {
    const text = `The rows of the sheet "${sheet}" are not in order (row ${parser.firstUnordered}).`
    notes.push({ code: 'rowsOutOfOrder', sheet, row: parser.firstUnordered, text })
  }
  return notes
}

class XlsxWorkbook implements Workbook {
  readonly format = 'xlsx'
  readonly encoding = null
  readonly sheets: readonly { name: string; hidden: boolean }[]
  readonly notes: WorkbookNote[]
  private readonly zip: ZipFile
  private readonly parts: XlsxPackage
  private readonly strings: SharedStrings | null
  private readonly noted = new Set<number>()

  constructor(zip: ZipFile, parts: XlsxPackage, strings: SharedStrings | null) {
    this.zip = zip
    this.parts = parts
    this.strings = strings
    this.sheets = parts.sheets.map(({ name, hidden }) => ({ name, hidden }))
    this.notes = parts.notes
  }

  get warnings(): string[] {
    return this.notes.map((note) => note.text)
  }

  private parser(index: number, countOnly: boolean): { sheet: XlsxSheet; parser: XlsxSheetParser } {
    const sheet = this.parts.sheets[index]
    if (sheet === undefined) throw new RangeError(`The workbook has no sheet ${index}.`)
    const { kinds, date1904 } = this.parts
    return { sheet, parser: new XlsxSheetParser({ name: sheet.name, strings: this.strings, kinds, date1904, countOnly }) }
  }

  private note(index: number, name: string, parser: XlsxSheetParser): void {
    if (this.noted.has(index)) return
    this.noted.add(index)
    this.notes.push(...notesOf(name, parser))
  }

  async *rows(index: number): AsyncGenerator<SheetRow[], void, undefined> {
    const { sheet, parser } = this.parser(index, false)
    yield* parseSheet(this.zip, sheet, parser)
    this.note(index, sheet.name, parser)
  }

  async inspect(index: number): Promise<SheetInfo> {
    const { sheet, parser } = this.parser(index, true)
    const rows = parseSheet(this.zip, sheet, parser)
    while (!(await rows.next()).done);
    this.note(index, sheet.name, parser)
    return { name: sheet.name, hidden: sheet.hidden, rows: parser.lastRow, cols: parser.lastColumn, nonEmpty: parser.nonEmpty }
  }

  async close(): Promise<void> {
    await this.zip.close()
  }
}

/** Opens an xlsx or xlsm whose zip container is already open; the container is closed with the workbook. */
export async function openXlsx(zip: ZipFile, workbookPart: string): Promise<Workbook> {
  const parts = await readXlsxPackage(zip, workbookPart)
  const shared = parts.sharedStrings
  const strings = shared === null ? null : await inPart(shared.name, () => readSharedStrings(zip.read(shared)))
  return new XlsxWorkbook(zip, parts, strings)
}
