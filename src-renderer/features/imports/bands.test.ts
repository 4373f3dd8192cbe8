import { expect, it } from 'vitest'
import { recordOfColumn } from '../../../src-shared/features/imports/recordOfColumn.ts'
import { bandsOf, choicesOf, toneOf } from './bands.ts'

const column = (index: number, entity: string | null, field = 'name', at?: number) => ({
  index,
  target: entity === null ? null : { entity, field, ...(at === undefined ? {} : { at }) },
})
const columns = [
  column(0, 'customer'),
  column(1, 'contact'),
  column(2, 'contact', 'phone'),
  column(3, 'contact'),
  column(4, 'contact', 'email', 1),
  column(5, null),
  column(6, 'followUp', 'text'),
]

it('a column speaks of the contact it names, else the nth of a field of the nth', () => {
  expect(columns.map((one) => recordOfColumn(columns, one))).toEqual([0, 0, 0, 1, 1, 0, 0])
})

it('each record of a row is a band of its own colour', () => {
  expect(bandsOf(columns, 'customer').map(({ key, several, columns: n }) => [key, several, n])).toEqual([
    ['customer 0', false, 1],
    ['contact 0', true, 2],
    ['contact 1', true, 2],
    ['followUp 0', false, 1],
  ])
  expect(
    new Set([toneOf('customer', 0), toneOf('contact', 0), toneOf('contact', 1), toneOf('contact', 2), toneOf('followUp', 0)])
      .size,
  ).toBe(5)
})

it('a column can go to a contact more than there are, but not in a list of contacts', () => {
  const shown = (own: string) => choicesOf(columns, ['customer', 'contact'], own).map(({ entity, at }) => `${entity} ${at}`)
  expect(shown('customer')).toEqual(['customer 0', 'contact 0', 'contact 1', 'contact 2'])
  expect(shown('contact')).toEqual(['customer 0', 'contact 0'])
})
