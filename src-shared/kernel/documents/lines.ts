import {
  add,
  compare,
  divide,
  floor,
  fromDecimal,
  multiply,
  type Rational,
  rational,
  roundedUnits,
  subtract,
} from '../rational.ts'
import { Refusal } from '../refusal.ts'

const HUNDRED = rational(100n)

/**
 * One line of a quote, order or the like. `quantity`: decimal text, at most four digits after the point; `priceFen`: what one piece costs
 * in fen, tax included; `discount`: percent taken off, decimal text from "0" to "100" with at most two digits after the point;
 * `taxRate`: percent as decimal text, null where none is known.
 */
export type PricedLine = {
  readonly quantity: string
  readonly priceFen: number
  readonly discount: string
  readonly taxRate: string | null
}
export const QUANTITY = /^-?\d{1,9}(\.\d{1,4})?$/u
export const PERCENT = /^(100(\.0{1,2})?|\d{1,2}(\.\d{1,2})?)$/u

function decimal(text: string, pattern: RegExp, field: string): Rational {
  const value = pattern.test(text) ? fromDecimal(text) : null
  if (!value) throw new Refusal('badNumber', { field, value: text })
  return value
}

/** Whole fen, a half away from zero: how every sum of money is rounded, once. */
const fenOf = (value: Rational, field: string): number => safe(roundedUnits(value, 0), field)
function safe(fen: bigint, field: string): number {
  const value = Number(fen)
  if (!Number.isSafeInteger(value)) throw new Refusal('sumTooLarge', { field })
  return value
}

/**
 * What a line comes to in fen: quantity × price less its discount, rounded once to the fen, half away from zero.
 * @throws Refusal badNumber (field, value) | sumTooLarge (field)
 */
export function lineAmount({ quantity, priceFen, discount }: Omit<PricedLine, 'taxRate'>): number {
  const kept = divide(subtract(HUNDRED, decimal(discount, PERCENT, 'discount')), HUNDRED)
  return fenOf(multiply(multiply(decimal(quantity, QUANTITY, 'quantity'), rational(BigInt(priceFen))), kept), 'amount')
}

/**
 * What a line would come to at another price of its piece without a discount: at the list price, at what it cost.
 * @throws Refusal badNumber | sumTooLarge
 */
export const lineAt = (quantity: string, priceFen: number): number => lineAmount({ quantity, priceFen, discount: '0' })

/** The tax that an amount holds when it is included: amount × rate / (100 + rate), half a fen away from zero; 0 where no rate is known. */
export function taxWithin(amountFen: number, taxRate: string | null): number {
  if (taxRate === null) return 0
  const rate = decimal(taxRate, PERCENT, 'taxRate')
  return fenOf(divide(multiply(rational(BigInt(amountFen)), rate), add(HUNDRED, rate)), 'tax')
}

export type Totals = {
  /** The lines, each after its own discount. */
  readonly linesFen: number
  /** What is taken off the whole, as a sum of money. */
  readonly discountFen: number
  /** `linesFen` − `discountFen`. */
  readonly totalFen: number
  /** Within the total; the discount of the whole lowers each line's share of it alike. */
  readonly taxFen: number
}

/**
 * What a document comes to. The discount of the whole is a sum of fen and may not exceed its lines.
 * @throws Refusal badNumber | sumTooLarge | discountAboveLines (discountFen, linesFen)
 */
export function totalsOf(lines: readonly PricedLine[], discountFen: number): Totals {
  const amounts = lines.map(lineAmount)
  const sum = amounts.reduce((total, amount) => total + BigInt(amount), 0n)
  const linesFen = safe(sum, 'lines')
  if (discountFen < 0 || discountFen > Math.max(0, linesFen)) throw new Refusal('discountAboveLines', { discountFen, linesFen })
  const shares = spread(discountFen, amounts)
  const taxFen = lines.reduce((tax, { taxRate }, n) => tax + taxWithin((amounts[n] ?? 0) - (shares[n] ?? 0), taxRate), 0)
  return { linesFen, discountFen, totalFen: linesFen - discountFen, taxFen }
}

/** A line with the list price of its piece and what it cost the company, both in fen where they are known. */
export type ListedLine = PricedLine & { readonly listPriceFen: number | null; readonly costFen: number | null }
/**
 * What approval is asked by beside the total. `listFen`: what the lines would come to at list price, a line without one at its own price
 * before discount. `belowCost`: whether any line, less its share of the discount of the whole, brings less than it cost.
 * @throws Refusal badNumber | sumTooLarge
 */
export function standingOf(lines: readonly ListedLine[], discountFen: number): { listFen: number; belowCost: boolean } {
  const amounts = lines.map(lineAmount)
  const shares = spread(discountFen, amounts)
  const listFen = lines.reduce((sum, { quantity, listPriceFen, priceFen }) => sum + lineAt(quantity, listPriceFen ?? priceFen), 0)
  // What comes back brings nothing, and cost what it cost.
  const belowCost = lines.some(({ quantity, costFen }, n) => {
    const cost = costFen === null ? 0 : lineAt(quantity, costFen)
    return cost > 0 && (amounts[n] ?? 0) - (shares[n] ?? 0) < cost
  })
  return { listFen, belowCost }
}

/**
 * Splits a sum in proportion to weights so that the parts add up to it to the fen (largest remainder, the earlier of equals first).
 * Where all weights are 0 the first takes all.
 */
export function spread(sumFen: number, weights: readonly number[]): number[] {
  if (weights.length === 0) return []
  const all = weights.reduce((total, weight) => total + BigInt(weight), 0n)
  if (all === 0n) return weights.map((_, n) => (n === 0 ? sumFen : 0))
  const shares = weights.map((weight) => rational(BigInt(sumFen) * BigInt(weight), all))
  const floors = shares.map(floor)
  const left = BigInt(sumFen) - floors.reduce((total, share) => total + share, 0n)
  const byRemainder = shares
    .map((share, n) => ({ n, rest: subtract(share, rational(floors[n] ?? 0n)) }))
    .toSorted((a, b) => compare(b.rest, a.rest) || a.n - b.n)
  const raised = new Set(byRemainder.slice(0, Number(left)).map(({ n }) => n))
  return floors.map((share, n) => Number(share + (raised.has(n) ? 1n : 0n)))
}
