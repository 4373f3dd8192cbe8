import { expect, it } from 'vitest'
import { DEFAULT_OPTIONS, type ImportColumn } from '../../../src-shared/features/imports/model.ts'
import { putTo } from './usePutTo.ts'

const options = { ...DEFAULT_OPTIONS, values: { 'customer.ownerId': { 小刘: 'e1', 老张: null, 走了的: 'gone' } } }
const note = (code: string) => ({ code, level: 'info', counts: {}, unknown: [] }) as unknown as ImportColumn['note']
const owner = { target: { entity: 'customer', field: 'ownerId' }, note: note('people') }

it('a name that was put to a colleague is shown as his, one left empty as nothing, any other as the file has it', () => {
  const said = (word: string, column: Pick<ImportColumn, 'target' | 'note'> = owner) =>
    putTo(options, [{ id: 'e1', name: '李娜' }], column, word)
  expect(['小刘', '老张', '走了的', '王芳'].map((word) => said(word))).toEqual(['李娜', '', null, null])
  expect(said('小刘', { ...owner, note: note('values') })).toBeNull()
  expect(said('小刘', { target: null, note: note('people') })).toBeNull()
})
