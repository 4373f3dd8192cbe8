import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quantityOf, unitsOf } from './units.ts'

describe('quantities', () => {
  it('are exact to the fourth digit, both ways', () => {
    expect(unitsOf('1.5')).toBe(15_000)
    expect(unitsOf('-0.0001')).toBe(-1)
    expect(unitsOf('999999999.9999')).toBe(9_999_999_999_999)
    expect(quantityOf(15_000)).toBe('1.5')
    expect(quantityOf(-1)).toBe('-0.0001')
    expect(quantityOf(0)).toBe('0')
    fc.assert(
      fc.property(fc.integer({ min: -9_999_999_999_999, max: 9_999_999_999_999 }), (units) => {
        expect(unitsOf(quantityOf(units))).toBe(units)
      }),
    )
  })
  it('that are no numbers are refused', () => {
    for (const text of ['', '1.23456', '1e3', 'x', '1234567890']) expect(() => unitsOf(text)).toThrow('badNumber')
  })
})
