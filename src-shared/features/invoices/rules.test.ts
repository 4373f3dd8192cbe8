import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attempt, Refusal } from '../../kernel/refusal.ts'
import { INVOICE_STATUSES } from './entity.ts'
import { openOf, requireBuyer, requireNext, requireOnce, requireOpen } from './rules.ts'

const said = (work: () => unknown) => {
  const answer = attempt(work)
  return answer instanceof Refusal ? answer.reason : 'fine'
}

describe('an invoice', () => {
  it('is asked for, made out, handed over, and from anywhere void for good', () => {
    const ways = INVOICE_STATUSES.flatMap((from) =>
      INVOICE_STATUSES.filter((to) => said(() => requireNext(from, to)) === 'fine').map((to) => `${from}-${to}`),
    )
    expect(ways).toEqual(['requested-issued', 'requested-void', 'issued-posted', 'issued-void', 'posted-void'])
  })
  it('is for what was agreed and no more than is open of it', () => {
    const order = { name: 'x', status: 'confirmed', totalFen: 100, invoicedFen: 40 }
    expect(said(() => requireOpen(order, 60))).toBe('fine')
    const over = attempt(() => requireOpen(order, 61))
    expect(over instanceof Refusal ? [over.reason, over.detail] : []).toEqual([
      'aboveOpen',
      { name: 'x', openFen: 60, open: '0.60' },
    ])
    expect(said(() => requireOpen({ ...order, status: 'draft' }, 1))).toBe('orderDraft')
    expect(said(() => requireOpen({ ...order, status: 'cancelled' }, 1))).toBe('orderCancelled')
    expect(said(() => requireOnce([{ orderId: 'a' }, { orderId: 'b' }, { orderId: 'a' }]))).toBe('orderTwice')
  })
  it('never opens more than the order comes to', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 0, max: 1e9 }), (totalFen, invoicedFen) => {
        const open = openOf({ totalFen, invoicedFen })
        expect(open).toBeGreaterThanOrEqual(0)
        expect(open + Math.min(invoicedFen, totalFen)).toBe(totalFen)
      }),
    )
  })
  it('names the tax number of an enterprise, and a special one goes to nobody else', () => {
    expect(said(() => requireBuyer('eGeneral', { kind: 'person', taxNumber: null }))).toBe('fine')
    expect(said(() => requireBuyer('eSpecial', { kind: 'person', taxNumber: null }))).toBe('specialForEnterprise')
    expect(said(() => requireBuyer('eGeneral', { kind: 'enterprise', taxNumber: null }))).toBe('taxNumberMissing')
    expect(said(() => requireBuyer('special', { kind: 'enterprise', taxNumber: 'x' }))).toBe('fine')
  })
})
