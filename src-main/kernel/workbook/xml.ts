import { limits } from './limits.ts'
import { WorkbookRefusal } from './refusal.ts'

/** Token kinds of XmlScanner.next(). */
export const xmlNeed = 0
export const xmlOpen = 1
export const xmlEmpty = 2
export const xmlClose = 3
export const xmlText = 4

const LT = 60
const GT = 62
const SLASH = 47
const COLON = 58
const DOUBLE = 34
const SINGLE = 39

/**
 * A pull scanner over UTF-8 bytes. It works on the bytes, not on strings, because most of a sheet is numbers and
 * indexes that never need to become a string. Prefixes are dropped; a DOCTYPE with definitions is refused, so no entity is
 * ever defined.
 */
export class XmlScanner {
  bytes: Buffer = Buffer.alloc(0)
  pos = 0
  limit = 0
  /** Set by the consumer while it wants text complete; otherwise text is dropped as it streams by. */
  keepText = false
  depth = 0
  nameStart = 0
  nameEnd = 0
  attrStart = 0
  attrEnd = 0
  textStart = 0
  textEnd = 0
  cdata = false
  /** Bytes of the part before those in hand. */
  private before = 0
  private started = false
  private decoder: InstanceType<typeof TextDecoder> | null = null

  feed(chunk: Buffer): void {
    let next = chunk
    if (!this.started) {
      this.started = true
      if (chunk[0] === 0xff && chunk[1] === 0xfe) this.decoder = new TextDecoder('utf-16le')
      else if (chunk[0] === 0xfe && chunk[1] === 0xff) this.decoder = new TextDecoder('utf-16be')
      else if (chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) next = chunk.subarray(3)
    }
    if (this.decoder !== null) next = Buffer.from(this.decoder.decode(next, { stream: true }), 'utf8')
    const rest = this.limit - this.pos
    if (rest > limits.pendingBytes) throw new WorkbookRefusal('tooLarge', 'A single cell or tag is larger than 1 MB.')
    this.before += this.pos
    this.bytes = rest === 0 ? next : Buffer.concat([this.bytes.subarray(this.pos, this.limit), next])
    this.pos = 0
    this.limit = this.bytes.length
  }

  private damaged(): WorkbookRefusal {
    // Text that was decoded first has other bytes here than in the file.
    const place = this.decoder === null ? { byte: this.before + this.pos } : {}
    return new WorkbookRefusal('damaged', 'The XML inside the workbook is damaged.', place)
  }

  /** Call after the last chunk: an unfinished tag or element means the part was cut. */
  finish(): void {
    const rest = this.bytes.toString('latin1', this.pos, this.limit)
    if (this.depth !== 0 || /[^\s\0]/.test(rest)) throw this.damaged()
  }

  next(): number {
    for (;;) {
      const { bytes, pos, limit } = this
      if (pos >= limit) return xmlNeed
      if (bytes[pos] !== LT) {
        const end = this.findText(pos)
        if (end < 0) return xmlNeed
        this.pos = end
        if (!this.keepText) continue
        this.textStart = pos
        this.textEnd = end
        this.cdata = false
        return xmlText
      }
      if (pos + 1 >= limit) return xmlNeed
      const mark = bytes[pos + 1]
      if (mark === SLASH) return this.closeTag(pos)
      if (mark === 33 || mark === 63) {
        const kind = this.special(pos, mark)
        if (kind === -1) continue
        return kind
      }
      return this.openTag(pos)
    }
  }

  private findText(pos: number): number {
    const { bytes, limit } = this
    const near = Math.min(limit, pos + 48)
    let at = pos
    while (at < near && bytes[at] !== LT) at++
    if (at < near) return at
    const found = at < limit ? bytes.indexOf(LT, at) : -1
    if (found >= 0 && found < limit) return found
    if (!this.keepText) this.pos = limit
    return -1
  }

  private openTag(start: number): number {
    const { bytes, limit } = this
    let at = start + 1
    this.nameStart = at
    for (; at < limit; at++) {
      const byte = bytes[at] as number
      if (byte <= 32 || byte === GT || byte === SLASH) break
      if (byte === COLON) this.nameStart = at + 1
      else if (byte === LT || byte === DOUBLE) throw this.damaged()
    }
    this.nameEnd = at
    this.attrStart = at
    const end = tagEnd(bytes, at, limit)
    if (end === BROKEN) throw this.damaged()
    if (end < 0) return xmlNeed
    if (this.nameEnd === start + 1) throw this.damaged()
    this.pos = end + 1
    const empty = bytes[end - 1] === SLASH
    this.attrEnd = empty ? end - 1 : end
    if (empty) return xmlEmpty
    this.depth++
    return xmlOpen
  }

  private closeTag(start: number): number {
    const { bytes, limit } = this
    let at = start + 2
    this.nameStart = at
    for (; at < limit; at++) {
      const byte = bytes[at] as number
      if (byte === GT) {
        this.nameEnd = at
        while (this.nameEnd > this.nameStart && (bytes[this.nameEnd - 1] as number) <= 32) this.nameEnd--
        this.pos = at + 1
        this.depth--
        if (this.depth < 0) throw this.damaged()
        return xmlClose
      }
      if (byte === COLON) this.nameStart = at + 1
      else if (byte === LT) throw this.damaged()
    }
    return xmlNeed
  }

