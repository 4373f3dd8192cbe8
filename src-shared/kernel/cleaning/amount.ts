import { cleanText, isNothing, toHalfWidth } from './text.ts'

export type AmountOptions = {
  /** The unit the header names (金额（万元）), used where the cell names none. */
  readonly unit?: '元' | '万' | '亿'
}

const UNIT: Readonly<Record<string, bigint>> = {
  分: 1n,
  角: 10n,
  元: 100n,
  百: 10_000n,
  千: 100_000n,
  万: 1_000_000n,
  百万: 100_000_000n,
  千万: 1_000_000_000n,
  亿: 10_000_000_000n,
  k: 100_000n,
  w: 1_000_000n,
  m: 100_000_000n,
}
const NUMERAL: Readonly<Record<string, bigint>> = {
  零: 0n,
  〇: 0n,
  一: 1n,
  壹: 1n,
  二: 2n,
  贰: 2n,
  两: 2n,
  三: 3n,
  叁: 3n,
  四: 4n,
  肆: 4n,
  五: 5n,
  伍: 5n,
  六: 6n,
  陆: 6n,
  七: 7n,
  柒: 7n,
  八: 8n,
  捌: 8n,
  九: 9n,
  玖: 9n,
}
const STEP: Readonly<Record<string, bigint>> = { 十: 10n, 拾: 10n, 百: 100n, 佰: 100n, 千: 1000n, 仟: 1000n }

/**
 * An amount in fen, or null when the cell is no amount. Understood: 1,234.50, ¥1234.5, 3.5万, 1.2亿元, 12万3千, -500, (500), 5k, 壹万贰仟元整, 1.5E+6.
 * Decimal places beyond the fen are rounded half up, in integers: no float ever touches money.
 */
export function readAmount(cell: string | number, options: AmountOptions = {}): number | null {
  if (typeof cell === 'number' && !Number.isFinite(cell)) return null
  const raw = typeof cell === 'number' ? plainNumber(cell) : cell
  if (isNothing(raw)) return null
  let text = toHalfWidth(cleanText(raw))
    .replace(/[\s,，]/g, '')
    .toLowerCase()
  const negative = /^[-−(（]/.test(text) || /^[¥￥$]-/.test(text)
  text = text
    .replace(/^[-−+(（]+|[)）]$/g, '')
    .replace(/^(?:人民币|rmb|cny|约|共|合计)?[:：]?[¥￥$€]?-?/, '')
    .replace(/(?:人民币|rmb|cny|圆|块|整|正|左右)+$/g, (tail) => (tail.includes('圆') || tail.includes('块') ? '元' : ''))
  const fen = readFigures(text, options) ?? readNumerals(text)
  if (fen === null || fen > BigInt(Number.MAX_SAFE_INTEGER)) return null
  return Number(negative ? -fen : fen) || 0
}

/** The digits of a number as they stand in the cell, without 1.5e+21. */
const plainNumber = (value: number): string =>
  Math.abs(value) < 1e21 && !String(value).includes('e') ? String(value) : value.toFixed(2)

const SCIENTIFIC = /^(\d)(?:\.(\d+))?e\+?(\d{1,2})$/
const FIGURE = /(\d+)(?:\.(\d*))?(千万|百万|万|亿|千|百|元|角|分|k|w|m)?(?:元(?=$|\d))?/g

function readFigures(text: string, { unit = '元' }: AmountOptions): bigint | null {
  const scientific = SCIENTIFIC.exec(text)
  if (scientific) {
    const [, lead = '', decimals = '', power = '0'] = scientific
    return BigInt(lead + decimals.padEnd(Number(power), '0').slice(0, Number(power))) * 100n
  }
  const pieces = [...text.matchAll(FIGURE)]
  if (pieces.length === 0 || pieces.map((piece) => piece[0]).join('') !== text) return null
  // 12万3千: only the last piece of several may go without its unit.
  if (pieces.slice(0, -1).some((piece) => piece[3] === undefined)) return null
  const otherwise = pieces.length === 1 ? unit : '元'
  return pieces.reduce(
    (sum, [, whole = '0', decimals = '', own = otherwise]) => sum + scaled(whole, decimals, UNIT[own] ?? 100n),
    0n,
  )
}

function scaled(whole: string, decimals: string, factor: bigint): bigint {
  const places = 10n ** BigInt(decimals.length)
  return (BigInt(whole + decimals) * factor + places / 2n) / places
}

/** 壹万贰仟叁佰元伍角 → fen. */
function readNumerals(text: string): bigint | null {
  if (!/^[零〇一壹二贰两三叁四肆五伍六陆七柒八捌九玖十拾百佰千仟万亿元角分]+$/.test(text)) return null
  let total = 0n
  let section = 0n
  let digit = 0n
  let fen = 0n
  for (const sign of text) {
    const step = STEP[sign]
    if (NUMERAL[sign] !== undefined) digit = NUMERAL[sign] ?? 0n
    else if (step !== undefined) {
      section += (digit === 0n ? 1n : digit) * step
      digit = 0n
    } else if (sign === '万' || sign === '亿') {
      total = (total + section + digit) * (sign === '万' ? 10_000n : 100_000_000n)
      section = 0n
      digit = 0n
    } else if (sign === '元') {
      fen += (total + section + digit) * 100n
      total = section = digit = 0n
    } else {
      fen += digit * (sign === '角' ? 10n : 1n)
      digit = 0n
    }
  }
  return fen + (total + section + digit) * 100n
}
