import { Refusal } from '../refusal.ts'
import { QUANTITY } from './lines.ts'

/** Quantities are counted in whole ten-thousandths of a piece: what a line can say, to its last digit. */
const DIGITS = 4
const SCALE = 10n ** BigInt(DIGITS)
/**
 * Ten-thousandths of a piece. `quantity`: decimal text as lines have it, at most four digits after the point.
 * @throws Refusal badNumber (value)
 */
export function unitsOf(quantity: string): number {
  if (!QUANTITY.test(quantity)) throw new Refusal('badNumber', { field: 'quantity', value: quantity })
  const [whole = '0', part = ''] = quantity.replace('-', '').split('.')
  const units = BigInt(whole) * SCALE + BigInt(part.padEnd(DIGITS, '0'))
  return Number(quantity.startsWith('-') ? -units : units)
}

/** Decimal text of ten-thousandths of a piece, without zeros at its end: 15000 is "1.5". */
export function quantityOf(units: number): string {
  const all = BigInt(Math.abs(units))
  const part = String(all % SCALE)
    .padStart(DIGITS, '0')
    .replace(/0+$/, '')
  return `${units < 0 ? '-' : ''}${all / SCALE}${part === '' ? '' : `.${part}`}`
}
