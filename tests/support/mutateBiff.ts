import { CFB } from '@e965/xlsx'
import type { Random } from './factories.ts'

/** Where the records of a BIFF stream begin. */
function records(stream: Buffer): number[] {
  const starts: number[] = []
  for (let at = 0; at + 4 <= stream.length; at += 4 + stream.readUInt16LE(at + 2)) starts.push(at)
  return starts
}

function spoilStream(stream: Buffer, roll: Random): Buffer {
  let bytes: Buffer = Buffer.from(stream)
  for (let times = 1 + roll.below(4); times > 0; times--) {
    const starts = records(bytes)
    if (starts.length === 0) return bytes
    const at = roll.pick(starts)
    const length = bytes.readUInt16LE(at + 2)
    const kind = roll.below(6)
    if (kind === 0) bytes.writeUInt16LE(roll.pick([0, 1, length + 1, 0xffff, roll.below(65_536)]), at + 2)
    else if (kind === 1) bytes.writeUInt16LE(roll.pick([0, 0x0a, 0x06, 0xfc, 0xfd, 0x3c, 0x809, roll.below(4096)]), at)
    else if (kind === 2) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 4 + length)])
    else if (kind === 3) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at, at + 4 + length), bytes.subarray(at)])
    else if (length > 0)
      bytes.fill(roll.pick([0, 0xff, roll.below(256)]), at + 4 + roll.below(length), Math.min(bytes.length, at + 4 + length))
  }
  return bytes
}

/** Records of an old workbook with wrong lengths, types and contents, dropped and doubled. */
export function spoilBiff(file: Buffer, roll: Random): Buffer | null {
  if (file.length < 8 || file.readUInt32BE(0) !== 0xd0cf11e0) return file[0] === 9 ? spoilStream(file, roll) : null
  const container = CFB.read(file, { type: 'buffer' })
  const at = container.FullPaths.findIndex((path: string) => /\/(workbook|book)$/i.test(path))
  const entry = container.FileIndex[at]
  if (entry === undefined) return null
  entry.content = spoilStream(Buffer.from(entry.content as Uint8Array), roll)
  entry.size = entry.content.length
  return CFB.write(container, { type: 'buffer' }) as Buffer
}
