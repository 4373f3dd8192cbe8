import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import { limits } from './limits.ts'
import { inPart, WorkbookRefusal } from './refusal.ts'

export type ZipEntry = {
  name: string
  method: number
  encrypted: boolean
  crc: number
  packed: number
  size: number
  offset: number
}

const cut = 'The file is cut off: the end of its zip container is missing.'

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  let done = 0
  while (done < length) {
    const { bytesRead } = await handle.read(buffer, done, length - done, position + done)
    if (bytesRead === 0) throw new WorkbookRefusal('truncated', cut, { byte: position + done })
    done += bytesRead
  }
  return buffer
}

type Directory = { position: number; size: number; count: number; shift: number }

async function findDirectory(handle: FileHandle, fileSize: number): Promise<Directory> {
  const tailLength = Math.min(fileSize, 65_557)
  const tail = await readAt(handle, fileSize - tailLength, tailLength)
  let end = tail.length - 22
  while (end >= 0 && tail.readUInt32LE(end) !== 0x06054b50) end--
  if (end < 0) throw new WorkbookRefusal('truncated', cut, { byte: fileSize })
  const at = fileSize - tailLength + end
  let count = tail.readUInt16LE(end + 10)
  let size = tail.readUInt32LE(end + 12)
  let position = tail.readUInt32LE(end + 16)
  let stop = at
  if ((count === 0xffff || size === 0xffffffff || position === 0xffffffff) && at >= 20) {
    const locator = await readAt(handle, at - 20, 20)
    if (locator.readUInt32LE(0) === 0x07064b50) {
      stop = Number(locator.readBigUInt64LE(8))
      if (stop + 56 > fileSize) throw new WorkbookRefusal('truncated', cut, { byte: at - 20 })
      const record = await readAt(handle, stop, 56)
      count = Number(record.readBigUInt64LE(32))
      size = Number(record.readBigUInt64LE(40))
      position = Number(record.readBigUInt64LE(48))
    }
  }
  // Bytes before the first part (a self-extractor, a mail header) move every offset by the same amount.
  const shift = stop - size - position
  if (shift < 0) throw new WorkbookRefusal('truncated', cut, { byte: at })
  return { position: position + shift, size, count, shift }
}

function readEntries(directory: Buffer, { position, count, shift }: Directory): ZipEntry[] {
  const entries: ZipEntry[] = []
  let at = 0
  const damaged = (): WorkbookRefusal =>
    new WorkbookRefusal('damaged', 'The list of parts in the zip container is damaged.', { byte: position + at })
  while (at + 46 <= directory.length && directory.readUInt32LE(at) === 0x02014b50) {
    if (entries.length >= limits.parts) {
      throw new WorkbookRefusal('bomb', `The file has more than ${limits.parts} parts, which no workbook has.`)
    }
    const nameEnd = at + 46 + directory.readUInt16LE(at + 28)
    const extraEnd = nameEnd + directory.readUInt16LE(at + 30)
    if (extraEnd > directory.length) throw damaged()
    const entry: ZipEntry = {
      name: directory.toString('utf8', at + 46, nameEnd),
      method: directory.readUInt16LE(at + 10),
      encrypted: (directory.readUInt16LE(at + 8) & 1) === 1,
      crc: directory.readUInt32LE(at + 16),
      packed: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      offset: directory.readUInt32LE(at + 42),
    }
    zip64(directory.subarray(nameEnd, extraEnd), entry)
    entry.offset += shift
    entries.push(entry)
    at = extraEnd + directory.readUInt16LE(at + 32)
  }
  if (entries.length !== count) throw damaged()
  return entries
}

function zip64(extra: Buffer, entry: ZipEntry): void {
  let at = 0
  while (at + 4 <= extra.length) {
    const end = at + 4 + extra.readUInt16LE(at + 2)
    if (extra.readUInt16LE(at) === 1 && end <= extra.length) {
      let field = at + 4
      const take = (now: number): number => {
        if (now !== 0xffffffff || field + 8 > end) return now
        field += 8
        return Number(extra.readBigUInt64LE(field - 8))
      }
      entry.size = take(entry.size)
      entry.packed = take(entry.packed)
      entry.offset = take(entry.offset)
    }
    at = end
  }
}

/** A zip container read by its central directory, each part as a capped stream; nothing is ever written to disk. */
export class ZipFile {
  readonly path: string
  readonly entries: readonly ZipEntry[]
  readonly duplicates: readonly string[]
  private readonly handle: FileHandle
  private readonly byName = new Map<string, ZipEntry>()

