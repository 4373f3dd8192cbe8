import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lineAmount, type PricedLine, spread, taxWithin, totalsOf } from './lines.ts'

const line = (values: Partial<PricedLine> = {}): PricedLine => ({
  quantity: '1',
  priceFen: 10_000,
  discount: '0',
  taxRate: null,
  ...values,
})
const decimal = (digits: number, max: number) =>
  fc.integer({ min: 0, max: max * 10 ** digits }).map((units) => (units / 10 ** digits).toFixed(digits))
const anyLine = fc.record({
  quantity: decimal(4, 9999),
  priceFen: fc.integer({ min: 0, max: 100_000_000 }),
  discount: decimal(2, 100),
  taxRate: fc.constantFrom('13', '6', '3', '0', null),
})

describe('a line', () => {
  it('is rounded once, half a fen away from zero', () => {
    expect(lineAmount(line({ quantity: '3', priceFen: 3_333 }))).toBe(9_999)
    expect(lineAmount(line({ quantity: '0.5', priceFen: 101 }))).toBe(51)
    expect(lineAmount(line({ quantity: '-0.5', priceFen: 101 }))).toBe(-51)
    expect(lineAmount(line({ quantity: '3', priceFen: 333, discount: '12.5' }))).toBe(874)
    expect(lineAmount(line({ discount: '100' }))).toBe(0)
  })
  it('is off by no more than half a fen', () => {
    fc.assert(
      fc.property(anyLine, (one) => {
        const exact =
          BigInt(one.quantity.replace('.', '')) * BigInt(one.priceFen) * (10_000n - BigInt(one.discount.replace('.', '')))
        const off = BigInt(lineAmount(one)) * 10n ** 8n - exact
        return off * 2n <= 10n ** 8n && off * 2n > -(10n ** 8n)
      }),
    )
  })
  it('names what is no number', () => {
    expect(() => lineAmount(line({ quantity: '1e3' }))).toThrow('badNumber')
    expect(() => lineAmount(line({ discount: '100.01' }))).toThrow('badNumber')
    expect(() => lineAmount(line({ quantity: '999999999', priceFen: 9_007_199_254_740 }))).toThrow('sumTooLarge')
  })
})

describe('the tax within a price', () => {
  it('is what lies above the price without it', () => {
    expect(taxWithin(11_300, '13')).toBe(1_300)
    expect(taxWithin(100, '13')).toBe(12)
    expect(taxWithin(-100, '13')).toBe(-12)
    expect(taxWithin(10_000, null)).toBe(0)
  })
})

describe('a document', () => {
  it('is its lines less its discount', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 12 }), fc.integer({ min: 0, max: 100 }), (lines, share) => {
        const sum = lines.reduce((total, one) => total + lineAmount(one), 0)
        const discountFen = Math.floor((sum / 100) * share)
        const totals = totalsOf(lines, discountFen)
        expect(totals.linesFen).toBe(sum)
        expect(totals.totalFen).toBe(sum - discountFen)
        expect(totals.taxFen).toBeGreaterThanOrEqual(0)
        expect(totals.taxFen).toBeLessThanOrEqual(totals.totalFen)
      }),
    )
  })
  it('holds no more discount than it has', () => {
    expect(() => totalsOf([line()], 10_001)).toThrow('discountAboveLines')
    expect(() => totalsOf([], 1)).toThrow('discountAboveLines')
    expect(() => totalsOf([line()], -1)).toThrow('discountAboveLines')
  })
})

describe('a sum that is spread', () => {
  it('adds up to itself, each part within a fen of its share', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }),
        fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 20 }),
        (sum, weights) => {
          const parts = spread(sum, weights)
          expect(parts.reduce((total, part) => total + part, 0)).toBe(sum)
          const all = weights.reduce((total, weight) => total + weight, 0)
          if (all === 0) return
          for (const [n, part] of parts.entries()) {
            const off = BigInt(part) * BigInt(all) - BigInt(sum) * BigInt(weights[n] ?? 0)
            expect(off < BigInt(all) && off > -BigInt(all)).toBe(true)
          }
        },
      ),
    )
  })
})
