import { readFile } from 'node:fs/promises'
import { openBiff } from './biff.ts'
import type { Workbook } from './cell.ts'
import { type OleEntry, OleFile } from './ole.ts'
import { otherKind } from './notWorkbook.ts'
import { WorkbookRefusal } from './refusal.ts'

const protectedByPassword = 'The workbook is protected by a password.'

/** Looks through the globals of a BIFF stream for the record that says "encrypted". */
function refuseFilePass(bytes: Buffer): void {
  for (let at = 0, records = 0; at + 4 <= bytes.length && records < 10_000; records++) {
    const type = bytes.readUInt16LE(at)
    if (type === 0x2f) throw new WorkbookRefusal('encrypted', protectedByPassword)
    if (type === 0x0a) return
    at += 4 + bytes.readUInt16LE(at + 2)
  }
}

/** An OLE container is an old workbook, an encrypted new one, or something else altogether. */
function streamOf(bytes: Buffer): Buffer {
  const container = new OleFile(bytes)
  const named = (name: RegExp): OleEntry | undefined => container.entries.find((entry) => entry.stream && name.test(entry.name))
  if (named(/^(EncryptedPackage|EncryptionInfo)$/)) throw new WorkbookRefusal('encrypted', protectedByPassword)
  const entry = named(/^workbook$/i) ?? named(/^book$/i)
  if (entry === undefined)
    throw otherKind(named(/^WordDocument$/) ? 'document' : named(/^PowerPoint Document$/) ? 'presentation' : 'oldOffice')
  return container.read(entry)
}

/** The records of an xls file, taken out of their container where they have one. */
function recordsOf(bytes: Buffer): Buffer {
  const stream = bytes.readUInt32BE(0) === 0xd0cf11e0 ? streamOf(bytes) : bytes
  refuseFilePass(stream)
  return stream
}

/** Opens an xls file: of Excel 5 to 2003 and of other programs by the reader here, older ones by the library. */
export async function openXls(path: string): Promise<Workbook> {
  const bytes = await readFile(path)
  return openBiff(recordsOf(bytes)) ?? (await import('./legacy.ts')).openLegacy(bytes, 'xls')
}
