import { expect, it } from 'vitest'
import type { Sharing } from './model.ts'
import { overfull, sharer, successorsIn } from './rules.ts'

const of = (sharing: unknown) => sharing as Sharing
const customers = Array.from({ length: 7 }, (_, n) => ({
  level: ['A', 'B', null][n % 3] ?? null,
  province: n < 3 ? '浙江省' : null,
}))

it('gives all to one, evenly to several, or by a field with the rest to one', () => {
  expect(customers.map(sharer(of({ kind: 'one', to: 'x' })))).toEqual(Array.from({ length: 7 }, () => 'x'))
  expect(customers.map(sharer(of({ kind: 'even', to: ['x', 'y', 'z'] }))).join('')).toBe('xyzxyzx')
  const byLevel = of({
    kind: 'by',
    field: 'level',
    map: [
      { value: 'A', to: 'x' },
      { value: null, to: 'z' },
    ],
    rest: 'y',
  })
  expect(customers.map(sharer(byLevel)).join('')).toBe('xyzxyzx')
  expect(successorsIn(byLevel)).toEqual(['x', 'z', 'y'])
  expect(successorsIn(null)).toEqual([])
})

it('names who would hold more than he may, and nobody who gets nothing', () => {
  const share = (name: string, more: number, held: number, most: number | null) => ({
    employeeId: name as never,
    name,
    customers: more,
    others: {},
    held,
    most,
  })
  const shares = [share('a', 2, 9, 10), share('b', 1, 9, 10), share('c', 50, 9, null), share('d', 0, 12, 10)]
  expect(overfull(shares).map(({ name }) => name)).toEqual(['a'])
})
