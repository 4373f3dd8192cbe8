import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { importFile, type ImportFileRequest, type ImportFileResult } from '../../src-main/features/imports/public.ts'
import { tableDigests, wholeDigest } from '../../src-main/kernel/digest.ts'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { type Client, clientAs, type TestBackend } from '../support/backend.ts'

const folder = mkdtempSync(join(tmpdir(), 'kezhan-import-files-'))
let made = 0
const fresh = (extension: string): string => join(folder, `file-${++made}.${extension}`)

export function csvFile(
  rows: readonly (readonly string[])[],
  options: { encoding?: 'utf8' | 'gb18030'; bom?: boolean } = {},
): string {
  const path = fresh('csv')
  const text = rows
    .map((row) => row.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(','))
    .join('\r\n')
  writeFileSync(path, options.encoding === 'gb18030' ? gb18030(text) : `${options.bom ? '\ufeff' : ''}${text}`)
  return path
}

/** Node decodes GB18030 but does not encode it: the table is turned round. */
function gb18030(text: string): Buffer {
  const decoder = new TextDecoder('gb18030')
  const codes = new Map<string, number[]>()
  for (let high = 0x81; high <= 0xfe; high++)
    for (let low = 0x40; low <= 0xfe; low++) if (low !== 0x7f) codes.set(decoder.decode(Uint8Array.of(high, low)), [high, low])
  return Buffer.from([...text].flatMap((sign) => (sign.charCodeAt(0) < 128 ? [sign.charCodeAt(0)] : (codes.get(sign) ?? [0x3f]))))
}

export async function xlsxFile(rows: readonly (readonly unknown[])[]): Promise<string> {
  const path = fresh('xlsx')
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('华东')
  for (const row of rows) sheet.addRow(row as unknown[])
  await book.xlsx.writeFile(path)
  return path
}

export function textFile(content: string | Buffer, extension = 'txt'): string {
  const path = fresh(extension)
  writeFileSync(path, content)
  return path
}

export const outFile = (): string => fresh('xlsx')

export const bring = (
  backend: TestBackend,
  actor: Actor,
  file: string,
  options: Partial<ImportFileRequest> = {},
): Promise<ImportFileResult> =>
  importFile(backend.backend, actor, {
    entity: 'customer',
    file,
    onDuplicate: 'fill',
    empty: 'keep',
    dryRun: false,
    errorsOut: null,
    ...options,
  })

export const digestOf = (backend: TestBackend): string => wholeDigest(tableDigests(backend.backend.database.raw))
export const rowsOf = (backend: TestBackend, sql: string): Record<string, unknown>[] =>
  backend.backend.database.raw.prepare(sql).all() as Record<string, unknown>[]
export const sum = (result: { created: number; updated: number; skipped: number; failed: number }): number =>
  result.created + result.updated + result.skipped + result.failed

/** Waits for the background part of an import as a page does. */
export async function settled(client: Client, id: string): Promise<Awaited<ReturnType<Client['imports']['get']>>> {
  for (let tries = 0; tries < 2000; tries++) {
    const detail = await client.imports.get({ id })
    if (!['preparing', 'running', 'undoing', 'cancelling'].includes(detail.state)) return detail
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error('the import does not come to an end')
}

/** Brings a file in and says what its rows were told, as the last page of the wizard does. */
export async function toldRows(backend: TestBackend, actor: Actor, options: Partial<ImportFileRequest> & { file: string }) {
  const { importId } = await bring(backend, actor, options.file, options)
  const { rows } = await clientAs(backend.backend, actor).imports.check({ id: importId, filter: 'all', offset: 0, limit: 50 })
  return { importId, rows: rows.map(({ outcome, reason }) => ({ outcome, reason })) }
}
