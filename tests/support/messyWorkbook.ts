import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { strToU8, unzipSync, zipSync } from 'fflate'
import { inventFirms, randomFrom } from '../../src-main/features/setup/invent.ts'

/** Where the rows that a test speaks of stand, as Excel counts. */
export const MESSY = {
  titleRows: 2,
  headerRows: 2,
  firstRow: 5,
  shortPhoneRow: 8,
  secondShortPhoneRow: 15,
  unknownOwnerRow: 9,
  twinRows: [6, 12],
} as const

type Cell = string | number | Date | null
type Person = readonly [name: string, title: string, phone: string]

const GROUPS: readonly (readonly [title: string, columns: readonly string[]])[] = [
  ['序号', ['']],
  ['客户资料', ['客户名称', '级别', '所属行业', '公司地址']],
  ['第一联系人', ['姓名', '职务', '手机']],
  ['第二联系人', ['姓名', '职务', '手机']],
  ['第三联系人', ['姓名', '职务', '手机']],
  ['业务情况', ['年采购额（万元）', '业务员', '跟进日期', '跟进情况']],
]
const WIDTH = GROUPS.reduce((sum, [, columns]) => sum + columns.length, 0)
/** One trade in the spellings of three clerks. */
const TRADES = ['机械设备', '机械 设备', '机械設備', '机械设备', '食品加工', '食品加工业', '物流运输', '物流运输']
const LEVELS = ['重点', '普通', 'A级', 'B', '一般', '']
/** Two of them tell thousands of firms apart as founders do. */
const SIGNS = [...'安宝昌达恩丰福光海和宏华嘉坚金俊康力隆茂明宁鹏启庆瑞润盛顺泰通旺祥新信兴旭雅永裕源远泽振正志中卓']
const sign = (at: number): string => SIGNS[Math.floor(at) % SIGNS.length] ?? ''
const SAID = ['电话沟通，等集团批复', '上门拜访，已留样品', '微信报价', '']

export type Made = { xlsx: string; csv: string; rows: number }

/**
 * The list that a clerk keeps in WPS: two title rows, a head of two lines with merged groups, three contacts a row, amounts in 万元, numbers
 * stored as numbers, one trade in three spellings, a row that is there twice, and a total; and the same as a CSV in GBK.
 * @param count rows of customers, at least 12.
 * @param people names of colleagues who own the customers, and customers who are in the base already.
 */
export async function makeMessyWorkbook(
  folder: string,
  count: number,
  people: { owners: readonly string[]; known: readonly string[] },
): Promise<Made> {
  const lines = [...head(), ...body(count, people)]
  const amounts = lines
    .slice(4)
    .reduce((sum, line) => sum + (typeof line[WIDTH - 4] === 'number' ? (line[WIDTH - 4] as number) : 0), 0)
  const total: Cell[] = Array.from({ length: WIDTH }, () => null)
  total[0] = '合计'
  total[WIDTH - 4] = Math.round(amounts * 100) / 100
  lines.push(total)
  const xlsx = join(folder, `客户资料汇总-${count}.xlsx`)
  const csv = join(folder, `客户资料汇总-${count}.csv`)
  await writeBook(xlsx, lines)
  writeFileSync(csv, toGbk(lines.map((line) => line.map(csvCell).join(',')).join('\r\n')))
  return { xlsx, csv, rows: lines.length }
}

function head(): Cell[][] {
  const blank = (): Cell[] => Array.from({ length: WIDTH }, () => null)
  const [title, made, groups, columns] = [blank(), blank(), blank(), blank()]
  title[0] = '海川自动化 2026 年客户资料汇总（华东区）'
  made[0] = '制表：周掌柜　　日期：2026-11-18'
  let at = 0
  for (const [group, names] of GROUPS) {
    groups[at] = group
    for (const name of names) columns[at++] = name === '' ? null : name
  }
  return [title, made, groups, columns]
}