  /** Comment, processing instruction, CDATA; -1 means: skipped, go on. */
  private special(start: number, mark: number): number {
    const { bytes } = this
    if (mark === 63) return this.skipTo(start, '?>')
    const head = bytes.toString('latin1', start, Math.min(this.limit, start + 9))
    if (head.startsWith('<!--')) return this.skipTo(start + 4, '-->')
    if (head.startsWith('<![CDATA[')) {
      const end = bytes.indexOf(']]>', start + 9, 'latin1')
      if (end < 0) return xmlNeed
      this.pos = end + 3
      if (!this.keepText) return -1
      this.textStart = start + 9
      this.textEnd = end
      this.cdata = true
      return xmlText
    }
    if (/^<!(D|d)/.test(head)) {
      // One that only names its grammar defines nothing (old OpenOffice wrote it); nothing is ever fetched.
      const end = bytes.indexOf('>', start, 'latin1')
      if (end < 0 && bytes.indexOf('[', start, 'latin1') < 0) return xmlNeed
      if (end >= 0 && !bytes.toString('latin1', start, end).includes('[')) return this.skipTo(start, '>')
      throw new WorkbookRefusal(
        'doctype',
        'The workbook holds a DOCTYPE with definitions, which no office program writes; it is refused for safety.',
      )
    }
    if ('<![CDATA['.startsWith(head) || '<!--'.startsWith(head)) return xmlNeed
    throw this.damaged()
  }

  private skipTo(from: number, mark: string): number {
    const end = this.bytes.indexOf(mark, from, 'latin1')
    if (end < 0) return xmlNeed
    this.pos = end + mark.length
    return -1
  }

  /** True when the local name of the current tag is this one. */
  is(name: string): boolean {
    const length = this.nameEnd - this.nameStart
    if (length !== name.length) return false
    for (let i = 0; i < length; i++) if (this.bytes[this.nameStart + i] !== name.charCodeAt(i)) return false
    return true
  }

  /** Goes on behind the end of the element that was opened last, which the consumer has read by itself. */
  leave(pos: number): void {
    this.pos = pos
    this.depth--
  }

  name(): string {
    return this.bytes.toString('latin1', this.nameStart, this.nameEnd)
  }

  text(): string {
    const raw = this.bytes.toString('utf8', this.textStart, this.textEnd)
    return this.cdata ? lineEnds(raw) : decodeEntities(raw)
  }

  /** All attributes by local name. */
  attributes(): Map<string, string> {
    const found = new Map<string, string>()
    const raw = this.bytes.toString('utf8', this.attrStart, this.attrEnd)
    for (const match of raw.matchAll(/([^\s=:"'/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
      found.set(match[1] as string, decodeEntities(match[2] ?? match[3] ?? ''))
    }
    return found
  }
}

/** Whether these very bytes stand at `at`; the caller knows that so many are there. */
export function stands(bytes: Buffer, at: number, wanted: Buffer): boolean {
  for (let i = 0; i < wanted.length; i++) if (bytes[at + i] !== wanted[i]) return false
  return true
}

const BROKEN = -2
/** Where the tag's ">" stands, outside of quotes; -1 when it is not there yet, BROKEN where another tag begins first. */
function tagEnd(bytes: Buffer, start: number, limit: number): number {
  let quote = 0
  for (let at = start; at < limit; at++) {
    const byte = bytes[at] as number
    if (quote !== 0) {
      if (byte === quote) quote = 0
    } else if (byte === GT) return at
    else if (byte === DOUBLE || byte === SINGLE) quote = byte
    else if (byte === LT) return BROKEN
  }
  return -1
}

const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function lineEnds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
}

/** Text of an element: line ends as XML reads them, the five named entities and numeric ones. */
export function decodeEntities(raw: string): string {
  const text = lineEnds(raw)
  if (!text.includes('&')) return text
  return text.replace(/&(#x[0-9a-f]{1,8}|#[0-9]{1,10}|[a-z]+);/gi, (whole, body: string) => {
    if (body[0] !== '#') return named[body] ?? whole
    const code = body[1] === 'x' || body[1] === 'X' ? Number.parseInt(body.slice(2), 16) : Number(body.slice(1))
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD'
  })
}

/** Undoes the _xHHHH_ escapes by which workbooks carry characters that XML cannot. */
export function decodeEscapes(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9a-f]{4})_/gi, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** Walks a small part that is wholly in memory. */
export function walkXml(
  bytes: Buffer,
  open: (name: string, attributes: Map<string, string>, scanner: XmlScanner) => void,
  close?: (name: string) => void,
): void {
  const scanner = new XmlScanner()
  scanner.feed(bytes)
  for (;;) {
    const kind = scanner.next()
    if (kind === xmlNeed) break
    if (kind === xmlClose) close?.(scanner.name())
    else if (kind !== xmlText) {
      const name = scanner.name()
      open(name, scanner.attributes(), scanner)
      if (kind === xmlEmpty) close?.(name)
    }
  }
  scanner.finish()
}
