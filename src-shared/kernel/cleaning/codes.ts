import { removeInvisible, toHalfWidth } from './text.ts'

export type CodeReading = {
  /** The code in capitals without blanks; null when the text is not of its shape. */
  readonly code: string | null
  readonly problem: 'shape' | 'checksum' | 'digitsLost' | null
}

const CREDIT_SIGNS = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const CREDIT_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

const PROVINCES = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])/

const bare = (text: string): string =>
  toHalfWidth(removeInvisible(text))
    .replace(/^['‘’]|[\s\-—·.]/g, '')
    .toUpperCase()

const SCIENTIFIC = /^\s*['‘’]?\d(?:\.\d+)?[eE]\+?\d+\s*$/

/**
 * Whether a spreadsheet has rounded digits away: E+ notation, a number of more than 15 digits (what an IEEE 754 double keeps), or a text
 * of 16 and more digits with zeros from the sixteenth on.
 */
export function hasLostDigits(cell: string | number): boolean {
  if (typeof cell === 'number') return Math.abs(cell) >= 1e15
  if (SCIENTIFIC.test(cell)) return true
  const digits = bare(cell)
  return digits.length >= 16 && /^\d{15}0+$/.test(digits)
}

/**
 * The unified social credit code of a company (GB 32100-2015): 18 signs, the last one checks the others modulo 31. 15 digits of the old
 * tax number pass as they are.
 */
export function readCreditCode(text: string): CodeReading {
  if (SCIENTIFIC.test(text)) return { code: null, problem: 'digitsLost' }
  const code = bare(text)
  if (/^[\dA-Z]{15}$/.test(code)) return { code, problem: null }
  if (!/^[0-9A-HJ-NP-RTUW-Y]{2}\d{6}[0-9A-HJ-NP-RTUW-Y]{10}$/.test(code))
    return { code: code === '' ? null : code, problem: 'shape' }
  const sum = CREDIT_WEIGHTS.reduce((total, weight, at) => total + weight * CREDIT_SIGNS.indexOf(code[at] ?? '0'), 0)
  return verdict(code, CREDIT_SIGNS[(31 - (sum % 31)) % 31] === code[17])
}

/** The number of a resident identity card (GB 11643-1999): place, birth date, order, check sign modulo 11; 15 digits are the cards before 1999. */
export function readIdNumber(text: string): CodeReading {
  if (SCIENTIFIC.test(text)) return { code: null, problem: 'digitsLost' }
  const code = bare(text)
  const old = /^\d{15}$/.test(code)
  if ((!old && !/^\d{17}[\dX]$/.test(code)) || !PROVINCES.test(code))
    return { code: code === '' ? null : code, problem: hasLostDigits(code) ? 'digitsLost' : 'shape' }
  if (!isBirthDate(old ? `19${code.slice(6, 12)}` : code.slice(6, 14)))
    return { code, problem: hasLostDigits(code) ? 'digitsLost' : 'shape' }
  if (old) return { code, problem: null }
  const sum = ID_WEIGHTS.reduce((total, weight, at) => total + weight * Number(code[at]), 0)
  return verdict(code, '10X98765432'[sum % 11] === code[17])
}

/** Excel keeps 15 digits: an 18-digit number that went through it ends in 000 and fails its check. */
function verdict(code: string, right: boolean): CodeReading {
  if (right) return { code, problem: null }
  return { code, problem: hasLostDigits(code) ? 'digitsLost' : 'checksum' }
}

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function isBirthDate(digits: string): boolean {
  const [year, month, day] = [Number(digits.slice(0, 4)), Number(digits.slice(4, 6)), Number(digits.slice(6, 8))]
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const days = month === 2 && !leap ? 28 : (DAYS[month - 1] ?? 0)
  return year >= 1850 && year <= 2100 && day >= 1 && day <= days
}
