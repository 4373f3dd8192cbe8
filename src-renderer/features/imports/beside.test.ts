import { expect, it } from 'vitest'
import { besideOrder, differs } from './beside.ts'

const field = (key: string, file: string, there: string, at?: number) => ({
  entity: at === undefined ? 'customer' : 'contact',
  feature: 'customers',
  field: key,
  at: at ?? 0,
  file,
  there,
})

it('the name stands first whatever the order of the file, what is empty on both sides nowhere', () => {
  const found = [field('phone2', '1', ''), field('website', '', ''), field('name', 'A', 'B'), field('phone', '1', '1')]
  expect(besideOrder(found).map((one) => one.field)).toEqual(['name', 'phone', 'phone2'])
})

it('each contact of a row stays in one piece, the further ones behind', () => {
  const found = [
    field('name', 'A', ''),
    field('name', 'B', '', 0),
    field('phone', '1', '', 0),
    field('name', 'C', '', 1),
    field('phone', '2', '', 1),
    field('level', 'A', ''),
  ]
  expect(besideOrder(found).map(({ file }) => file)).toEqual(['A', 'B', '1', 'A', 'C', '2'])
})

it('two sides differ only where both say something', () => {
  expect([differs(field('name', 'A', 'B')), differs(field('name', 'A', '')), differs(field('name', 'A', 'A'))]).toEqual([
    true,
    false,
    false,
  ])
})