  private constructor(path: string, handle: FileHandle, entries: ZipEntry[]) {
    this.path = path
    this.handle = handle
    this.entries = entries
    const duplicates: string[] = []
    for (const entry of entries) {
      const key = normalName(entry.name)
      if (this.byName.has(key)) duplicates.push(entry.name)
      this.byName.set(key, entry)
    }
    this.duplicates = duplicates
  }

  static async open(path: string): Promise<ZipFile> {
    const handle = await open(path, 'r')
    try {
      const { size } = await handle.stat()
      const directory = await findDirectory(handle, size)
      const bytes = await readAt(handle, directory.position, directory.size)
      const zip = new ZipFile(path, handle, readEntries(bytes, directory))
      zip.check(limits.unpackedBytes)
      return zip
    } catch (error) {
      await handle.close()
      throw error
    }
  }

  /** Refuses by the sizes the container declares; `read` holds each part to what it declared. */
  check(unpackedBytes: number): void {
    let total = 0
    for (const entry of this.entries) {
      total += entry.size
      ratioCheck(entry, entry.size)
    }
    if (total > unpackedBytes) {
      throw new WorkbookRefusal('tooLarge', `The workbook unpacks to more than ${Math.floor(unpackedBytes / 1024 / 1024)} MB.`)
    }
  }

  find(name: string): ZipEntry | undefined {
    return this.byName.get(normalName(name))
  }

  /** Where the packed bytes of a part begin, after its own header. */
  private async dataStart(entry: ZipEntry): Promise<number> {
    if (entry.encrypted) throw new WorkbookRefusal('encrypted', 'The workbook is protected by a password.')
    if (entry.method !== 0 && entry.method !== 8) {
      throw new WorkbookRefusal('unsupported', `The part ${entry.name} is packed by a method that is not supported.`)
    }
    const header = await inPart(entry.name, () => readAt(this.handle, entry.offset, 30))
    if (header.readUInt32LE(0) !== 0x04034b50) throw damagedPart(entry)
    const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
    const { size } = await this.handle.stat()
    if (start + entry.packed > size) throw new WorkbookRefusal('truncated', cut, { part: entry.name })
    return start
  }

  private async *inflate(entry: ZipEntry, start: number): AsyncGenerator<Buffer, void, undefined> {
    if (entry.packed === 0) return
    const source = createReadStream(this.path, { start, end: start + entry.packed - 1, highWaterMark: 1 << 16 })
    const inflate = entry.method === 8 ? createInflateRaw({ chunkSize: 1 << 17 }) : null
    try {
      // The callback is only there so that a failing source destroys the inflater; the loop sees the error itself.
      yield* (inflate === null ? source : pipeline(source, inflate, () => undefined)) as AsyncIterable<Buffer>
    } catch (error) {
      throw isInflateError(error) ? damagedPart(entry) : error
    } finally {
      source.destroy()
      inflate?.destroy()
    }
  }

  async *read(entry: ZipEntry): AsyncGenerator<Buffer, void, undefined> {
    let crc = 0
    let total = 0
    for await (const chunk of this.inflate(entry, await this.dataStart(entry))) {
      total += chunk.length
      if (total > entry.size) throw new WorkbookRefusal('bomb', `The part ${entry.name} is larger than it declares.`)
      ratioCheck(entry, total)
      crc = crc32(chunk, crc)
      yield chunk
    }
    if (total !== entry.size || crc !== entry.crc) throw damagedPart(entry)
  }

  async readWhole(entry: ZipEntry, cap: number = limits.smallPartBytes): Promise<Buffer> {
    if (entry.size > cap) throw new WorkbookRefusal('bomb', `The part ${entry.name} is far larger than in any workbook.`)
    const chunks: Buffer[] = []
    for await (const chunk of this.read(entry)) chunks.push(chunk)
    return Buffer.concat(chunks)
  }

  async close(): Promise<void> {
    await this.handle.close()
  }
}

function normalName(name: string): string {
  return name.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase()
}

function isInflateError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_')
}

function damagedPart(entry: ZipEntry): WorkbookRefusal {
  return new WorkbookRefusal('damaged', `The part ${entry.name} of the workbook is damaged.`, { part: entry.name })
}

function ratioCheck(entry: ZipEntry, unpacked: number): void {
  if (unpacked > limits.ratioFromBytes && unpacked > entry.packed * limits.ratio) {
    throw new WorkbookRefusal('bomb', `The part ${entry.name} unpacks to more than ${limits.ratio} times its size.`)
  }
}
