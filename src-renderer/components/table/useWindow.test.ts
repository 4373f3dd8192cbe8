import { expect, it } from 'vitest'
import { drawableRows, windowAt } from './useWindow.ts'

it('draws what is seen and a step more on both sides', () => {
  expect(windowAt(0, 640, 32, 100_000)).toEqual({ first: 0, last: 32 })
  const deep = windowAt(1_600_000, 640, 32, 100_000)
  expect(deep.first).toBeLessThanOrEqual(50_000)
  expect(deep.last).toBeGreaterThanOrEqual(50_020)
  expect(deep.last - deep.first).toBeLessThan(56)
})

it('stays the same window while scrolling within a step', () => {
  expect(windowAt(3200, 640, 32, 1000)).toEqual(windowAt(3200 + 31, 640, 32, 1000))
})

it('never leaves the list', () => {
  expect(windowAt(10_000_000, 640, 32, 50).last).toBe(49)
  expect(windowAt(0, 640, 32, 3)).toEqual({ first: 0, last: 2 })
})

it('stays below the height at which browsers stop drawing', () => {
  expect(drawableRows(1_000_000, 32) * 32).toBeLessThanOrEqual(33_000_000)
  expect(drawableRows(1_000_000, 32)).toBe(1_000_000)
})
