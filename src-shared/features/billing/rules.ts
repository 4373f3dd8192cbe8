import { readCreditCode, readIdNumber } from '../../kernel/cleaning/codes.ts'
import { toHalfWidth } from '../../kernel/cleaning/text.ts'
import { Refusal } from '../../kernel/refusal.ts'

/** Tax numbers from before the unified credit code: 15 signs, 17 with a branch, 20 with an identity card. */
const OLD = /^[\dA-Z]{15}$|^[\dA-Z]{17}$|^[\dA-Z]{20}$/

/**
 * A tax number as it is kept: capitals, without blanks. One of 18 signs is a unified credit code, or the identity card of a sole
 * trader, whose last sign checks the others.
 * @returns `code` null where nothing was written; `problem` says what is wrong with what was
 */
export function readTaxNumber(given: string | null): { code: string | null; problem: 'shape' | 'check' | null } {
  const code = toHalfWidth(given ?? '')
    .replace(/[\s\-·]/g, '')
    .toUpperCase()
  if (code === '') return { code: null, problem: null }
  if (code.length !== 18) return { code, problem: OLD.test(code) ? null : 'shape' }
  const readings = [readCreditCode(code), readIdNumber(code)]
  if (readings.some(({ problem }) => problem === null)) return { code, problem: null }
  const isShaped = readings.some(({ problem }) => problem === 'checksum' || problem === 'digitsLost')
  return { code, problem: isShaped ? 'check' : 'shape' }
}

/**
 * The same for what somebody writes himself.
 * @returns null where nothing was written
 * @throws Refusal taxNumberShape | taxNumberCheck
 */
export function soundTaxNumber(given: string | null): string | null {
  const { code, problem } = readTaxNumber(given)
  if (problem !== null)
    throw new Refusal(problem === 'check' ? 'taxNumberCheck' : 'taxNumberShape', { field: 'taxNumber', feature: 'billing' })
  return code
}
