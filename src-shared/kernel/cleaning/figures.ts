import { readAmount } from './amount.ts'
import { cleanText, toHalfWidth } from './text.ts'
import type { FieldDescriptor } from '../entity.ts'
import { EXACT_DIGITS, MOST_DECIMALS } from '../custom/values.ts'

export type AmountUnit = '元' | '万' | '亿'
/** The unit that a header names: 采购额（万元）, 预算/万, 单位：亿元. */
export function amountUnit(header: string): AmountUnit | null {
  const text = toHalfWidth(cleanText(header))
  const found = /(?:[([【/_]|单位:?)\s*(?:人民币|rmb|cny)?\s*(?:(万|亿)\s*元?|(元))(?=\s*(?:[)\]】,]|人民币|$))/i.exec(text)
  return (found?.[1] as AmountUnit | undefined) ?? (found?.[2] === undefined ? null : '元')
}

export type Figure = { value: number; shown: string } | { problem: 'amount.unread' | 'number.unread' | 'number.digits' }

/** An amount of a cell in fen, by its own unit or else that of the header. */
export function readMoneyCell(cell: string | number, header: string): Figure {
  const fen = readAmount(cell, { unit: amountUnit(header) ?? '元' })
  if (fen === null) return { problem: 'amount.unread' }
  return { value: fen, shown: fenText(fen) }
}

/** 1234567 fen → 12,345.67 */
function fenText(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0')
  const whole = digits.slice(0, -2).replace(/\B(?=(?:\d{3})+$)/g, ',')
  return `${fen < 0 ? '-' : ''}${whole}.${digits.slice(-2)}`
}

const SCALE: Readonly<Record<string, number>> = { 万: 4, 亿: 8, 千: 3, 百: 2, '%': 0 }

/** A number of a cell: 1,200, １２．５, 3.5万, 50 人 (the field's unit or the header's), -3; by its digits, so that nothing is rounded. */
export function readNumberCell(cell: string | number, precision: number | null, unit: string | null): Figure {
  const given = toHalfWidth(cleanText(typeof cell === 'number' ? plainDigits(cell) : cell)).replace(/[\s,，]/g, '')
  const bare = unit && given.endsWith(unit) ? given.slice(0, -unit.length) : given
  const found = /^([-+−])?(\d+)(?:\.(\d+))?([万亿千百%])?[一-龥]?$/.exec(bare)
  if (!found) return { problem: 'number.unread' }
  const [, sign = '', whole = '', decimals = '', step = ''] = found
  const shift = SCALE[step] ?? 0
  const moved = decimals.padEnd(shift, '0')
  const [left, right] = [(whole + moved.slice(0, shift)).replace(/^0+(?=\d)/, ''), moved.slice(shift).replace(/0+$/, '')]
  const most = precision ?? MOST_DECIMALS
  if (`${left}${right}`.replace(/^0+/, '').length > EXACT_DIGITS) return { problem: 'number.digits' }
  const value = Number(`${left}${right === '' ? '' : `.${right}`}`) * (sign === '-' || sign === '−' ? -1 : 1)
  // Digits beyond what the field holds are rounded, as a sheet shows them.
  const rounded = right.length > most ? Number(value.toFixed(most)) : value
  return { value: rounded === 0 ? 0 : rounded, shown: String(rounded) }
}

const plainDigits = (value: number): string => {
  const text = String(value)
  return text.includes('e') ? value.toFixed(MOST_DECIMALS) : text
}

/** What stands in brackets behind the name: 员工数（人） → 人. */
export function unitOf(header: string): string | null {
  const inner = /[（([]([^（）()[\]]{1,6})[)）\]]\s*$/.exec(cleanText(header))?.[1]?.trim() ?? ''
  return inner === '' || /必填|选填|required|optional|\d/.test(inner) ? null : inner
}

/** A cell as the field wants it: an amount by its unit or the header's, or a number. */
export const readFigure = ({ type, precision, unit }: FieldDescriptor, header: string, cell: string | number): Figure =>
  type === 'money' ? readMoneyCell(cell, header) : readNumberCell(cell, precision ?? null, unit ?? unitOf(header))

const YES = /^(?:1|true|yes|y|是|有|对|已|√|✓|✔)$/i
const NO = /^(?:0|false|no|n|否|无|没有|没|不是|未|×|✗|✘|x)$/i
/** Yes, no, or neither. */
export function readYesNo(text: string): boolean | null {
  const word = cleanText(text)
  if (YES.test(word)) return true
  return NO.test(word) ? false : null
}
