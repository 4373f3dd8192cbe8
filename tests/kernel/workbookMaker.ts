import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import type { SheetRow } from '../../src-main/kernel/workbook/cell.ts'
import { openWorkbook } from '../../src-main/kernel/workbook/sheet.ts'

/** A folder for the files of one test file; `remove` belongs into afterAll. */
export function scratch(): { path(name: string): string; put(name: string, bytes: Uint8Array | string): string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'kezhan-workbook-'))
  return {
    path: (name) => join(folder, name),
    put: (name, bytes) => {
      writeFileSync(join(folder, name), bytes)
      return join(folder, name)
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

export type SheetPart = { name: string; xml: string; state?: string; type?: string }

/** A workbook put together by hand, so that every oddity of real files can be made on purpose. */
export function makeXlsx(
  sheets: readonly SheetPart[],
  options: { sst?: string; styles?: string; workbookPr?: string; extra?: Record<string, Uint8Array> } = {},
): Uint8Array {
  const files: Record<string, Uint8Array> = {}
  const put = (name: string, xml: string): void => {
    files[name] = strToU8(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${xml}`)
  }
  put(
    '_rels/.rels',
    `<Relationships><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  )
  const list = sheets.map(
    (s, i) => `<sheet name="${s.name}" sheetId="${i + 1}" state="${s.state ?? 'visible'}" r:id="rId${i + 1}"/>`,
  )
  put(
    'xl/workbook.xml',
    `<workbook xmlns="${main}" xmlns:r="${office}">${options.workbookPr ?? ''}<sheets>${list.join('')}</sheets></workbook>`,
  )
  let links = ''
  for (const [i, sheet] of sheets.entries()) {
    links += `<Relationship Id="rId${i + 1}" Type="${office}/${sheet.type ?? 'worksheet'}" Target="worksheets/sheet${i + 1}.xml"/>`
    put(`xl/worksheets/sheet${i + 1}.xml`, sheet.xml)
  }
  if (options.sst !== undefined) {
    links += `<Relationship Id="sst" Type="${office}/sharedStrings" Target="/xl/sharedStrings.xml"/>`
    put('xl/sharedStrings.xml', options.sst)
  }
  if (options.styles !== undefined) {
    links += `<Relationship Id="sty" Type="${office}/styles" Target="styles.xml"/>`
    put('xl/styles.xml', options.styles)
  }
  put('xl/_rels/workbook.xml.rels', `<Relationships>${links}</Relationships>`)
  return zipSync({ ...files, ...options.extra })
}

export function sheetXml(rows: string): string {
  return `<worksheet xmlns="${main}"><dimension ref="A1:ZZ65536"/><sheetData>${rows}</sheetData></worksheet>`
}

export async function readAll(path: string, sheet = 0): Promise<SheetRow[]> {
  const workbook = await openWorkbook(path)
  try {
    const rows: SheetRow[] = []
    for await (const batch of workbook.rows(sheet)) rows.push(...batch)
    return rows
  } finally {
    await workbook.close()
  }
}

export async function readCells(path: string, sheet = 0): Promise<SheetRow['cells'][]> {
  return (await readAll(path, sheet)).map((row) => row.cells)
}

const gbCodes = new Map<string, Buffer>()

/** Node decodes GB18030 but cannot write it: the table is made by decoding every code there is. */
function gbTable(): Map<string, Buffer> {
  if (gbCodes.size > 0) return gbCodes
  const decoder = new TextDecoder('gb18030')
  const learn = (code: Buffer): void => {
    const text = decoder.decode(code)
    if ([...text].length === 1 && text !== '\uFFFD' && !gbCodes.has(text)) gbCodes.set(text, code)
  }
  for (let first = 0x81; first <= 0xfe; first++)
    for (let second = 0x40; second <= 0xfe; second++) learn(Buffer.from([first, second]))
  for (let first = 0x81; first <= 0x84; first++) {
    for (let second = 0x30; second <= 0x39; second++) {
      for (let third = 0x81; third <= 0xfe; third++) {
        for (let fourth = 0x30; fourth <= 0x39; fourth++) learn(Buffer.from([first, second, third, fourth]))
      }
    }
  }
  return gbCodes
}

/** Text in GB18030, of which GBK is a part. */
export function gbk(text: string): Buffer {
  const table = gbTable()
  return Buffer.concat(
    Array.from(text, (character) => {
      const code = character.codePointAt(0) as number
      if (code < 0x80) return Buffer.from([code])
      if (code < 0x10000) return table.get(character) ?? Buffer.from('?')
      const index = code - 0x10000
      const [a, b, c, d] = [Math.floor(index / 12_600), Math.floor(index / 1260) % 10, Math.floor(index / 10) % 126, index % 10]
      return Buffer.from([0x90 + a, 0x30 + b, 0x81 + c, 0x30 + d])
    }),
  )
}
