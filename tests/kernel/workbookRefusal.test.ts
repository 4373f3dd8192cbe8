import { CFB } from '@e965/xlsx'
import { strToU8, zipSync } from 'fflate'
import { afterAll, expect, test } from 'vitest'
import { text } from '../../src-shared/features/imports/text.ts'
import { OTHER_KINDS } from '../../src-main/kernel/workbook/notWorkbook.ts'
import { inspectWorkbook, openWorkbook, placeText, WorkbookRefusal } from '../../src-main/kernel/workbook/sheet.ts'
import { makeXlsx, scratch, sheetXml } from './workbookMaker.ts'

const files = scratch()
afterAll(() => files.remove())

const good = makeXlsx([{ name: '表', xml: sheetXml('<row r="1"><c r="A1"><v>1</v></c></row>') }])

async function refusal(path: string): Promise<WorkbookRefusal> {
  try {
    const workbook = await openWorkbook(path)
    try {
      for (let sheet = 0; sheet < workbook.sheets.length; sheet++) for await (const _batch of workbook.rows(sheet));
    } finally {
      await workbook.close()
    }
  } catch (error) {
    if (error instanceof WorkbookRefusal) return error
    throw error
  }
  throw new Error(`${path} was not refused`)
}

let counter = 0
async function codeOf(bytes: Uint8Array | string): Promise<string> {
  const error = await refusal(files.put(`r${counter++}.xlsx`, bytes))
  expect(error.message).toMatch(/^[A-Z0-9].*\.$/)
  return error.code
}

function ole(streams: Record<string, Uint8Array>): Uint8Array {
  const container = CFB.utils.cfb_new()
  for (const [name, content] of Object.entries(streams)) CFB.utils.cfb_add(container, `/${name}`, content)
  return CFB.write(container, { type: 'buffer' }) as Uint8Array
}

test('what is no workbook at all', async () => {
  expect((await refusal(files.path('none.xlsx'))).code).toBe('notFound')
  expect((await refusal(files.path('.'))).code).toBe('notAWorkbook')
  expect(await codeOf('')).toBe('empty')
  expect(await codeOf('%PDF-1.7\nrest')).toBe('notAWorkbook')
  expect(await codeOf(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'))).toBe('notAWorkbook')
  expect(await codeOf(Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 7919) % 256)))).toBe('notAWorkbook')
  expect(await codeOf('<html><body><p>Session expired</p></body></html>')).toBe('notAWorkbook')
  expect(await codeOf('<?xml version="1.0"?><feed/>')).toBe('notAWorkbook')
  expect(await codeOf(zipSync({ 'word/document.xml': strToU8('<w/>') }))).toBe('notAWorkbook')
  expect(await codeOf(zipSync({ 'a.txt': strToU8('a') }))).toBe('notAWorkbook')
  expect(await codeOf(zipSync({}))).toBe('empty')
  expect(await codeOf(ole({ WordDocument: strToU8('x') }))).toBe('notAWorkbook')
})

test('says what it seems to be instead, where its first bytes or its parts tell it', async () => {
  const kindOf = async (bytes: Uint8Array | string) => (await refusal(files.put(`k${counter++}.xlsx`, bytes))).kind
  const hex = (text: string) => Buffer.concat([Buffer.from(text.replaceAll(' ', ''), 'hex'), Buffer.alloc(64)])
  expect(await kindOf('%PDF-1.7\nrest')).toBe('pdf')
  expect(await kindOf(hex('89504e470d0a1a0a'))).toBe('picture')
  expect(await kindOf(hex('ffd8ffe000104a46'))).toBe('picture')
  expect(await kindOf(hex('52494646 24000000 57454250'))).toBe('picture')
  expect(await kindOf(hex('00000018 66747970 68656963'))).toBe('picture')
  expect(await kindOf(hex('00000018 66747970 6d703432'))).toBe('media')
  expect(await kindOf(hex('52617221 1a0700'))).toBe('archive')
  expect(await kindOf(hex('fd377a585a00'))).toBe('archive')
  expect(await kindOf(zipSync({ 'a.txt': strToU8('a') }))).toBe('archive')
  expect(await kindOf(zipSync({ 'word/document.xml': strToU8('<w/>') }))).toBe('document')
  expect(await kindOf(ole({ WordDocument: strToU8('x') }))).toBe('document')
  expect(await kindOf('{\\rtf1\\ansi 客户}')).toBe('document')
  expect(await kindOf(zipSync({ 'ppt/presentation.xml': strToU8('<p/>') }))).toBe('presentation')
  expect(await kindOf(ole({ 'PowerPoint Document': strToU8('x') }))).toBe('presentation')
  expect(await kindOf(ole({ Contents: strToU8('x') }))).toBe('oldOffice')
  expect(await kindOf(Buffer.from('SQLite format 3\0'))).toBe('database')
  expect(await kindOf(hex('4d5a9000'))).toBe('program')
  expect(await kindOf('<html><body><p>Session expired</p></body></html>')).toBe('webPage')
  expect(await kindOf('<?xml version="1.0"?><feed/>')).toBe('xml')
  expect(await kindOf(Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 7919) % 256)))).toBeUndefined()
})

