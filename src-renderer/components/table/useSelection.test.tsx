import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { EVERYTHING, NOTHING, setSelected } from './selection.ts'
import { useSelection } from './useSelection.ts'

let root: Root
const drawn = {} as ReturnType<typeof useSelection>
function List({ words }: { words: string }) {
  Object.assign(drawn, useSelection({ search: words }))
  return null
}
const draw = (words: string) => act(() => root.render(<List words={words} />))
const shows = (...keys: string[]) => act(() => drawn.settle(new Set(keys)))
const tick = (...keys: string[]) => act(() => drawn.setSelection(setSelected(drawn.selection, keys, true)))
const ticked = () => (drawn.selection.all ? 'all' : [...drawn.selection.ids].join(' '))

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  root = createRoot(document.createElement('div'))
  draw('a')
  shows('A', 'AB')
})
afterEach(() => {
  act(() => root.unmount())
  vi.unstubAllGlobals()
})

it('keeps what was ticked before the rows of another search were there, as far as that search finds it', () => {
  tick('A')
  draw('b')
  tick('AB')
  expect(ticked()).toBe('A AB')
  shows('AB', 'B')
  expect(ticked()).toBe('AB')
  tick('B')
  shows('AB', 'B')
  expect(ticked()).toBe('AB B')
})

it('means by all what is looked for now', () => {
  act(() => drawn.setSelection(EVERYTHING))
  draw('b')
  expect(drawn.selection).toEqual(NOTHING)
  act(() => drawn.setSelection(EVERYTHING))
  shows('AB', 'B')
  expect(ticked()).toBe('all')
})
