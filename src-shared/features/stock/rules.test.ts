import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byProduct, keptFor, reservedOf, takeable } from './rules.ts'

describe('quantities', () => {
  it('add up by product, and what comes to nothing is left out', () => {
    const lines = [
      { productId: 'a', quantity: '0.1' },
      { productId: 'a', quantity: '0.2' },
      { productId: 'b', quantity: '2' },
      { productId: 'b', quantity: '-2' },
      { productId: null, quantity: '9' },
    ]
    expect([...byProduct(lines)]).toEqual([['a', 3000]])
  })
})

describe('what is kept', () => {
  const queue = [
    { orderId: 'first', wanted: 4 },
    { orderId: 'second', wanted: 3 },
    { orderId: 'first', wanted: 2 },
  ]
  it('goes to who asked first, and nobody is kept what is not there', () => {
    expect([...keptFor(8, queue)]).toEqual([
      ['first', 5],
      ['second', 3],
    ])
    expect([...keptFor(5, queue)]).toEqual([
      ['first', 4],
      ['second', 1],
    ])
    expect([...keptFor(-2, queue)].every(([, kept]) => kept === 0)).toBe(true)
    expect(reservedOf(5, 9)).toBe(5)
    expect(reservedOf(-1, 9)).toBe(0)
  })
  it('leaves only for its order; what is free leaves for anybody', () => {
    expect(takeable(12, queue, null)).toBe(3)
    expect(takeable(12, queue, 'second')).toBe(6)
    expect(takeable(5, queue, 'second')).toBe(1)
    expect(takeable(5, queue, null)).toBe(0)
  })
  it('comes to what is reserved in all', () => {
    const queues = fc.array(fc.record({ orderId: fc.constantFrom('a', 'b', 'c'), wanted: fc.integer({ min: 1, max: 50 }) }))
    fc.assert(
      fc.property(fc.integer({ min: -50, max: 200 }), queues, (onHand, asked) => {
        const demand = asked.reduce((sum, { wanted }) => sum + wanted, 0)
        const kept = [...keptFor(onHand, asked).values()].reduce((sum, units) => sum + units, 0)
        expect(kept).toBe(reservedOf(onHand, demand))
      }),
    )
  })
})
