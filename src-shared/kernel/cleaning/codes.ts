import { removeInvisible, toHalfWidth } from './text.ts'

export type CodeReading = {
  /** The code in capitals without blanks; null when the text is not of its shape. */
  readonly code: string | null
  readonly problem: 'shape' | 'checksum' | 'digitsLost' | null
}

const CREDIT_SIGNS = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const CREDIT_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

const bare = (text: string): string =>
  toHalfWidth(removeInvisible(text))
    .replace(/^'|[\s\-—]/g, '')
    .toUpperCase()

/** The unified social credit code of a company (GB 32100): 18 signs, the last one checks the others. 15 digits of the old tax number pass as they are. */
export function readCreditCode(text: string): CodeReading {
  const code = bare(text)
  if (/^\d(?:\.\d+)?E\+\d+$/.test(code)) return { code: null, problem: 'digitsLost' }
  if (/^\d{15}$/.test(code) || /^[\dA-Z]{15}$/.test(code)) return { code, problem: null }
  if (!/^[0-9A-HJ-NP-RTUW-Y]{2}\d{6}[0-9A-HJ-NP-RTUW-Y]{10}$/.test(code))
    return { code: code === '' ? null : code, problem: 'shape' }
  const sum = CREDIT_WEIGHTS.reduce((total, weight, at) => total + weight * CREDIT_SIGNS.indexOf(code[at] ?? '0'), 0)
  return { code, problem: CREDIT_SIGNS[(31 - (sum % 31)) % 31] === code[17] ? null : 'checksum' }
}

/** The number of a resident identity card (GB 11643): place, birth date, order, check sign. */
export function readIdNumber(text: string): CodeReading {
  const code = bare(text)
  if (/^\d(?:\.\d+)?E\+\d+$/.test(code)) return { code: null, problem: 'digitsLost' }
  // Excel keeps 15 digits: an 18-digit number that went through it ends in 000.
  if (!/^[1-8]\d{16}[\dX]$/.test(code)) return { code: code === '' ? null : code, problem: 'shape' }
  const month = Number(code.slice(10, 12))
  const day = Number(code.slice(12, 14))
  if (month < 1 || month > 12 || day < 1 || day > 31) return { code, problem: code.endsWith('000') ? 'digitsLost' : 'shape' }
  const sum = ID_WEIGHTS.reduce((total, weight, at) => total + weight * Number(code[at]), 0)
  if ('10X98765432'[sum % 11] === code[17]) return { code, problem: null }
  return { code, problem: code.endsWith('000') ? 'digitsLost' : 'checksum' }
}
