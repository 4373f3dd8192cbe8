import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { readPreference, writePreference } from '../../kernel/preferences.ts'
import { useLayout } from './useLayout.ts'

let root: Root
const drawn = {} as { list: ReturnType<typeof useLayout> }
function List() {
  Object.assign(drawn, { list: useLayout('customers', []) })
  return null
}

beforeEach(() => {
  localStorage.clear()
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  root = createRoot(document.createElement('div'))
  act(() => root.render(<List />))
})
afterEach(() => {
  act(() => root.unmount())
  vi.unstubAllGlobals()
})

it('goes with the row height of all lists until it has one of its own, and again when the two are the same', () => {
  expect(drawn.list.density).toBe('compact')
  act(() => writePreference('density', 'normal'))
  expect(drawn.list.density).toBe('normal')
  act(() => drawn.list.setDensity('compact'))
  expect(drawn.list.density).toBe('compact')
  act(() => drawn.list.setDensity('normal'))
  expect(readPreference('list.customers.density')).toBeNull()
  act(() => writePreference('density', 'compact'))
  expect(drawn.list.density).toBe('compact')
})
