/** Why a written number is none: digits missing or too many, its area left out, or nothing that could be dialled. */
export type PhoneDoubt = { readonly code: 'short' | 'long'; readonly n: number } | { readonly code: 'areaCode' | 'noNumber' }

const MOBILE_DIGITS = 11
const EXTENSION = /(?:转分机|转|轉|分机号?|#|,?\s?ext\.?|;ext=|x)\s?:?\s?\d{1,6}\)?$/i
/** 10086, 12345, 95588: what has few digits and is answered all the same. */
const SHORT_NUMBER = /^(?:1[02]\d{3}|9[56]\d{3,6})$/

/**
 * What is likely wrong with a phone, told while it is typed; null when nothing is. The cleaning decides what is stored: this
 * only counts digits, so that a page needs no plan of numbers.
 */
export function phoneDoubt(text: string): PhoneDoubt | null {
  const written = text.normalize('NFKC').trim()
  // Several in one field, a masked one, one from abroad: not to be judged by counting.
  if (written === '' || /[*/、;；]|,(?!\s?ext)/.test(written.replace(EXTENSION, '')) || /^(?:\+|00)(?!86)/.test(written))
    return null
  const digits = written
    .replace(EXTENSION, '')
    .replace(/^(?:\+|00)86/, '')
    .replace(/\D/g, '')
  return SHORT_NUMBER.test(digits) ? null : doubtOf(digits, /^(?:\+|00)86/.test(written))
}

function doubtOf(digits: string, withCountry: boolean): PhoneDoubt | null {
  if (digits.length < 7) return { code: 'noNumber' }
  if (/^1[3-9]/.test(digits)) return mobileDoubt(digits.length)
  if (/^[48]00/.test(digits) && digits.length === 10) return null
  if (digits.startsWith('0') || withCountry) return digits.length >= 10 && digits.length <= 12 ? null : { code: 'noNumber' }
  if (/^[2-8]/.test(digits) && digits.length <= 8) return { code: 'areaCode' }
  // An area code in front without its 0: 571-8888 8888.
  return digits.length >= 10 && digits.length <= 11 ? null : { code: 'noNumber' }
}

function mobileDoubt(length: number): PhoneDoubt | null {
  if (length === MOBILE_DIGITS) return null
  return length < MOBILE_DIGITS ? { code: 'short', n: MOBILE_DIGITS - length } : { code: 'long', n: length - MOBILE_DIGITS }
}
