import { open, readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { SheetInfo, Workbook } from './cell.ts'
import { openCsv } from './csv.ts'
import { bareUtf16 } from './encoding.ts'
import { looksHtml, openHtml } from './html.ts'
import { limits } from './limits.ts'
import { kindOfHead, otherKind } from './notWorkbook.ts'
import { WorkbookRefusal } from './refusal.ts'
import { looksSheetXml } from './sheetXml.ts'
import { openXlsx } from './xlsx.ts'
import { findWorkbookPart } from './xlsxPackage.ts'
import { ZipFile } from './zip.ts'

export { type CellValue, cellText, columnName, type SheetInfo, type SheetRow, type Workbook, type WorkbookNote } from './cell.ts'
export { placeText, WorkbookRefusal, type WorkbookRefusalCode } from './refusal.ts'

const HEAD = 64 * 1024

async function readHead(path: string): Promise<{ head: Buffer; size: number }> {
  let handle: Awaited<ReturnType<typeof open>>
  try {
    handle = await open(path, 'r')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    throw new WorkbookRefusal('notFound', `There is no file ${basename(path)}.`)
  }
  try {
    const stat = await handle.stat()
    if (!stat.isFile())
      throw new WorkbookRefusal('notAWorkbook', `${basename(path)} is a folder, not a workbook.`, { kind: 'folder' })
    const head = Buffer.alloc(Math.min(HEAD, stat.size))
    const { bytesRead } = await handle.read(head, 0, head.length, 0)
    return { head: head.subarray(0, bytesRead), size: stat.size }
  } finally {
    await handle.close()
  }
}

function refuseOther(head: Buffer, size: number): void {
  // Excel's lock file beside an open workbook: the user's name in a frame of 165 bytes.
  if (size === 165 && (head[0] as number) <= 54 && head.includes(0)) {
    throw new WorkbookRefusal(
      'notAWorkbook',
      'This is the lock file that Excel keeps beside an open workbook; choose the workbook itself.',
      { kind: 'lockFile' },
    )
  }
  if (/^(?:\xef\xbb\xbf)?\s*MIME-Version:/i.test(head.toString('latin1', 0, 64))) {
    throw new WorkbookRefusal('unsupported', 'The file is a web archive (MHT); open it in a spreadsheet and save it as xlsx.')
  }
  const kind = kindOfHead(head)
  if (kind !== null) throw otherKind(kind)
}

/** Text has no NUL bytes unless it is UTF-16, and hardly any control characters. */
function looksBinary(head: Buffer): boolean {
  const mark = head.toString('latin1', 0, 2)
  if (mark === '\xff\xfe' || mark === '\xfe\xff' || bareUtf16(head) !== null) return false
  if (head.includes(0)) return true
  const controls = head.toString('latin1').match(/[\x01-\x08\x0b\x0e-\x19\x1b-\x1f]/g)
  return controls !== null && controls.length > 8 && controls.length > head.length / 50
}

async function openZip(path: string): Promise<Workbook> {
  const zip = await ZipFile.open(path)
  try {
    if (zip.entries.length === 0) throw new WorkbookRefusal('empty', 'The file is an empty container without a workbook.')
    if (zip.find('xl/workbook.bin')) return await openXlsb(zip, path)
    const part = await findWorkbookPart(zip)
    if (part !== null) return await openXlsx(zip, part)
    const mimetype = zip.find('mimetype')
    const mime = mimetype === undefined ? '' : (await zip.readWhole(mimetype, 1024)).toString('latin1')
    if (mime.includes('opendocument.spreadsheet')) return await (await import('./ods.ts')).openOds(zip)
    throw otherKind(zipKind(zip, mime))
  } catch (error) {
    await zip.close()
    throw error
  }
}

function zipKind(zip: ZipFile, mime: string): Parameters<typeof otherKind>[0] {
  if (zip.find('word/document.xml') || mime.includes('opendocument.text')) return 'document'
  if (zip.find('ppt/presentation.xml') || mime.includes('opendocument.presentation')) return 'presentation'
  if (zip.find('AndroidManifest.xml')) return 'program'
  return zip.find('Index/Document.iwa') || zip.find('Index.zip') ? 'apple' : 'archive'
}

/** The library for xlsb unpacks by itself, so every part is first held to the caps here. */
async function openXlsb(zip: ZipFile, path: string): Promise<Workbook> {
  zip.check(limits.legacyUnpackedBytes)
  for (const entry of zip.entries) for await (const _chunk of zip.read(entry));
  const workbook = (await import('./legacy.ts')).openLegacy(await readFile(path), 'xlsb')
  await zip.close()
  return workbook
}

/** Opens a workbook by its content, whatever it is called; the caller closes it. */
export async function openWorkbook(path: string, options: { fileName?: string } = {}): Promise<Workbook> {
  const { head, size } = await readHead(path)
  if (size === 0) throw new WorkbookRefusal('empty', 'The file is empty.')
  if (size > limits.packedBytes) {
    throw new WorkbookRefusal('tooLarge', `The file is larger than ${limits.packedBytes / 1024 / 1024} MB.`)
  }
  if (/^PK(\x03\x04|\x05\x06|\x07\x08)/.test(head.toString('latin1', 0, 4))) return openZip(path)
  if (isBinaryWorkbook(head)) return (await import('./xls.ts')).openXls(path)
  refuseOther(head, size)
  if (looksBinary(head)) throw new WorkbookRefusal('notAWorkbook', 'The file is binary data of an unknown kind, not a workbook.')
  const name = sheetName(options.fileName ?? path)
  if (looksSheetXml(head)) return (await import('./sheetXml.ts')).openSheetXml(path, head)
  if (looksHtml(head)) return openHtml(path, name, head)
  if (/^\uFEFF?\s*<\?xml/.test(head.toString('utf8', 0, 64))) {
    throw new WorkbookRefusal('notAWorkbook', 'The file is XML, but not a workbook.', { kind: 'xml' })
  }
  return openCsv(path, name, head)
}

/** An OLE container, or the bare record stream of Excel 2 to 5. */
function isBinaryWorkbook(head: Buffer): boolean {
  if (head.length >= 8 && head.readUInt32BE(0) === 0xd0cf11e0) return true
  return (
    head.length >= 8 && head[0] === 9 && [0, 2, 4, 8].includes(head[1] as number) && head[3] === 0 && (head[2] as number) <= 16
  )
}

function sheetName(fileName: string): string {
  return basename(fileName).replace(/\.[^.]{1,5}$/, '') || 'Sheet1'
}

/** Sheets of a workbook with their real sizes, for a look before importing. */
export async function inspectWorkbook(path: string): Promise<{ sheets: SheetInfo[]; warnings: string[] }> {
  const workbook = await openWorkbook(path)
  try {
    const sheets: SheetInfo[] = []
    for (let index = 0; index < workbook.sheets.length; index++) sheets.push(await workbook.inspect(index))
    return { sheets, warnings: workbook.warnings }
  } finally {
    await workbook.close()
  }
}
