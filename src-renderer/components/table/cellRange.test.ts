import { expect, it } from 'vitest'
import { landing, rangeClass, rangeInRow, rangeOf, filledTo, repeatedFrom } from './cellRange.ts'

it('a range is the same from either corner, and each row knows its part of it', () => {
  const range = rangeOf({ row: 5, column: 3 }, { row: 2, column: 1 })
  expect(range).toEqual({ top: 2, bottom: 5, left: 1, right: 3 })
  expect([rangeInRow(range, 1), rangeInRow(range, 2), rangeInRow(range, 3), rangeInRow(range, 5)]).toEqual([
    null,
    '1-3t',
    '1-3',
    '1-3b',
  ])
  expect(rangeClass('1-3t', 0)).toBe('')
  expect(rangeClass('1-3t', 1)).toBe(' in-range range-top range-left')
  expect(rangeClass('1-3b', 3)).toBe(' in-range range-bottom range-right')
})

it('a block is repeated over a range that it fills evenly, and lands once otherwise', () => {
  const range = { top: 2, bottom: 5, left: 1, right: 2 }
  expect(landing(range, { rows: 1, columns: 1 })).toEqual(range)
  expect(landing(range, { rows: 2, columns: 2 })).toEqual(range)
  expect(landing(range, { rows: 3, columns: 1 })).toEqual({ top: 2, bottom: 4, left: 1, right: 1 })
})

it('a dragged corner reaches down or right, whichever is further, never back; its cells repeat the source', () => {
  const source = { top: 2, bottom: 3, left: 1, right: 1 }
  expect(filledTo(source, { row: 7, column: 2 })).toEqual({ ...source, bottom: 7 })
  expect(filledTo(source, { row: 4, column: 5 })).toEqual({ ...source, right: 5 })
  expect(filledTo(source, { row: 3, column: 1 })).toBeNull()
  expect(filledTo(source, { row: 0, column: 0 })).toBeNull()
  expect([4, 5, 6].map((at) => repeatedFrom(2, 3, at))).toEqual([2, 3, 2])
})
