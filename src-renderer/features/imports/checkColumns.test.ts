import { expect, it } from 'vitest'
import { DEFAULT_OPTIONS, type ImportColumn } from '../../../src-shared/features/imports/model.ts'
import { checkColumns, inOrder, isOfFile } from './checkColumns.ts'

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

it('where new customers go into a pool, whose each becomes is shown although the file has no such column', () => {
  const file = columns.filter(({ target }) => target?.field !== 'ownerId') as ImportColumn[]
  const shown = (poolId?: string) =>
    checkColumns({ entity: 'customer', columns: file, options: { ...DEFAULT_OPTIONS, defaults: poolId ? { poolId } : {} } })
  expect(shown().every(isOfFile)).toBe(true)
  expect(shown('p1').map(({ index }) => index)).toEqual([2, 3, 4, -1, 1, 5, 6])
})