test('every kind has its sentence in both languages', () => {
  for (const words of [text['zh-CN'], text['en-US']] as Record<string, string>[]) {
    for (const kind of OTHER_KINDS) expect(words[`refusals.notAWorkbook.${kind}`], kind).toBeTruthy()
  }
})

test('encrypted: a new one in an OLE container, an old one with FILEPASS, a protected zip', async () => {
  expect(await codeOf(ole({ EncryptedPackage: strToU8('x'), EncryptionInfo: strToU8('y') }))).toBe('encrypted')
  const bof = Buffer.from([0x09, 0x08, 0x10, 0x00, 0x00, 0x06, 0x05, 0x00, ...Array(12).fill(0)])
  const filePass = Buffer.from([0x2f, 0x00, 0x06, 0x00, 0, 0, 1, 2, 3, 4])
  expect(await codeOf(ole({ Workbook: Buffer.concat([bof, filePass]) }))).toBe('encrypted')
  const locked = Buffer.from(good)
  for (let at = 0; at < locked.length - 4; at++) {
    if (locked.readUInt32LE(at) === 0x02014b50) locked[at + 8] = (locked[at + 8] as number) | 1
  }
  expect(await codeOf(locked)).toBe('encrypted')
})

test('cut off at any place: refused as cut or damaged, never read', async () => {
  for (const share of [0.02, 0.3, 0.6, 0.9, 0.99]) {
    expect(['truncated', 'damaged']).toContain(await codeOf(good.subarray(0, Math.floor(good.length * share))))
  }
})

test('a changed byte inside a part is noticed by its checksum', async () => {
  const stored = zipSync({ ...unpacked('<row><c t="str"><v>aaaaaaaa</v></c></row>') }, { level: 0 })
  const bytes = Buffer.from(stored)
  bytes[bytes.indexOf('aaaaaaaa') + 3] = 98
  const error = await refusal(files.put('crc.xlsx', bytes))
  expect([error.code, error.sheet]).toEqual(['damaged', '表'])
})

function unpacked(rows: string): Record<string, Uint8Array> {
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  return {
    'xl/workbook.xml': strToU8(`<workbook xmlns:r="${office}"><sheets><sheet name="表" r:id="a"/></sheets></workbook>`),
    'xl/_rels/workbook.xml.rels': strToU8(
      `<Relationships><Relationship Id="a" Type="${office}/worksheet" Target="s.xml"/></Relationships>`,
    ),
    'xl/s.xml': strToU8(sheetXml(rows)),
  }
}

test('XML that breaks off names sheet, row and column', async () => {
  const xml = sheetXml('<row r="1"><c r="A1"><v>1</v></c></row><row r="7"><c r="C7"><v>1').split('</sheetData>')[0] as string
  const error = await refusal(files.put('broken.xlsx', makeXlsx([{ name: '坏', xml }])))
  expect([error.code, error.sheet, error.row, error.column]).toEqual(['damaged', '坏', 7, 'C'])
})

test('what is broken outside of the sheets, or cut off, names the part or the byte', async () => {
  const placeOf = async (bytes: Uint8Array | string) => placeText(await refusal(files.put(`p${counter++}.xlsx`, bytes)))
  const parts = unpacked('<row><c t="str"><v>aaaaaaaa</v></c></row>')
  const broken = (name: string, text: string) => zipSync({ ...parts, [name]: strToU8(text) })
  expect(await placeOf(broken('xl/workbook.xml', '<workbook><sheets></workbook></sheets'))).toBe('xl/workbook.xml +29')
  expect(await placeOf(broken('xl/_rels/workbook.xml.rels', '<Relationships>'))).toBe('xl/_rels/workbook.xml.rels +15')
  const sst = makeXlsx([{ name: 'S', xml: sheetXml('<row r="3"><c r="B3" t="s"><v>0</v></c></row>') }], {
    sst: '<sst><si><t>a</si>',
  })
  expect(await placeOf(sst)).toBe('xl/sharedStrings.xml +74')
  expect(await placeOf(good.subarray(0, 100))).toBe('+100')
  const old = ole({ Workbook: new Uint8Array(8000) }).slice(0, 1500)
  expect(await placeOf(old)).toBe('+1500')
})

