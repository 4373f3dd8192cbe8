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

/** Longer texts are sentences. */
const LONGEST = 100

/**
 * An amount in fen, or null when the cell is no amount. Understood: 1,234.50, ¥1234.5, 3.5万, 1.2亿元, 12万3千, 3万2, -500, (500), 负500, 5k,
 * 壹万贰仟元整, 两千五, 1.5E+6, 1.234,50. Decimal places beyond the fen are rounded half up, in integers: no float ever touches money. Capital
 * numerals after the rules of the People's Bank for filling in bills (正确填写票据和结算凭证的基本规定).
 */
export function readAmount(cell: string | number, options: AmountOptions = {}): number | null {
  if (typeof cell === 'number' && !Number.isFinite(cell)) return null
  const raw = typeof cell === 'number' ? plainNumber(cell) : cell
  if (raw.length > LONGEST || isNothing(raw)) return null
  const plain = withoutGroups(
    toHalfWidth(cleanText(raw))
      .replace(/(?<=\d)['’](?=\d{3})|\s/g, '')
      .replace(/，/g, ',')
      .toLowerCase(),
  )
  if (plain === null) return null
  const negative = /^[-−(负]/.test(plain) || /^[¥￥$]-/.test(plain) || /\d-$/.test(plain)
  const text = plain
    .replace(/^[-−+(负]+|[)]$|(?<=\d)-$/g, '')
    .replace(/^(?:人民币|rmb|cny|约|共|合计)?[:：]?[¥￥$€]?-?(?=\D*\d|\D+$)/, '')
    .replace(/(?:人民币|rmb|cny|圆|块|整|正|左右)+$/g, (tail) => (tail.includes('圆') || tail.includes('块') ? '元' : ''))
    .replace(/(?<=\d)块(?=\d)/g, '元')
    .replace(/^\.(?=\d)/, '0.')
  const fen = readFigures(text, options) ?? readNumerals(text)
  if (fen === null || fen > BigInt(Number.MAX_SAFE_INTEGER)) return null
  return Number(negative ? -fen : fen) || 0
}

/** Without the commas between thousands (or ten thousands, 12,3456); null where a comma stands for neither: 12,34. */
function withoutGroups(text: string): string | null {
  if (!text.includes(',')) return text
  // 1.234,50 is how half of Europe writes it.
  if (/^\D*\d{1,3}(?:\.\d{3})+,\d{1,2}\D*$/.test(text)) return text.replaceAll('.', '').replace(',', '.')
  return /\d,\d{0,2}(?!\d)|,\d{5}|\.\d*,/.test(text) ? null : text.replaceAll(',', '')
}

/** The digits of a number as they stand in the cell, without 1.5e+21. */
const plainNumber = (value: number): string =>
  Math.abs(value) < 1e21 && !String(value).includes('e') ? String(value) : value.toFixed(2)

const SCIENTIFIC = /^(\d)(?:\.(\d+))?e(\+|-)?(\d{1,2})$/
const FIGURE = /(\d+)(?:\.(\d*))?(千万|百万|万|亿|千|百|元|角|分|k|w|m)?(?:元(?=$|\d))?/g

function readFigures(text: string, { unit = '元' }: AmountOptions): bigint | null {
  const scientific = SCIENTIFIC.exec(text)
  if (scientific) {
    const [, lead = '', decimals = '', sign = '', power = '0'] = scientific
    if (sign === '-') return scaled('0', '0'.repeat(Math.max(0, Number(power) - 1)) + lead + decimals, 100n)
    const places = Number(power)
    return scaled(lead + decimals.padEnd(places, '0').slice(0, places), decimals.slice(places), 100n)
  }
  const pieces = [...text.matchAll(FIGURE)]
  if (pieces.length === 0 || pieces.map((piece) => piece[0]).join('') !== text) return null
  // 12万3千: only the last piece of several may go without its unit.
  if (pieces.slice(0, -1).some((piece) => piece[3] === undefined)) return null
  const units = pieces.map((piece) => UNIT[piece[3] ?? '元'] ?? 0n)
  // 1百20万 is no order of units anybody means one thing by.
  if (pieces.length > 1 && units.some((one, at) => at > 0 && one >= (units[at - 1] ?? 0n) && pieces[at]?.[3] !== undefined))
    return null
  const otherwise = pieces.length === 1 ? unit : tailUnit(pieces)
  return pieces.reduce(
    (sum, [, whole = '0', decimals = '', own = otherwise]) => sum + scaled(whole, decimals, UNIT[own] ?? 100n),
    0n,
  )
}

/** 3万2 is 32,000 and 3元5 is 3.50: one digit alone behind a unit counts its tenth part. */
function tailUnit(pieces: readonly RegExpExecArray[]): string {
  const [before, last] = pieces.slice(-2)
  const tenth: Readonly<Record<string, string>> = { 亿: '千万', 万: '千', 千: '百', 元: '角', 角: '分' }
  const alone = last !== undefined && /^\d$/.test(last[0])
  return (alone ? tenth[before?.[3] ?? ''] : undefined) ?? '元'
}

function scaled(whole: string, decimals: string, factor: bigint): bigint {
  const places = 10n ** BigInt(decimals.length)
  return (BigInt(whole + decimals) * factor + places / 2n) / places
}

const SMALL: Readonly<Record<string, bigint>> = { ...STEP, 万: 10_000n, 亿: 100_000_000n }

/** 壹万贰仟叁佰元伍角 → fen; 两千五 and 三万二 as people say them. */
function readNumerals(written: string): bigint | null {
  const text = written.replace(/廿/g, '二十').replace(/卅/g, '三十')
  if (!/^[零〇一壹二贰两三叁四肆五伍六陆七柒八捌九玖十拾百佰千仟万亿元角分]+$/.test(text)) return null
  let [yuan, section, digit, fen] = [0n, 0n, 0n, 0n]
  for (const [at, sign] of [...text].entries()) {
    const step = STEP[sign]
    if (NUMERAL[sign] !== undefined) {
      digit = NUMERAL[sign] ?? 0n
      const before = SMALL[text[at - 1] ?? '']
      if (at === text.length - 1 && before !== undefined && before > 10n) digit *= before / 10n
    } else if (step !== undefined) {
      section += (digit === 0n ? 1n : digit) * step
      digit = 0n
    } else if (sign === '万' || sign === '亿') {
      const part = section + digit === 0n && yuan === 0n ? 1n : section + digit
      // 叁亿伍仟万: the ten thousands join what stands before; 一万亿: the hundred millions multiply it.
      yuan = sign === '万' ? yuan + part * 10_000n : (yuan + part) * 100_000_000n
      section = digit = 0n
    } else {
      fen += sign === '元' ? (yuan + section + digit) * 100n : digit * (sign === '角' ? 10n : 1n)
      yuan = section = digit = 0n
    }
  }
  return fen + (yuan + section + digit) * 100n
}
