import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Random } from './factories.ts'

/** A part of a zip container; `header` may lie about it. */
export type Part = { name: string; bytes: Buffer; header?: { size?: number; packed?: number; crc?: number; method?: number } }

/** Parts of a container by its local headers; null when it is none of those this small reader understands. */
export function unzipParts(file: Buffer): Part[] | null {
  const parts: Part[] = []
  const end = file.lastIndexOf(Buffer.from('504b0506', 'hex'))
  if (end < 0) return null
  let at = file.readUInt32LE(end + 16)
  for (let count = file.readUInt16LE(end + 10); count > 0; count--) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== 0x02014b50) return null
    const [method, packed, size] = [file.readUInt16LE(at + 10), file.readUInt32LE(at + 20), file.readUInt32LE(at + 24)]
    const [name, extra, comment] = [file.readUInt16LE(at + 28), file.readUInt16LE(at + 30), file.readUInt16LE(at + 32)]
    const local = file.readUInt32LE(at + 42)
    const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28)
    const raw = file.subarray(start, start + packed)
    if (size > 4 * 1024 * 1024) return null
    parts.push({ name: file.toString('utf8', at + 46, at + 46 + name), bytes: method === 8 ? inflateRawSync(raw) : raw })
    at += 46 + name + extra + comment
  }
  return parts
}

/** Writes parts as they are told, two of one name and lying headers included. */
export function zipParts(parts: readonly Part[]): Buffer {
  const pieces: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, bytes, header } of parts) {
    const packed = deflateRawSync(bytes)
    const nameBytes = Buffer.from(name, 'utf8')
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt16LE(0x800, 2)
    fields.writeUInt16LE(header?.method ?? 8, 4)
    fields.writeUInt32LE(header?.crc ?? crc32(bytes), 10)
    fields.writeUInt32LE(header?.packed ?? packed.length, 14)
    fields.writeUInt32LE(header?.size ?? bytes.length, 18)
    fields.writeUInt16LE(nameBytes.length, 22)
    pieces.push(Buffer.from('504b0304', 'hex'), fields, nameBytes, packed)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0)
    fields.copy(central, 6)
    central.writeUInt32LE(offset, 42)
    directory.push(central, nameBytes)
    offset += 30 + nameBytes.length + packed.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...pieces, list, end])
}

const spoils: readonly ((parts: Part[], at: number, roll: Random) => void)[] = [
  (parts, at) => void parts.splice(at, 1),
  (parts, at, roll) => void parts.splice(roll.below(parts.length), 0, { ...(parts[at] as Part) }),
  (parts, at, roll) => {
    const other = roll.below(parts.length)
    const [one, two] = [parts[at] as Part, parts[other] as Part]
    parts[at] = { ...one, bytes: two.bytes }
    parts[other] = { ...two, bytes: one.bytes }
  },
  (parts, at, roll) => {
    const part = parts[at] as Part
    parts[at] = { ...part, bytes: part.bytes.subarray(0, roll.below(part.bytes.length + 1)) }
  },
  (parts, at, roll) => {
    const field = roll.pick(['size', 'packed', 'crc', 'method'] as const)
    const value = roll.pick([0, 1, 12, 99, 0x7fffffff, 0xffffffff, roll.below(2 ** 32)])
    parts[at] = { ...(parts[at] as Part), header: { [field]: field === 'method' ? value & 0xffff : value } }
  },
  (parts, at, roll) => {
    const part = parts[at] as Part
    const name = roll.pick([
      '',
      '/',
      '../x',
      `${part.name}/`,
      part.name.toUpperCase(),
      part.name.replaceAll('/', '\\'),
      '\u0000',
      '客',
    ])
    parts[at] = { ...part, name }
  },
  (parts, at) => {
    const part = parts[at] as Part
    parts[at] = { ...part, bytes: Buffer.alloc(0) }
  },
]

/** Parts dropped, doubled, swapped, cut, renamed, emptied, with headers that lie. */
export function spoilParts(file: Buffer, roll: Random): Buffer | null {
  const parts = unzipParts(file)
  if (parts === null || parts.length === 0) return null
  for (let times = 1 + roll.below(2); times > 0 && parts.length > 0; times--)
    roll.pick(spoils)(parts, roll.below(parts.length), roll)
  return zipParts(parts)
}

/** Changes the text of one part whose name fits. */
export function changePart(file: Buffer, roll: Random, fits: RegExp, change: (text: string) => string): Buffer | null {
  const parts = unzipParts(file)
  const fitting = parts?.filter(({ name }) => fits.test(name)) ?? []
  if (parts === null || fitting.length === 0) return null
  const part = roll.pick(fitting)
  part.bytes = Buffer.from(change(part.bytes.toString('utf8')), 'utf8')
  return zipParts(parts)
}