test('a shared string that is not there is refused with its place', async () => {
  const xml = sheetXml('<row r="3"><c r="B3" t="s"><v>5</v></c></row>')
  const error = await refusal(files.put('sst.xlsx', makeXlsx([{ name: 'S', xml }], { sst: '<sst><si><t>a</t></si></sst>' })))
  expect([error.code, error.row, error.column]).toEqual(['damaged', 3, 'B'])
})

test('bombs: ratio, parts, entities, a cell beyond 1 MB, a column beyond the last', async () => {
  const blanks = 'x'.padEnd(40 * 1024 * 1024)
  expect(await codeOf(makeXlsx([{ name: 'S', xml: `${sheetXml('')}<!--${blanks}-->` }]))).toBe('bomb')
  const parts = Object.fromEntries(Array.from({ length: 2001 }, (_, i) => [`p${i}`, new Uint8Array()]))
  expect(await codeOf(zipSync(parts))).toBe('bomb')
  expect(await codeOf(makeXlsx([{ name: 'S', xml: `<!DOCTYPE x [<!ENTITY a "b">]>${sheetXml('')}` }]))).toBe('doctype')
  const noise = Array.from({ length: 1_100_000 }, (_, i) => String.fromCharCode(97 + ((i * i) % 26))).join('')
  const long = await refusal(
    files.put('long.xlsx', makeXlsx([{ name: 'S', xml: sheetXml(`<row r="4"><c r="B4" t="str"><v>${noise}</v></c></row>`) }])),
  )
  expect([long.code, long.row, long.column]).toEqual(['tooLarge', 4, 'B'])
  expect(await codeOf(makeXlsx([{ name: 'S', xml: sheetXml('<row><c r="XFE1"><v>1</v></c></row>') }]))).toBe('damaged')
})

test('a DOCTYPE that only names its grammar is passed over, a web archive refused with a word', async () => {
  const named = `<!DOCTYPE worksheet PUBLIC "-//x//DTD" "x.dtd">${sheetXml('<row><c><v>1</v></c></row>')}`
  expect((await inspectWorkbook(files.put('named.xlsx', makeXlsx([{ name: 'S', xml: named }])))).sheets[0]?.nonEmpty).toBe(1)
  expect(
    await codeOf('MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related; boundary="x"\r\n'),
  ).toBe('unsupported')
})

test('a part larger than it declares is refused before it is unpacked', async () => {
  const bytes = Buffer.from(makeXlsx([{ name: 'S', xml: sheetXml('<row><c><v>1</v></c></row>'.repeat(5000)) }]))
  for (let at = 0; at < bytes.length - 46; at++) {
    if (bytes.readUInt32LE(at) === 0x02014b50) bytes.writeUInt32LE(Math.min(500, bytes.readUInt32LE(at + 24)), at + 24)
  }
  expect(await codeOf(bytes)).toBe('bomb')
})

/** A small generator with a seed, so that a failing mutation can be made again. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

test('600 mutated files: each is read or refused, none crashes', async () => {
  const sst = '<sst><si><t>张三</t></si><si><r><t>a</t></r></si></sst>'
  const xml = sheetXml(
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>x&amp;y</t></is></c></row><row r="2"><c r="A2" s="1"><v>45351.5</v></c></row>',
  )
  const styles = '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>'
  const packed = makeXlsx([{ name: 'S', xml }], { sst, styles })
  const loose = zipSync({ ...unpacked(xml.replace('<worksheet', '<worksheet ')) }, { level: 0 })
  const csv = Buffer.from('名称,电话\r\n"甲,乙",13800138000\r\n丙,"多\n行"\r\n', 'utf8')
  const html = Buffer.from(
    '<html><meta charset=utf-8><table><tr><td colspan=2>甲</td></tr><tr><td>乙<br>丙</td></tr></table></html>',
  )
  let read = 0
  let refused = 0
  for (let seed = 1; seed <= 150; seed++) {
    for (const source of [packed, loose, csv, html]) {
      const next = random(seed * 31 + source.length)
      const bytes = Buffer.from(source)
      for (let times = 1 + Math.floor(next() * 4); times > 0; times--)
        bytes[Math.floor(next() * bytes.length)] = Math.floor(next() * 256)
      try {
        await inspectWorkbook(files.put('mutated', bytes))
        read++
      } catch (error) {
        expect(error, `seed ${seed} of a file of ${source.length} bytes`).toBeInstanceOf(WorkbookRefusal)
        refused++
      }
    }
  }
  expect(read + refused).toBe(600)
  expect(refused).toBeGreaterThan(50)
})
