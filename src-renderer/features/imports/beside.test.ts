import { expect, it } from 'vitest'
import { besideOrder, differs } from './beside.ts'

const field = (key: string, file: string, there: string) => ({
  entity: 'customer',
  feature: 'customers',
  field: key,
  file,
  there,
})

it('the name stands first whatever the order of the file, what is empty on both sides nowhere', () => {
  const found = [field('phone2', '1', ''), field('website', '', ''), field('name', 'A', 'B'), field('phone', '1', '1')]
  expect(besideOrder(found).map((one) => one.field)).toEqual(['name', 'phone', 'phone2'])
})

it('two sides differ only where both say something', () => {
  expect([differs(field('name', 'A', 'B')), differs(field('name', 'A', '')), differs(field('name', 'A', 'A'))]).toEqual([
    true,
    false,
    false,
  ])
})
