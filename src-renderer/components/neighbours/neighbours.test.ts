import { expect, it } from 'vitest'
import { besideOf, firstAround } from './neighbours.ts'

const rows = (...ids: string[]) => ids.map((id) => ({ id }))
const ids = ({ index, previous, next }: ReturnType<typeof besideOf>) => [index, previous?.id, next?.id]

it('finds the rows beside a record, where it stands now', () => {
  expect(ids(besideOf(rows('a', 'b', 'c'), 0, { id: 'b', index: 1 }))).toEqual([1, 'a', 'c'])
  expect(ids(besideOf(rows('n', 'm', 'a', 'b', 'c'), 10, { id: 'b', index: 11 }))).toEqual([13, 'a', 'c'])
})

it('goes on from the gap when the record has left its list', () => {
  expect(ids(besideOf(rows('a', 'c', 'd'), 0, { id: 'b', index: 1 }))).toEqual([null, 'a', 'c'])
  expect(ids(besideOf(rows('c'), 0, { id: 'b', index: 0 }))).toEqual([null, undefined, 'c'])
  expect(ids(besideOf(rows('a'), 0, { id: 'b', index: 1 }))).toEqual([null, 'a', undefined])
})

it('never asks for rows before the first', () => {
  expect([firstAround(2), firstAround(5), firstAround(40)]).toEqual([0, 0, 35])
})
