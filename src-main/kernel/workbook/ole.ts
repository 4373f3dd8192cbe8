import { type WorkbookPlace, WorkbookRefusal } from './refusal.ts'

// "Compound File Binary" containers, of which old Office documents and encrypted new ones are made.
const END = 0xfffffffa
const MINI = 4096

export type OleEntry = { name: string; start: number; size: number; stream: boolean }

function damaged(place: WorkbookPlace): WorkbookRefusal {
  return new WorkbookRefusal('damaged', 'The container of the old workbook is damaged and cannot be read.', place)
}

/** A container whose tables are walked with a bound on every chain: a damaged one may run in circles. */
export class OleFile {
  readonly entries: readonly OleEntry[]
  private readonly bytes: Buffer
  private readonly sector: number
  private readonly table: Buffer
  private root: OleEntry | null = null

  constructor(bytes: Buffer) {
    if (bytes.length < 512)
      throw new WorkbookRefusal('truncated', 'The file is cut off within its first bytes.', { byte: bytes.length })
    this.bytes = bytes
    const shift = bytes.readUInt16LE(30)
    if (shift < 7 || shift > 16) throw damaged({ byte: 30 })
    this.sector = 1 << shift
    this.table = this.allocation()
    this.entries = this.directory()
  }

  private at(sector: number): Buffer {
    const start = (sector + 1) * this.sector
    if (start >= this.bytes.length)
      throw new WorkbookRefusal('truncated', 'The file is cut off: a part of its container is missing.', {
        byte: this.bytes.length,
      })
    return this.bytes.subarray(start, start + this.sector)
  }

  /** The table that says which sector follows which; its own sectors are listed in the header and in a chain behind it. */
  private allocation(): Buffer {
    const sectors: Buffer[] = []
    const most = Math.ceil(this.bytes.length / this.sector)
    const take = (list: Buffer, from: number, to: number): void => {
      for (let at = from; at + 4 <= to && sectors.length <= most; at += 4) {
        const sector = list.readUInt32LE(at)
        if (sector < END) sectors.push(this.at(sector))
      }
    }
    take(this.bytes, 76, 512)
    let next = this.bytes.readUInt32LE(68)
    for (let steps = 0; next < END && steps < most; steps++) {
      const list = this.at(next)
      take(list, 0, list.length - 4)
      next = list.length >= 4 ? list.readUInt32LE(list.length - 4) : END
    }
    return Buffer.concat(sectors)
  }

  private chain(first: number, size: number): Buffer {
    const parts: Buffer[] = []
    let length = 0
    for (let sector = first; sector < END && length < size; ) {
      const part = this.at(sector)
      parts.push(part)
      length += part.length
      if (length > this.bytes.length) throw damaged({ byte: (sector + 1) * this.sector })
      sector = sector * 4 + 4 <= this.table.length ? this.table.readUInt32LE(sector * 4) : END
    }
    const whole = Buffer.concat(parts)
    return size < whole.length ? whole.subarray(0, size) : whole
  }

  private directory(): OleEntry[] {
    const list = this.chain(this.bytes.readUInt32LE(48), this.bytes.length)
    const entries: OleEntry[] = []
    for (let at = 0; at + 128 <= list.length; at += 128) {
      const kind = list[at + 66]
      const nameBytes = Math.min(64, list.readUInt16LE(at + 64))
      if (kind !== 1 && kind !== 2 && kind !== 5) continue
      const name = list.toString('utf16le', at, at + Math.max(0, nameBytes - 2))
      const entry = { name, start: list.readUInt32LE(at + 116), size: list.readUInt32LE(at + 120), stream: kind === 2 }
      if (kind === 5) this.root ??= entry
      entries.push(entry)
    }
    return entries
  }

  /** The bytes of a stream; small ones lie together in a stream of their own. */
  read(entry: OleEntry): Buffer {
    const least = Math.min(MINI, this.bytes.readUInt32LE(56) || MINI)
    return entry.size >= least ? this.chain(entry.start, entry.size) : this.small(entry)
  }

  private small(entry: OleEntry): Buffer {
    if (this.root === null) throw damaged({ part: entry.name })
    const [store, table] = [
      this.chain(this.root.start, this.root.size),
      this.chain(this.bytes.readUInt32LE(60), this.bytes.length),
    ]
    const size = 1 << Math.min(12, this.bytes.readUInt16LE(32))
    const parts: Buffer[] = []
    for (let sector = entry.start, steps = 0; sector < END && parts.length * size < entry.size; steps++) {
      if (steps > this.bytes.length / size) throw damaged({ part: entry.name })
      parts.push(store.subarray(sector * size, sector * size + size))
      sector = sector * 4 + 4 <= table.length ? table.readUInt32LE(sector * 4) : END
    }
    return Buffer.concat(parts).subarray(0, entry.size)
  }
}
