import { describe, expect, it } from 'vitest'
import { dotsFor, FULL, pageTyped, soundSize, stepFrom, zoomOf } from './layout.ts'

const A4 = { width: 595, height: 842 }

describe('the zoom of a sheet', () => {
  it('fits the room, each sheet by itself, and does not blow up a receipt', () => {
    expect(zoomOf('fit', A4, 595 * FULL + 24, 3)).toBeCloseTo(1)
    expect(zoomOf('fit', { width: 842, height: 595 }, 595 * FULL + 24, 3)).toBeCloseTo(595 / 842)
    expect(zoomOf('fit', { width: 80, height: 200 }, 1000, 1)).toBe(1.6)
  })
  it('stays drawable where there is no room, and where pages without number would be taller than a browser scrolls', () => {
    expect(zoomOf('fit', A4, 0, 1)).toBeGreaterThan(0)
    expect(zoomOf(4, A4, 800, 20)).toBe(4)
    expect(zoomOf(4, A4, 800, 20_000) * 20_000 * 842 * FULL).toBeCloseTo(30_000_000)
  })
  it('goes up and down by steps from wherever a fit has left it, and stops at the ends', () => {
    expect(stepFrom(1, 1)).toBe(1.1)
    expect(stepFrom(1.1, -1)).toBe(1)
    expect(stepFrom(1.4, 1)).toBe(1.5)
    expect(stepFrom(1.4, -1)).toBe(1.25)
    expect(stepFrom(1.253, -1), 'a step nobody would see is left out').toBe(1.1)
    expect(stepFrom(4, 1)).toBe(4)
    expect(stepFrom(0.1, -1)).toBe(0.1)
  })
})

it('a canvas is as sharp as the screen, until it would be too large', () => {
  expect(dotsFor(800, 1100, 2)).toBe(2)
  const dots = dotsFor(5000, 7000, 2)
  expect(5000 * 7000 * dots * dots).toBeCloseTo(16_777_216)
})

it('paper of no size is A4', () => {
  expect(soundSize({ width: 100, height: 50 })).toEqual({ width: 100, height: 50 })
  for (const width of [0, -5, Number.NaN, Number.POSITIVE_INFINITY]) expect(soundSize({ width, height: 50 })).toEqual(A4)
})

it('a page is typed as people type numbers', () => {
  expect(['3', ' 12 ', '３', '0', '999'].map((typed) => pageTyped(typed, 20))).toEqual([3, 12, 3, 1, 20])
  expect(['', ' ', 'x', '1.5'].map((typed) => pageTyped(typed, 20))).toEqual([null, null, null, null])
})
