import { expect, it } from 'vitest'
import { whereTheyAre } from './leftovers.ts'

it.each([
  ['ready', 3, 'mending'],
  ['uploaded', 3, 'mending'],
  ['preparing', 3, 'mending'],
  ['failed', 3, 'mending'],
  ['running', 3, 'underWay'],
  ['paused', 3, 'underWay'],
  ['interrupted', 3, 'underWay'],
  ['done', 1, 'some'],
  ['done', 0, 'settled'],
] as const)('rows laid ready in an import that is %s, %i left: %s', (state, left, where) => {
  expect(whereTheyAre(state, left)).toBe(where)
})
