import { describe, expect, it } from 'vitest'
import { indexOfKey, placeNow } from './place.ts'

const rowsOf = (...ids: string[]) => ({ first: 0, last: ids.length - 1, count: ids.length, at: (i: number) => ids[i] })
const same = (id: string) => id
const stood = { result: 'all', index: 1, key: 'b' }

describe('a place among rows that move', () => {
  it('follows its record when a colleague adds one above', () => {
    expect(placeNow(stood, 'all', rowsOf('a', 'b'), same)).toBe(1)
    expect(placeNow(stood, 'all', rowsOf('new', 'a', 'b'), same)).toBe(2)
    expect(indexOfKey(rowsOf('a', 'b'), same, 'b')).toBe(1)
  })

  it('keeps its height when the record is gone, and never lies below the last row', () => {
    expect(placeNow(stood, 'all', rowsOf('a', 'c'), same)).toBe(1)
    expect(placeNow(stood, 'all', rowsOf('a'), same)).toBe(0)
    expect(placeNow(stood, 'all', rowsOf(), same)).toBe(-1)
    expect(indexOfKey(rowsOf('a'), same, 'b')).toBeNull()
  })

  it('means nothing among the rows of another filter', () => {
    expect(placeNow(stood, 'A only', rowsOf('a', 'b'), same)).toBe(-1)
    expect(placeNow(null, 'all', rowsOf('a'), same)).toBe(-1)
  })
})
