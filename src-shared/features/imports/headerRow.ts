import { cleanText, isNothing, toHalfWidth } from '../../kernel/cleaning/text.ts'

export type HeaderRow = {
  /** Index of the row that names the columns (the lower one of two header lines); -1 when the sheet begins with data. */
  readonly header: number
  /** Index of the line above that groups the columns (联系人 over 姓名 and 电话); null when there is none. */
  readonly groups: number | null
  /** Rows above the header: titles, dates, blank lines. The line of groups is among them. */
  readonly skipTop: readonly number[]
  /** Whether a row below the header is a total or a repeated header and no record. */
  readonly totals: (row: readonly string[]) => boolean
}

/** Title blocks of real sheets are shorter than this. */
const LOOK_AT = 40
const HEADER_WORD =
  /名称|姓名|客户|公司|单位|企业|电话|手机|联系|邮箱|邮件|地址|省|市|区|备注|说明|日期|时间|编号|序号|代码|金额|价格|单价|数量|类型|类别|级别|等级|状态|来源|行业|部门|职务|职位|负责人|颜色|上级|入职|离职|业务员|销售|标签|渠道|网址|性别|生日|税号|账号|产品|规格|型号|name|company|customer|account|contact|phone|mobile|tel|mail|address|city|state|province|country|date|time|\bid\b|\bno\b|code|amount|price|qty|quantity|type|status|source|industry|owner|colou?r|manager|department|note|remark|title|description|website|number/i
const DATA_LIKE =
  /^[-+¥￥$]?[\d,]+(?:\.\d+)?%?$|\d{7,}|^\d{4}[-/.年]\d{1,2}|@[\w-]+\.|^https?:|(?:有限|责任|分|总)公司|(?:路|街|弄|道)\d+号|^\d{3}\*{2,}/i
