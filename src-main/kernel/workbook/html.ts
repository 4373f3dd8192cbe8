import type { CellValue, Workbook, WorkbookNote } from './cell.ts'
import { detectEncoding, utf8Chunks } from './encoding.ts'
import { limits } from './limits.ts'
import { WorkbookRefusal } from './refusal.ts'
import { type RowCollector, workbookOf } from './rowStream.ts'

const named: Record<string, string> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  nbsp: '\u00A0',
  ensp: '\u2002',
  emsp: '\u2003',
  thinsp: '\u2009',
  middot: '·',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  ldquo: '“',
  rdquo: '”',
  lsquo: '‘',
  rsquo: '’',
  laquo: '«',
  raquo: '»',
  yen: '¥',
  euro: '€',
  pound: '£',
  cent: '¢',
  copy: '©',
  reg: '®',
  trade: '™',
  times: '×',
  divide: '÷',
  plusmn: '±',
  deg: '°',
  bull: '•',
  sect: '§',
  para: '¶',
  permil: '‰',
  rarr: '→',
  larr: '←',
  shy: '\u00AD',
  zwj: '\u200D',
  zwnj: '\u200C',
}

function entities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|([a-z]+));?/gi, (whole, hex?: string, dec?: string, name?: string) => {
    if (name !== undefined) return named[name] ?? named[name.toLowerCase()] ?? whole
    const code = hex === undefined ? Number(dec) : Number.parseInt(hex, 16)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD'
  })
}

const breaks = new Set(['br', 'p', 'div', 'li', 'tr'])
const raw = new Set(['script', 'style', 'title', 'noscript', 'textarea'])

/** The tables of a page as one sheet, one under the other, as Excel shows them. Nested tables become text of their cell. */
class HtmlTables {
  tables = 0
  private readonly collector: RowCollector
  private rest = ''
  private skipUntil: string | null = null
  private depth = 0
  private row = 0
  private inRow = false
  private cells: CellValue[] = []
  private spans: number[] = []
  private column = -1
  private colspan = 1
  private rowspan = 1
  private pieces: string[] | null = null

  constructor(collector: RowCollector) {
    this.collector = collector
  }

  feed(text: string, final: boolean): void {
    const input = this.rest + text
    let at = 0
    while (at < input.length) {
      const next = this.skipUntil === null ? this.token(input, at, final) : this.skip(input, at)
      if (next < 0) break
      at = next
    }
    this.rest = input.slice(at)
    if (this.rest.length > limits.pendingBytes) throw new WorkbookRefusal('tooLarge', 'A single cell or tag is larger than 1 MB.')
    if (final) this.endRow()
  }

  private skip(input: string, at: number): number {
    const mark = this.skipUntil as string
    const end = input.toLowerCase().indexOf(mark, at)
    if (end < 0) {
      // What is skipped need not be kept, only enough of it to see a mark cut in two.
      const keep = Math.max(at, input.length - mark.length)
      return keep > at ? keep : -1
    }
    this.skipUntil = null
    return end + mark.length
  }

  private token(input: string, at: number, final: boolean): number {
    if (input[at] !== '<') return this.text(input, at, final)
    if (input.startsWith('<!--', at)) {
      this.skipUntil = '-->'
      return at + 4
    }
    if (input.length - at < 4 && !final) return -1
    if (!/[a-z/!?]/i.test(input[at + 1] ?? '')) {
      this.pieces?.push('<')
      return at + 1
    }
    const end = tagEnd(input, at + 1)
    if (end < 0) return final ? input.length : -1
    this.tag(input.slice(at + 1, end))
    return end + 1
  }

  private text(input: string, at: number, final: boolean): number {
    let end = input.indexOf('<', at)
    if (end < 0) {
      if (!final) return this.pieces === null ? input.length : -1
      end = input.length
    }
    this.pieces?.push(entities(input.slice(at, end)).replace(/[ \t]*[\r\n\f][ \t\r\n\f]*/g, ' '))
    return end
  }

  private tag(tag: string): void {
    const match = /^(\/?)([a-z][a-z0-9:]*)/i.exec(tag)
    if (!match) return
    const closing = match[1] === '/'
    const name = (match[2] as string).toLowerCase()
    if (!closing && raw.has(name)) this.skipUntil = `</${name}`
    else if (name === 'table') this.table(closing)
    else if (this.depth === 1 && (name === 'tr' || name === 'td' || name === 'th')) this.part(name, closing, tag)
    else this.inline(name, closing)
  }

  private part(name: string, closing: boolean, tag: string): void {
    if (name === 'tr') {
      if (closing) this.endRow()
      else this.startRow()
    } else if (closing) this.endCell()
    else this.startCell(tag)
  }

