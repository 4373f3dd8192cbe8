import { expect, it } from 'vitest'
import { moved } from './order.ts'

it('puts one entry to another place and leaves the others in their order', () => {
  expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a'])
  expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b'])
})
it('changes nothing beyond the ends or for what is not there', () => {
  for (const [from, to] of [
    [0, -1],
    [2, 3],
    [-1, 0],
    [5, 0],
  ] as const)
    expect(moved(['a', 'b', 'c'], from, to)).toEqual(['a', 'b', 'c'])
})
