import { expect, it } from 'vitest'
import { inOrder, movedTo } from './RecordTabs.tsx'

const tabs = ['activity', 'contacts', 'files'].map((key) => ({ key }))
const keys = (order: readonly string[]) => inOrder(tabs, order).map(({ key }) => key)

it('tabs stand in one’s own order; one that is new since stands where it stood, one that is gone is left out', () => {
  expect(keys([])).toEqual(['activity', 'contacts', 'files'])
  expect(keys(['files', 'gone', 'activity'])).toEqual(['files', 'activity', 'contacts'])
})

it('a tab is put where another one stands', () => {
  expect(movedTo(['a', 'b', 'c'], 'c', 0)).toEqual(['c', 'a', 'b'])
  expect(movedTo(['a', 'b', 'c'], 'a', 2)).toEqual(['b', 'c', 'a'])
})
