import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030'
export type DetectedEncoding = { encoding: TextEncoding; bom: number; badBytes: number }

type Tally = { valid: number; bad: number }

/** Counts valid multi-byte sequences and broken ones of UTF-8; only asked once strict UTF-8 has failed. */
class Utf8Tally {
  readonly tally: Tally = { valid: 0, bad: 0 }
  private need = 0

  feed(chunk: Buffer): void {
    const { tally } = this
    for (const byte of chunk) {
      if (this.need > 0) {
        if ((byte & 0xc0) === 0x80) {
          if (--this.need === 0) tally.valid++
          continue
        }
        this.need = 0
        tally.bad++
      }
      if (byte < 0x80) continue
      if (byte >= 0xc2 && byte <= 0xdf) this.need = 1
      else if (byte >= 0xe0 && byte <= 0xef) this.need = 2
      else if (byte >= 0xf0 && byte <= 0xf4) this.need = 3
      else tally.bad++
    }
  }
}

class GbTally {
  readonly tally: Tally = { valid: 0, bad: 0 }
  private step = 0

  feed(chunk: Buffer): void {
    for (const byte of chunk) {
      if (this.step !== 0) this.step = this.next(byte)
      else if (byte === 0xff) this.tally.bad++
      else if (byte > 0x80) this.step = 1
    }
  }

  /** Second byte of two or four, third, fourth; 0 when the character is over. */
  private next(byte: number): number {
    const digit = byte >= 0x30 && byte <= 0x39
    if (this.step === 1 && digit) return 2
    if (this.step === 2 && byte >= 0x81 && byte <= 0xfe) return 3
    const whole = this.step === 1 ? byte >= 0x40 && byte !== 0x7f && byte !== 0xff : this.step === 3 && digit
    if (whole) this.tally.valid++
    else this.tally.bad++
    return 0
  }
}

/** Length of an unfinished UTF-8 sequence at the end of a chunk. */
function unfinished(chunk: Buffer): number {
  for (let back = 1; back <= 3 && back <= chunk.length; back++) {
    const byte = chunk[chunk.length - back] as number
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0
  }
  return 0
}

async function strictUtf8(path: string): Promise<boolean> {
  let carry: Buffer = Buffer.alloc(0)
  for await (const read of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    const chunk = carry.length === 0 ? read : Buffer.concat([carry, read])
    const keep = unfinished(chunk)
    if (!isUtf8(chunk.subarray(0, chunk.length - keep))) return false
    carry = Buffer.from(chunk.subarray(chunk.length - keep))
  }
  return carry.length === 0
}

const usual = /[\t\r\n\x20-\x7e\u3000-\u303f\u4e00-\u9fff\uff01-\uffee]/g

/** UTF-16 without a mark: it has NUL bytes, and in one byte order nearly every character is a usual one. */
export function bareUtf16(head: Buffer): TextEncoding | null {
  const sample = head.subarray(0, Math.min(head.length, 8192) & ~1)
  if (!sample.includes(0)) return null
  for (const encoding of ['utf-16le', 'utf-16be'] as const) {
    const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(sample)
    if (text.length > 1 && (text.match(usual)?.length ?? 0) >= text.length * 0.9) return encoding
  }
  return null
}

function byMark(head: Buffer): DetectedEncoding | null {
  const mark = head.toString('latin1', 0, 3)
  if (mark.startsWith('\xff\xfe')) return { encoding: 'utf-16le', bom: 2, badBytes: 0 }
  if (mark.startsWith('\xfe\xff')) return { encoding: 'utf-16be', bom: 2, badBytes: 0 }
  return mark === '\xef\xbb\xbf' ? { encoding: 'utf-8', bom: 3, badBytes: 0 } : null
}

/** BOM, else strict UTF-8, else GB18030; a file with a few broken bytes keeps the encoding in which it has fewer. */
export async function detectEncoding(path: string, head: Buffer): Promise<DetectedEncoding> {
  const marked = byMark(head)
  if (marked !== null && marked.encoding !== 'utf-8') return marked
  const bare = marked === null ? bareUtf16(head) : null
  if (bare !== null) return { encoding: bare, bom: 0, badBytes: 0 }
  const bom = marked?.bom ?? 0
  if (await strictUtf8(path)) return { encoding: 'utf-8', bom, badBytes: 0 }
  return await fewestErrors(path, bom)
}

async function fewestErrors(path: string, bom: number): Promise<DetectedEncoding> {
  const utf8 = new Utf8Tally()
  const gb = new GbTally()
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    utf8.feed(chunk)
    gb.feed(chunk)
  }
  // GBK text is full of broken UTF-8; UTF-8 text with a broken byte is still mostly valid sequences.
  const mostlyUtf8 = bom > 0 || (utf8.tally.valid >= 4 && utf8.tally.valid >= utf8.tally.bad * 4)
  if (mostlyUtf8 || utf8.tally.bad < gb.tally.bad) return { encoding: 'utf-8', bom, badBytes: utf8.tally.bad }
  return { encoding: 'gb18030', bom: 0, badBytes: gb.tally.bad }
}

/** The file as UTF-8 bytes, whatever it was; broken UTF-8 bytes stay and become U+FFFD where they stand. */
export async function* utf8Chunks(path: string, detected: DetectedEncoding): AsyncGenerator<Buffer, void, undefined> {
  const source = createReadStream(path, { start: detected.bom, highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>
  if (detected.encoding === 'utf-8') {
    yield* source
    return
  }
  const decoder = new TextDecoder(detected.encoding, { ignoreBOM: true })
  for await (const chunk of source) yield Buffer.from(decoder.decode(chunk, { stream: true }), 'utf8')
  const rest = decoder.decode()
  if (rest !== '') yield Buffer.from(rest, 'utf8')
}