  private inline(name: string, closing: boolean): void {
    if (breaks.has(name) && (name === 'br' || closing)) this.pieces?.push('\n')
    else if (closing && (name === 'td' || name === 'th')) this.pieces?.push(' ')
  }

  private table(closing: boolean): void {
    if (!closing) {
      if (this.depth++ === 0) {
        this.tables++
        this.spans = []
      }
      return
    }
    if (this.depth === 1) this.endRow()
    this.depth = Math.max(0, this.depth - 1)
  }

  private startRow(): void {
    this.endRow()
    this.inRow = true
    this.row++
    this.column = -1
  }

  private startCell(tag: string): void {
    this.endCell()
    if (!this.inRow) this.startRow()
    const span = (attribute: string, most: number): number => {
      const found = new RegExp(`\\s${attribute}\\s*=\\s*["']?(\\d{1,6})`, 'i').exec(tag)
      return Math.min(most, Math.max(1, Number(found?.[1] ?? 1)))
    }
    this.column++
    while ((this.spans[this.column] ?? 0) > 0) this.column++
    if (this.column >= limits.columns) {
      throw new WorkbookRefusal('damaged', `Row ${this.row} of the table has more than ${limits.columns} columns.`, {
        row: this.row,
      })
    }
    this.colspan = span('colspan', 1000)
    this.rowspan = span('rowspan', 65_534)
    this.pieces = []
  }

  private endCell(): void {
    if (this.pieces === null) return
    const text = this.pieces
      .join('')
      .replace(/ *\n */g, '\n')
      .replace(/^[ \n]+|[ \n]+$/g, '')
    this.pieces = null
    while (this.cells.length < this.column) this.cells.push(null)
    this.cells[this.column] = /^[\s\u00A0]*$/.test(text) ? null : text
    for (let at = this.column; at < this.column + this.colspan; at++) {
      while (this.spans.length <= at) this.spans.push(0)
      this.spans[at] = this.rowspan
    }
    this.column += this.colspan - 1
  }

  private endRow(): void {
    this.endCell()
    if (!this.inRow) return
    this.inRow = false
    this.collector.add(this.row, this.cells)
    this.cells = []
    for (let at = 0; at < this.spans.length; at++) {
      const left = this.spans[at] as number
      if (left > 0) this.spans[at] = left - 1
    }
  }
}

/** End of a tag; a quote counts only behind "=", so that a stray one does not swallow the page. */
function tagEnd(input: string, start: number): number {
  let quote = ''
  let before = ''
  for (let at = start; at < input.length; at++) {
    const char = input[at] as string
    if (quote !== '') {
      if (char === quote) quote = ''
    } else if (char === '>') return at
    else if ((char === '"' || char === "'") && before === '=') quote = char
    if (char > ' ') before = char
  }
  return -1
}

/** True when the beginning of a file is a web page or a piece of one. */
export function looksHtml(head: Buffer): boolean {
  const text = head
    .toString('latin1')
    .replaceAll('\0', '')
    .replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
  const start = text.replace(/^(?:\s+|<!--[\s\S]*?-->|<\?[\s\S]*?\?>)+/, '')
  return /^<(!doctype\s+html|html|head|body|table|thead|tbody|tr|meta|link|title|script|style|div|center|font|span|p|h[1-6]|b|br)\b/i.test(
    start,
  )
}

/** Opens a web page that was given a workbook's name, as many web systems export. */
export async function openHtml(path: string, name: string, head: Buffer): Promise<Workbook> {
  const detected = await detectEncoding(path, head)
  const notes: WorkbookNote[] = []
  const islandName = /<x:Name>([^<]{1,31})<\/x:Name>/i.exec(head.toString('latin1'))?.[1]
  const sheetName = islandName !== undefined && /^[\x20-\x7e]+$/.test(islandName) ? islandName : name
  const scan = async function* (collector: RowCollector): AsyncGenerator<HtmlTables, void, undefined> {
    const tables = new HtmlTables(collector)
    const decoder = new TextDecoder('utf-8')
    for await (const chunk of utf8Chunks(path, detected)) {
      tables.feed(decoder.decode(chunk, { stream: true }), false)
      yield tables
    }
    tables.feed(decoder.decode(), true)
    if (tables.tables === 0)
      throw new WorkbookRefusal('notAWorkbook', 'The file is a web page without a table.', { kind: 'webPage' })
    yield tables
  }
  const workbook = workbookOf({
    format: 'html',
    encoding: detected.encoding,
    sheets: [{ name: sheetName, hidden: false }],
    notes,
    run: (_sheet, collector) => scan(collector),
  })
  await workbook.inspect(0)
  return workbook
}
