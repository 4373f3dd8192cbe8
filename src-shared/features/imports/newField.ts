import { readDate } from '../../kernel/cleaning/date.ts'
import { cleanText, isNothing, toHalfWidth } from '../../kernel/cleaning/text.ts'
import type { CustomType } from '../../kernel/custom/model.ts'
import { readContent } from './columnContent.ts'
import { amountUnit, readMoneyCell, readNumberCell, readYesNo, unitOf } from '../../kernel/cleaning/figures.ts'

/** What a column without a field could become: the user may change both before it is made. */
export type FieldProposal = { label: string; type: CustomType; unit: string | null; choices: string[] }

const MOSTLY = 0.8
/** Where the header says what it is, half of the cells need say no other. */
const HALF = 0.5
const CHOICES_AT_MOST = 12
const LONG = 60

/** Proposes label and type of a new field by the header and the cells of its column (empty ones too, in their order). */
export function proposeField(header: string, cells: readonly string[]): FieldProposal {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '')
  const said = filled.filter((cell) => !isNothing(cell) || readYesNo(cell) !== null)
  const label = labelOf(header)
  const type = typeOf(header, said)
  const choices = type === 'select' ? distinct(said) : []
  return { label, type, unit: type === 'number' ? unitOf(header) : null, choices }
}

/** 采购额（万元） → 采购额; *生日(必填) → 生日. */
function labelOf(header: string): string {
  const bare = cleanText(header)
    .replace(/[（([【][^（）()[\]【】]*[)）\]】]/g, ' ')
    .replace(/[/_]\s*(?:万|亿)?元?\s*$/, '')
    .replace(/^[*＊\s]+|[*＊:：?？\s]+$/g, '')
  return (cleanText(bare) || cleanText(header)).slice(0, 40)
}

const IS_MONEY =
  /额|价|款|费|预算|营收|收入|成本|资本|资金|货值|流水|利润|押金|保证金|工资|薪|amount|price|revenue|budget|cost|fee|salary|turnover|sales volume/i
const IS_DATE = /日期|时间|生日|[年月]份?$|日$|date|birthday|\bon$|\bat$/i
const IS_PHONE = /电话|手机|座机|传真|热线|号码|联系|phone|tel|mobile|fax/i
const isMobile = (cell: string): boolean => /^(?:\+?86)?1[3-9]\d{9}$/.test(cell.replace(/[\s-]/g, ''))
/** Numbers that name something are not counted with. */
const IS_NAME = /编号|编码|代码|号$|号码|账户|帐户|身份证|证件|学号|工号|型号|批次|邮编|qq|\b(?:id|no|code|number|zip)\b/i

function typeOf(header: string, cells: readonly string[]): CustomType {
  if (cells.length === 0) return IS_DATE.test(header) ? 'date' : amountUnit(header) !== null ? 'money' : 'text'
  const share = (test: (cell: string) => boolean): number => cells.filter(test).length / cells.length
  if (share((cell) => readYesNo(cell) !== null) === 1 && !share((cell) => /^[01]$/.test(cell))) return 'boolean'
  const content = readContent(cells)
  if (content.email >= MOSTLY) return 'email'
  if (content.link >= MOSTLY) return 'link'
  if (share((cell) => isDate(header, cell)) >= (IS_DATE.test(header) ? HALF : MOSTLY)) return 'date'
  if (content.phone >= MOSTLY && (IS_PHONE.test(header) || share(isMobile) >= MOSTLY)) return 'phone'
  return figureOf(header, cells, share) ?? wordsOf(cells)
}

/** A bare number is a day only where the header says so. */
function isDate(header: string, cell: string): boolean {
  const bare = /^\d+(?:\.\d+)?$/.test(cell)
  if (bare && !(IS_DATE.test(header) && /^(?:(?:19|20)\d{6}|\d{5}(?:\.\d+)?)$/.test(cell))) return false
  return readDate(cell) !== null
}

function figureOf(
  header: string,
  cells: readonly string[],
  share: (test: (cell: string) => boolean) => number,
): 'money' | 'number' | null {
  if (IS_NAME.test(cleanText(header)) || cells.some((cell) => /^0\d/.test(cell))) return null
  const named = amountUnit(header) !== null || IS_MONEY.test(header)
  const enough = amountUnit(header) === null ? MOSTLY : HALF
  const marked = share((cell) => /[¥￥$元]|rmb/i.test(cell)) >= 0.3
  if ((named || marked) && share((cell) => !('problem' in readMoneyCell(cell, header))) >= enough) return 'money'
  const unit = unitOf(header)
  return share((cell) => /\d/.test(cell) && !('problem' in readNumberCell(cell, null, unit))) >= (unit === null ? MOSTLY : HALF)
    ? 'number'
    : null
}

function wordsOf(cells: readonly string[]): 'select' | 'longText' | 'text' {
  if (cells.some((cell) => cell.includes('\n') || [...cell].length > LONG)) return 'longText'
  const different = distinct(cells)
  const few = different.length <= CHOICES_AT_MOST && cells.length >= different.length * 2 && cells.length >= 4
  return few && different.every((word) => [...word].length <= 20) ? 'select' : 'text'
}

function distinct(cells: readonly string[]): string[] {
  const seen = new Map<string, string>()
  for (const cell of cells) {
    const word = cleanText(cell)
    const key = toHalfWidth(word).toLowerCase()
    if (word !== '' && !isNothing(word) && !seen.has(key)) seen.set(key, word)
  }
  return [...seen.values()]
}
