import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ListedLine } from '../../kernel/documents/lines.ts'
import { figuresOf, requireAnswerable, requireDraft, requireSendable, validAgain, versionNumber } from './rules.ts'

const line = (more: Partial<ListedLine> = {}): ListedLine => ({
  quantity: '2',
  priceFen: 10_000,
  discount: '0',
  taxRate: '13',
  listPriceFen: 10_000,
  costFen: 6_000,
  ...more,
})
const reason = (work: () => unknown): string => {
  try {
    work()
    return 'nothing'
  } catch (error) {
    return (error as { reason: string }).reason
  }
}

describe('what a quote comes to', () => {
  it('counts what is taken off the list price by price, by line and off the whole', () => {
    const lines = [line({ priceFen: 9_500 }), line({ discount: '10' })]
    const figures = figuresOf(lines, 1_000)
    expect(figures).toMatchObject({ linesFen: 37_000, discountFen: 1_000, totalFen: 36_000, listFen: 40_000, costFen: 24_000 })
    expect(figures.discountBp).toBe(1_000)
    expect(figures.belowCost).toBe(false)
  })

  it('says what is taken off to the nearest hundredth of a percent, so that rounding to a fen hides no bound', () => {
    expect(figuresOf([line({ quantity: '1', priceFen: 9_001 })], 0).discountBp).toBe(999)
    expect(figuresOf([line({ quantity: '1', priceFen: 9_000 })], 0).discountBp).toBe(1_000)
    expect(figuresOf([line({ priceFen: 11_000 })], 0).discountBp).toBe(-1_000)
    // 80.016 yuan are 80.02: a fifth all the same.
    expect(figuresOf([line({ quantity: '1', priceFen: 10_002, listPriceFen: 10_002, discount: '20' })], 0).discountBp).toBe(2_000)
  })

  it('a line that brings less than it cost is below cost, though the whole is not', () => {
    expect(figuresOf([line(), line({ priceFen: 5_999 })], 0).belowCost).toBe(true)
    expect(figuresOf([line({ priceFen: 6_000 })], 0).belowCost).toBe(false)
    expect(figuresOf([line({ priceFen: 6_000 })], 1).belowCost).toBe(true)
    expect(figuresOf([line({ priceFen: 1, costFen: null })], 0)).toMatchObject({ belowCost: false, costFen: null })
  })

  it('a line without a list price counts at its own price; no lines are nothing', () => {
    expect(figuresOf([line({ listPriceFen: null, discount: '50' })], 0)).toMatchObject({ listFen: 20_000, discountBp: 5_000 })
    expect(figuresOf([], 0)).toMatchObject({ totalFen: 0, listFen: 0, discountBp: 0, belowCost: false, costFen: null })
    expect(reason(() => figuresOf([line()], 20_001))).toBe('discountAboveLines')
  })

  it('total = lines − discount, tax within the total, lines = sum of amounts, whatever the lines', () => {
    const some = fc.record({
      quantity: fc.tuple(fc.nat(9_999), fc.nat(9_999)).map(([whole, rest]) => `${whole}.${String(rest).padStart(4, '0')}`),
      priceFen: fc.nat(10_000_000),
      discount: fc.nat(10_000).map((n) => (n / 100).toFixed(2)),
      taxRate: fc.constantFrom(null, '0', '6', '13'),
      listPriceFen: fc.option(fc.nat(10_000_000), { nil: null }),
      costFen: fc.option(fc.nat(10_000_000), { nil: null }),
    })
    fc.assert(
      fc.property(fc.array(some, { maxLength: 12 }), fc.double({ min: 0, max: 1, noNaN: true }), (lines, share) => {
        const bare = figuresOf(lines, 0)
        const discountFen = Math.floor(bare.linesFen * share)
        const figures = figuresOf(lines, discountFen)
        expect(figures.totalFen).toBe(figures.linesFen - discountFen)
        expect(figures.amounts.reduce((sum, amount) => sum + amount, 0)).toBe(figures.linesFen)
        expect(figures.taxFen).toBeGreaterThanOrEqual(0)
        expect(figures.taxFen).toBeLessThanOrEqual(figures.totalFen)
        expect(figures.discountBp).toBeLessThanOrEqual(10_000)
        expect(figures.discountBp).toBeGreaterThanOrEqual(bare.discountBp)
        if (bare.belowCost) expect(figures.belowCost).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})

describe('what may be done when', () => {
  const draft = { state: 'draft' as const, superseded: false, validUntil: '2027-01-31', customerId: 'c', lines: 1 }
  const day = '2027-01-31'
  it('is sent as a draft that needs nobody, or approved; on its last day still, after it no more', () => {
    expect(reason(() => requireSendable(draft, day, false))).toBe('nothing')
    expect(reason(() => requireSendable(draft, day, true))).toBe('approvalNeeded')
    expect(reason(() => requireSendable({ ...draft, state: 'approved' }, day, true))).toBe('nothing')
    expect(reason(() => requireSendable(draft, '2027-02-01', false))).toBe('expired')
    expect(reason(() => requireSendable({ ...draft, validUntil: null }, '2099-01-01', false))).toBe('nothing')
    expect(reason(() => requireSendable({ ...draft, lines: 0 }, day, false))).toBe('noLines')
    expect(reason(() => requireSendable({ ...draft, customerId: null }, day, false))).toBe('noCustomer')
    expect(reason(() => requireSendable({ ...draft, state: 'sent' }, day, false))).toBe('alreadySent')
    expect(reason(() => requireSendable({ ...draft, state: 'pending' }, day, false))).toBe('pendingApproval')
    expect(reason(() => requireSendable({ ...draft, superseded: true }, day, false))).toBe('superseded')
  })

  it('changes as a draft alone, and is answered once it was sent', () => {
    expect(reason(() => requireDraft({ ...draft, state: 'approved' }))).toBe('notDraft')
    expect(reason(() => requireDraft({ ...draft, state: 'pending' }))).toBe('pendingApproval')
    expect(reason(() => requireAnswerable({ ...draft, state: 'approved' }, 'accepted', day))).toBe('notSent')
    expect(reason(() => requireAnswerable({ ...draft, state: 'sent' }, 'accepted', '2027-02-01'))).toBe('expired')
    expect(reason(() => requireAnswerable({ ...draft, state: 'sent' }, 'rejected', '2027-02-01'))).toBe('nothing')
  })

  it('a new version is valid as many days as the one before, under a number of its own', () => {
    expect(validAgain('2026-12-20', '2027-01-19', '2027-03-01')).toBe('2027-03-31')
    expect(validAgain('2026-12-20', null, '2027-03-01')).toBeNull()
    expect(versionNumber({ number: 'BJ-1', versionNo: 1 }, 2)).toBe('BJ-1-V2')
    expect(versionNumber({ number: 'BJ-1-V2', versionNo: 2 }, 3)).toBe('BJ-1-V3')
    expect(versionNumber({ number: 'BJ-1-V2', versionNo: 1 }, 2)).toBe('BJ-1-V2-V2')
    expect(versionNumber({ number: null, versionNo: 1 }, 2)).toBeNull()
  })
})
