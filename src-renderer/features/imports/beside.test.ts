import { expect, it } from 'vitest'
import { besideOrder, besideWords, differs } from './beside.ts'

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

it('writes stored values by the kind of their field, and what is one value is not marked', () => {
  const own = (type: 'money' | 'number' | 'boolean' | 'select', file: string, there: string) => {
    const one = besideWords({ ...field('cf_1', file, there), type }, { yes: '是', no: '否' })
    return [one.file, one.there, differs(one)]
  }
  expect(own('money', '12000000', '12000000')).toEqual(['120,000.00', '120,000.00', false])
  expect(own('money', '12000000', '12000001')).toEqual(['120,000.00', '120,000.01', true])
  expect(own('money', '12000000', '***')).toEqual(['120,000.00', '***', true])
  expect(own('number', '1234.5', '')).toEqual(['1,234.5', '', false])
  expect(own('boolean', 'true', 'false')).toEqual(['是', '否', true])
  expect(own('select', '大', '大')).toEqual(['大', '大', false])
})
