import { expect, it } from 'vitest'
import type { View } from '../../../src-shared/features/views/plain.ts'
import { NO_ARRANGEMENT, PRIVATE } from '../../../src-shared/features/views/plain.ts'
import { arrangeTabs, moved, withPin } from './tabs.ts'

const system = [
  { key: 'all', label: '全部', filter: null },
  { key: 'mine', label: '我的', filter: { combinator: 'and' as const, rules: [] } },
]
const view = (id: string, isForMe = true): View => ({
  id: id as View['id'],
  entity: 'customer',
  kind: 'table',
  name: id,
  definition: { filter: null, sorts: [], layout: null, density: null, sums: [] },
  audience: PRIVATE,
  ownerName: null,
  isMine: isForMe,
  isOrphan: false,
  isForMe,
  mayEdit: true,
  version: 1,
})
const keys = (...args: Parameters<typeof arrangeTabs>) => arrangeTabs(...args).map(({ key }) => key)

it('tabs stand in the order of their reader, new ones at the end; what he only manages is not in the line', () => {
  const views = [view('a'), view('b', false)]
  expect(keys(system, views, NO_ARRANGEMENT)).toEqual(['all', 'mine', 'a', 'b'])
  expect(keys(system, views, { ...NO_ARRANGEMENT, order: ['a', 'gone', 'all'] })).toEqual(['a', 'all', 'mine', 'b'])
  const tabs = arrangeTabs(system, views, withPin(NO_ARRANGEMENT, 'mine', false))
  expect(tabs.filter(({ isPinned }) => isPinned).map(({ key }) => key)).toEqual(['all', 'a'])
})

it('a tab moves by one place and stops at the ends', () => {
  const tabs = arrangeTabs(system, [view('a')], NO_ARRANGEMENT)
  expect(moved(tabs, NO_ARRANGEMENT, 'a', -1).order).toEqual(['all', 'a', 'mine'])
  expect(moved(tabs, NO_ARRANGEMENT, 'all', -1)).toBe(NO_ARRANGEMENT)
  expect(moved(tabs, NO_ARRANGEMENT, 'a', 1)).toBe(NO_ARRANGEMENT)
  expect(withPin(withPin(NO_ARRANGEMENT, 'a', false), 'a', true).unpinned).toEqual([])
})
