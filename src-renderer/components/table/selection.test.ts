import { describe, expect, it } from 'vitest'
import {
  carriedOver,
  countSelected,
  EVERYTHING,
  isEmptySelection,
  isSelected,
  keptOf,
  NOTHING,
  rangeBetween,
  selectionInput,
  setSelected,
} from './selection.ts'

describe('choosing rows', () => {
  it('turns single rows and ranges on and off', () => {
    const some = setSelected(NOTHING, ['a', 'b', 'c'], true)
    const fewer = setSelected(some, ['b'], false)
    expect([isSelected(fewer, 'a'), isSelected(fewer, 'b')]).toEqual([true, false])
    expect(countSelected(fewer, 100_000)).toBe(2)
    expect(rangeBetween(7, 3)).toEqual({ first: 3, last: 7 })
  })

  it('keeps "all" as a filter with exceptions', () => {
    const allBut = setSelected(EVERYTHING, ['x', 'y'], false)
    expect(isSelected(allBut, 'anything')).toBe(true)
    expect(isSelected(allBut, 'x')).toBe(false)
    expect(countSelected(allBut, 100_000)).toBe(99_998)
    expect(isSelected(setSelected(allBut, ['x'], true), 'x')).toBe(true)
    expect(selectionInput(allBut, { search: '精密' })).toEqual({ which: { search: '精密' }, except: ['x', 'y'] })
  })

  it('does not call an uncounted "all" empty', () => {
    expect(countSelected(EVERYTHING, undefined)).toBeUndefined()
    expect(isEmptySelection(EVERYTHING, undefined)).toBe(false)
    expect(isEmptySelection(setSelected(EVERYTHING, ['a'], false), 1)).toBe(true)
  })

  it('keeps only rows that another filter shows as well, and never "all" of the one before', () => {
    const some = setSelected(NOTHING, ['a', 'b'], true)
    expect(carriedOver(some)).toBe(some)
    expect(carriedOver(EVERYTHING)).toEqual(NOTHING)
    expect(keptOf(some, new Set(['b', 'c']))).toEqual({ all: false, ids: new Set(['b']) })
    expect(keptOf(EVERYTHING, new Set(['a']))).toEqual(NOTHING)
  })

  it('never changes the selection it was given', () => {
    setSelected(NOTHING, ['a'], true)
    setSelected(EVERYTHING, ['a'], false)
    expect(countSelected(NOTHING, 9)).toBe(0)
    expect(countSelected(EVERYTHING, 9)).toBe(9)
  })
})
