import { Refusal } from '../refusal.ts'

const DIGITS = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'] as const
const PLACES = ['', '拾', '佰', '仟'] as const
const GROUPS = ['', '万', '亿', '万亿'] as const

/** Four digits in words, zeros inside once. */
function group(value: number): string {
  let said = ''
  let zero = false
  for (let place = 3; place >= 0; place--) {
    const digit = Math.floor(value / 10 ** place) % 10
    if (digit === 0) zero = said !== ''
    else {
      said += `${zero ? DIGITS[0] : ''}${DIGITS[digit] ?? ''}${PLACES[place] ?? ''}`
      zero = false
    }
  }
  return said
}

function yuanText(yuan: number): string {
  const groups: number[] = []
  for (let rest = yuan; rest > 0; rest = Math.floor(rest / 10_000)) groups.push(rest % 10_000)
  let said = ''
  let gap = false
  for (let at = groups.length - 1; at >= 0; at--) {
    const value = groups[at] ?? 0
    if (value === 0) {
      gap = said !== ''
      continue
    }
    // A group that does not begin with its thousands, or follows an empty one, is told apart by a zero.
    const zero = said !== '' && (gap || value < 1000)
    // 亿 is said once, behind all that it counts.
    const isCounted = at === 3 && (groups[2] ?? 0) > 0
    said += `${zero ? DIGITS[0] : ''}${group(value)}${isCounted ? '万' : (GROUPS[at] ?? '')}`
    gap = false
  }
  return said
}

/**
 * An amount of fen in the capital figures that are written on Chinese documents: 壹万贰仟叁佰肆拾伍元陆角柒分.
 * @throws Refusal sumTooLarge for what is not a whole number of fen below ten trillion yuan
 */
export function capitalAmount(fen: number): string {
  if (!Number.isSafeInteger(fen) || Math.abs(fen) >= 1_000_000_000_000_000) throw new Refusal('sumTooLarge', { field: 'amount' })
  const sign = fen < 0 ? '负' : ''
  const all = Math.abs(fen)
  const [yuan, jiao, rest] = [Math.floor(all / 100), Math.floor(all / 10) % 10, all % 10]
  const whole = yuan > 0 ? `${yuanText(yuan)}元` : ''
  if (jiao === 0 && rest === 0) return `${sign}${whole === '' ? '零元' : whole}整`
  const tenths = jiao > 0 ? `${DIGITS[jiao] ?? ''}角` : whole === '' ? '' : '零'
  return `${sign}${whole}${tenths}${rest > 0 ? `${DIGITS[rest] ?? ''}分` : '整'}`
}
