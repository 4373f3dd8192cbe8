import { expect, it } from 'vitest'
import { inOrder } from './checkColumns.ts'

const columns = [
  '',
  'customer.address',
  'customer.name',
  'contact.name',
  'contact.phone',
  'contact.name',
  'contact.phone',
  'customer.ownerId',
].map((key, index) => {
  const [entity = '', field = ''] = key.split('.')
  return { index, target: key === '' ? null : { entity, field } }
})

it('who it is and how to reach them stands first; further contacts stay behind, each with his own number', () => {
  expect(inOrder(columns).map(({ index }) => index)).toEqual([2, 3, 4, 7, 1, 5, 6])
})