const TOTAL =
  /^(?:本?[页年月日季]?(?:合计|总计|小计|累计|共计|汇总)|合\s*计|总\s*计|小\s*计|(?:sub|grand)?\s*-?totals?|sum)(?:[:：（(]|$|\s*[\d¥￥$]|\s+(?:amount|sum|rows|records|count)\b|金额|数量|人数|行)/i

/** Finds the row of column names in a sheet: below titles and blank rows, above the first record. */
export function findHeaderRow(rows: readonly (readonly string[])[]): HeaderRow {
  const looked = rows.slice(0, LOOK_AT)
  const upper = bestRow(looked)
  const twoLines = upper >= 0 && groupsColumns(looked[upper] ?? [], looked[upper + 1] ?? [])
  const header = twoLines ? upper + 1 : upper
  const grouped = twoLines || (header > 0 && groupsColumns(looked[header - 1] ?? [], looked[header] ?? []))
  const names = header >= 0 ? (looked[header] ?? []).map(folded) : []
  const hasNames = names.some((name) => name !== '') || names.length > 1
  return {
    header,
    groups: grouped ? header - 1 : null,
    skipTop: Array.from({ length: Math.max(header, 0) }, (_, at) => at),
    totals: (row) =>
      isTotalRow(row) || (hasNames && row.length === names.length && row.every((cell, at) => folded(cell) === names[at])),
  }
}

function bestRow(rows: readonly (readonly string[])[]): number {
  let header = -1
  let best = MINIMUM
  for (const [at, row] of rows.entries()) {
    const score = headerScore(row, rows.slice(at + 1, at + 6))
    if (score > best) {
      best = score
      header = at
    }
    if (isRecord(row, rows)) break
  }
  return header
}

/**
 * The names of the columns. A group in the line above tells apart what the lower line calls alike (联系人一 姓名, 联系人二 姓名), and says whose
 * a bare 姓名 or 电话 is; where the lower line says it by itself the group is none of the name (客户基本情况 over 单位全称).
 */
export function columnNames(rows: readonly (readonly string[])[], found: Pick<HeaderRow, 'header' | 'groups'>): string[] {
  const line = (rows[found.header] ?? []).map((cell) => cleanText(cell))
  const above = found.groups === null ? [] : (rows[found.groups] ?? []).map((cell) => cleanText(cell))
  if (above.length === 0) return line
  let group = ''
  return Array.from({ length: Math.max(line.length, above.length) }, (_, at) => {
    group = above[at] || group
    const own = line[at] ?? ''
    if (own === '') return above[at] ?? ''
    if (group === '' || own.includes(group)) return own
    const alike = line.filter((one) => one === own).length > 1
    return alike || PEOPLE.test(group) || (OF_WHOM.test(own) && WHOSE.test(group)) ? `${group} ${own}` : own
  })
}

/** Words that many things have: whose they are only the group says, and only where it is a group of somebody. */
const OF_WHOM =
  /^(?:名称|姓名|名字|电话|手机|手机号码?|联系方式|邮箱|地址|职务|备注|编号|name|phone|mobile|e-?mail|address|title)$/i
const WHOSE = /负责人|法人|老板|客户|公司|企业|单位|customer|company/i
/** A 联系电话 below 联系人 is not the firm's. */
const PEOPLE = /联系人|对接人|经办人|收货人|contact/i

/** True for 合计, 总计, 本页小计, Total and their like standing first in a row. */
export function isTotalRow(cells: readonly string[]): boolean {
  const first = cells.find((cell) => cell.trim() !== '')
  return first !== undefined && TOTAL.test(toHalfWidth(cleanText(first)))
}

const MINIMUM = 2.2

function headerScore(row: readonly string[], below: readonly (readonly string[])[]): number {
  const cells = row.map((cell) => cleanText(cell)).filter((cell) => cell !== '')
  if (cells.length === 0 || isTotalRow(row)) return 0
  const dataLike = cells.filter((cell) => DATA_LIKE.test(cell)).length
  const long = cells.filter((cell) => [...cell].length > 20).length
  const words = cells.filter((cell) => HEADER_WORD.test(cell) && [...cell].length <= 20).length
  const widest = Math.max(1, ...below.map((next) => next.filter((cell) => cell.trim() !== '').length))
  const fill = Math.min(1, cells.length / widest)
  const distinct = new Set(cells).size / cells.length
  // A single cell over several columns is a title, whatever it says.
  if (cells.length === 1 && widest > 1) return 0
  const contrast = below.some((next) => next.some((cell) => DATA_LIKE.test(cleanText(cell)))) ? 0.8 : 0
  return (
    (words / cells.length) * 3 +
    fill * 1.5 +
    distinct * 0.5 +
    contrast -
    (dataLike / cells.length) * 4 -
    (long / cells.length) * 2 +
    (below.length > 0 ? 0 : -0.2) +
    typeContrast(cells, below)
  )
}

/** A row that is plainly data: no header stands below it. */
function isRecord(row: readonly string[], all: readonly (readonly string[])[]): boolean {
  const cells = row.map((cell) => cleanText(cell)).filter((cell) => cell !== '')
  const widest = Math.max(...all.map((one) => one.filter((cell) => cell.trim() !== '').length))
  return cells.length >= Math.max(2, widest * 0.6) && cells.filter((cell) => DATA_LIKE.test(cell)).length / cells.length >= 0.4
}

/** Without a known word a row still reads as a header when it is all text and the rows below hold figures in the same places. */
function typeContrast(cells: readonly string[], below: readonly (readonly string[])[]): number {
  if (cells.some((cell) => /\d{2,}/.test(cell)) || below.length === 0) return 0
  const figures = below.filter((row) => row.some((cell) => /^[-+¥$]?[\d.,]+%?$/.test(cell.trim()))).length
  return (figures / below.length) * 0.6
}

/** Two header lines: the first has gaps (merged cells) exactly where the second has names. */
function groupsColumns(upper: readonly string[], lower: readonly string[]): boolean {
  const upperNames = upper.filter((cell) => cell.trim() !== '')
  const lowerNames = lower.map((cell) => cleanText(cell)).filter((cell) => cell !== '')
  if (
    upperNames.length === 0 ||
    lowerNames.length < 2 ||
    upperNames.some((cell) => DATA_LIKE.test(cell) || [...cell].length > 20)
  )
    return false
  const gaps = upper.some(
    (cell, at) =>
      cell.trim() !== '' &&
      (upper[at + 1] ?? '').trim() === '' &&
      (lower[at + 1] ?? '').trim() !== '' &&
      (lower[at] ?? '').trim() !== '',
  )
  const words = lowerNames.filter((cell) => HEADER_WORD.test(cell) && !DATA_LIKE.test(cell) && [...cell].length <= 12).length
  return gaps && upperNames.length >= 2 && words / lowerNames.length >= 0.6
}

const folded = (cell: string): string => (isNothing(cell) ? '' : cleanText(cell))
