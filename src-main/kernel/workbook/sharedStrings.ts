import { limits } from './limits.ts'
import { WorkbookRefusal } from './refusal.ts'
import { decodeEscapes, stands, XmlScanner, xmlClose, xmlNeed, xmlOpen, xmlText } from './xml.ts'

const PAGE = 1 << 22
const FIRST_PAGE = 1 << 16
const CACHE = 1 << 14

/**
 * Shared strings in pages of bytes outside the JavaScript heap: a million strings cost their bytes and eight more each,
 * not a million objects. A string is made when a cell asks for it; a small direct-mapped cache serves repeated values.
 */
export class SharedStrings {
  private readonly pages: Buffer[] = []
  private used = 0
  private room = 0
  private starts = new Float64Array(1024)
  private lengths = new Uint32Array(1024)
  private readonly cacheIndex = new Int32Array(CACHE).fill(-1)
  private readonly cacheText: string[] = Array.from({ length: CACHE }, () => '')
  count = 0

  add(bytes: Buffer, start: number, end: number): void {
    const length = end - start
    if (length > limits.textPerCell * 4) throw tooLong()
    if (this.used + length > this.room || this.pages.length === 0) {
      // The first pages are small, since most workbooks are.
      this.room = Math.max(length, Math.min(PAGE, FIRST_PAGE << Math.min(this.pages.length, 8)))
      this.pages.push(Buffer.allocUnsafeSlow(this.room))
      this.used = 0
    }
    if (this.count === this.starts.length) {
      const starts = new Float64Array(this.count * 2)
      starts.set(this.starts)
      this.starts = starts
      const lengths = new Uint32Array(this.count * 2)
      lengths.set(this.lengths)
      this.lengths = lengths
    }
    const page = this.pages.length - 1
    bytes.copy(this.pages[page] as Buffer, this.used, start, end)
    // A page holds 4 MB at most, a longer string has a page of its own and starts at 0: the sum stays unambiguous.
    this.starts[this.count] = page * PAGE + this.used
    this.lengths[this.count] = length
    this.used += length
    this.count++
  }

  addText(text: string): void {
    if (text.length > limits.textPerCell) throw tooLong()
    const bytes = Buffer.from(text, 'utf8')
    this.add(bytes, 0, bytes.length)
  }

  /** Bytes of the string; 0 means an empty one. */
  lengthOf(index: number): number {
    return this.lengths[index] as number
  }

  get(index: number): string {
    const slot = index & (CACHE - 1)
    if (this.cacheIndex[slot] === index) return this.cacheText[slot] as string
    const start = this.starts[index] as number
    const page = Math.floor(start / PAGE)
    const offset = start - page * PAGE
    const text = (this.pages[page] as Buffer).toString('utf8', offset, offset + (this.lengths[index] as number))
    if (text.length < 256) {
      this.cacheIndex[slot] = index
      this.cacheText[slot] = text
    }
    return text
  }
}

function tooLong(): WorkbookRefusal {
  return new WorkbookRefusal('tooLarge', 'A text in the workbook is longer than 1 MB.')
}

/** Bytes that can be stored as they are: no entity, no carriage return, no _xHHHH_ escape. */
function plain(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (!isPlain(bytes[at] as number)) return false
  return true
}

const NONE = Buffer.alloc(0)
const OPEN_TEXT = Buffer.from('<t>')
const KEEP_BLANKS = Buffer.from('<t xml:space="preserve">')
const CLOSE_ITEM = Buffer.from('</t></si>')

/** No tag, no entity, no carriage return, no _xHHHH_ escape. */
const isPlain = (byte: number): boolean => byte !== 60 && byte !== 38 && byte !== 13 && byte !== 95

class SharedStringsParser {
  readonly strings = new SharedStrings()
  private pieces: string[] = []
  private inItem = false
  private inText = false
  private phonetic = 0

  run(scanner: XmlScanner): void {
    for (;;) {
      const kind = scanner.next()
      if (kind === xmlNeed) return
      if (kind === xmlText) this.text(scanner)
      else if (kind === xmlClose) this.close(scanner)
      else if (scanner.is('si')) {
        if (kind === xmlOpen) {
          if (this.plainItem(scanner)) continue
          this.inItem = true
          this.pieces.length = 0
        } else this.strings.addText('')
      } else if (kind === xmlOpen) {
        if (scanner.is('t') && this.inItem && this.phonetic === 0) {
          this.inText = true
          scanner.keepText = true
        } else if (scanner.is('rPh')) this.phonetic++
      }
    }
  }

  /** The rest of nearly every item, <t>text</t></si>, at one look; false leaves all as it was. */
  private plainItem(scanner: XmlScanner): boolean {
    const { bytes, pos, limit } = scanner
    if (scanner.keepText || this.inItem || this.phonetic !== 0 || limit - pos < KEEP_BLANKS.length) return false
    const start = pos + (stands(bytes, pos, OPEN_TEXT) ? OPEN_TEXT : stands(bytes, pos, KEEP_BLANKS) ? KEEP_BLANKS : NONE).length
    if (start === pos) return false
    let end = start
    while (end < limit && isPlain(bytes[end] as number)) end++
    if (end === start || end + CLOSE_ITEM.length > limit || !stands(bytes, end, CLOSE_ITEM)) return false
    this.strings.add(bytes, start, end)
    scanner.leave(end + CLOSE_ITEM.length)
    return true
  }

  private text(scanner: XmlScanner): void {
    if (!this.inText) return
    // The usual item is one run of plain text: copied byte by byte, no string is made.
    const { bytes, textStart, textEnd } = scanner
    if (
      this.pieces.length === 0 &&
      !scanner.cdata &&
      plain(bytes, textStart, textEnd) &&
      bytes.toString('latin1', textEnd, textEnd + 9) === '</t></si>'
    ) {
      this.strings.add(bytes, textStart, textEnd)
      this.inItem = false
      this.inText = false
      scanner.keepText = false
      return
    }
    this.pieces.push(scanner.text())
  }

  private close(scanner: XmlScanner): void {
    if (scanner.is('t')) {
      this.inText = false
      scanner.keepText = false
    } else if (scanner.is('rPh')) this.phonetic = Math.max(0, this.phonetic - 1)
    else if (scanner.is('si') && this.inItem) {
      this.inItem = false
      this.strings.addText(decodeEscapes(this.pieces.join('')))
    }
  }
}

/** Reads a shared-strings part as it streams; its count attributes are not believed. */
export async function readSharedStrings(chunks: AsyncIterable<Buffer>): Promise<SharedStrings> {
  const parser = new SharedStringsParser()
  const scanner = new XmlScanner()
  for await (const chunk of chunks) {
    scanner.feed(chunk)
    parser.run(scanner)
  }
  scanner.finish()
  return parser.strings
}