function body(count: number, { owners, known }: { owners: readonly string[]; known: readonly string[] }): Cell[][] {
  const random = randomFrom(1118)
  const firms = inventFirms(random, count, { now: '2026-11-18T00:00:00.000Z', owners: [] })
  const lines = firms.map((firm, at): Cell[] => {
    const people: Person[] = [0, 1, 2].map((which) => {
      // Every second firm has a third person: the one who keeps the next firm's books.
      const contact = firm.contacts[which] ?? (which === 2 && at % 2 === 0 ? firms[at + 1]?.contacts[0] : undefined)
      return contact ? [contact.name, contact.title, contact.phone.slice(3)] : ['', '', '']
    })
    const name = known[at - 2] ?? `${firm.name.slice(0, 4)}${sign(at)}${sign(at / SIGNS.length)}${firm.name.slice(4)}`
    const [first = ['', '', ''], ...others] = people
    return [
      at + 1,
      at % 7 === 3 ? `${name}　` : name,
      LEVELS[at % LEVELS.length] ?? '',
      TRADES[at % TRADES.length] ?? '',
      `${firm.province}${firm.city}${firm.district}${firm.address}`,
      first[0],
      first[1],
      // Excel keeps what looks like a number as one.
      at % 3 === 0 && first[2] !== '' ? Number(first[2]) : `${first[2].slice(0, 3)}-${first[2].slice(3)}`.replace(/^-$/, ''),
      ...others.flat(),
      at % 4 === 1 ? `${(at % 90) + 1}.5万` : Math.round(random() * 90_000) / 100,
      owners[at % owners.length] ?? '',
      new Date(Date.UTC(2026, at % 11, (at % 27) + 1)),
      SAID[at % SAID.length] ?? '',
    ]
  })
  const row = (excelRow: number): Cell[] => lines[excelRow - MESSY.firstRow] ?? []
  row(MESSY.shortPhoneRow)[7] = '1381 577 04'
  row(MESSY.secondShortPhoneRow)[7] = '139 0533 68'
  row(MESSY.unknownOwnerRow)[WIDTH - 3] = '小刘'
  const [one, other] = MESSY.twinRows
  row(other)[1] = `${String(row(one)[1]).replace(/(?:股份)?有限公司$/, '')}（老客户）`
  for (let at = 4; at < 8; at++) row(other)[at] = row(one)[at] ?? null
  return lines
}

/** Written by one library, then given what WPS leaves in its files. */
async function writeBook(file: string, lines: readonly Cell[][]): Promise<void> {
  const book = new ExcelJS.Workbook()
  const notes = book.addWorksheet('填表说明', { state: 'hidden' })
  notes.addRow(['请勿删除本表'])
  const sheet = book.addWorksheet('华东')
  sheet.addRows(lines.map((line) => [...line]))
  sheet.getColumn(WIDTH - 1).numFmt = 'yyyy"年"m"月"d"日";@'
  for (const row of [1, 2]) sheet.mergeCells(row, 1, row, WIDTH)
  sheet.mergeCells(3, 1, 4, 1)
  let at = 1
  for (const [, names] of GROUPS) {
    if (names.length > 1) sheet.mergeCells(3, at, 3, at + names.length - 1)
    at += names.length
  }
  await book.xlsx.writeFile(file)
  const parts = unzipSync(readFileSync(file))
  parts['docProps/custom.xml'] = strToU8(
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="KSOProductBuildVer"><vt:lpwstr>2052-12.1.0.18608</vt:lpwstr></property></Properties>`,
  )
  writeFileSync(file, zipSync(parts))
}

function csvCell(cell: Cell): string {
  const text =
    cell instanceof Date ? `${cell.getUTCFullYear()}/${cell.getUTCMonth() + 1}/${cell.getUTCDate()}` : String(cell ?? '')
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Node reads GBK but does not write it: the table is turned round. */
function toGbk(text: string): Buffer {
  const decoder = new TextDecoder('gbk')
  const bytesOf = new Map<string, readonly number[]>()
  for (let high = 0x81; high <= 0xfe; high++)
    for (let low = 0x40; low <= 0xfe; low++) {
      const sign = low === 0x7f ? '' : decoder.decode(Uint8Array.of(high, low))
      // The first place of a sign is its own; some stand a second time in a corner that only decoders know.
      if (!bytesOf.has(sign)) bytesOf.set(sign, [high, low])
    }
  const out: number[] = []
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0
    const bytes = code < 0x80 ? [code] : bytesOf.get(sign)
    if (!bytes) throw new Error(`GBK has no ${sign}`)
    out.push(...bytes)
  }
  return Buffer.from(out)
}
