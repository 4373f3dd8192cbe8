import { AREA, EIGHT } from './phone.ts'
import { toHalfWidth } from './text.ts'

const EXTENSION = /\s*(?:[-,;(]?\s?(?:转分机|转|轉|分机号?|内线|ext\.?|x)|;ext=|#)\s?:?\s?\d{1,6}\)?\s*$/i
const LANDLINE = new RegExp(`^0(10|2[0-57-9]|${AREA})(\\d{4,7})$`)
const EIGHT_DIGITS = new RegExp(`^(?:10|2\\d|${EIGHT})$`)

/** 0512-1234567转801 → 0512-1234567: inner digits are none of the number itself. */
export const withoutExtension = (text: string): string => toHalfWidth(text).replace(EXTENSION, '')

/** What a landline lacks that has too few digits for its area; null for what is no such number. */
export function shortLandline(text: string): { area: string; wanted: number; missing: number } | null {
  const digits = withoutExtension(text)
    .replace(/^\s*(?:\+|00)86[\s-]*\(?0?\)?/, '0')
    .replace(/\D/g, '')
  const found = LANDLINE.exec(digits)
  const [area, local] = [found?.[1], found?.[2]]
  if (area === undefined || local === undefined) return null
  const wanted = EIGHT_DIGITS.test(area) ? 8 : 7
  return local.length < wanted ? { area: `0${area}`, wanted, missing: wanted - local.length } : null
}
