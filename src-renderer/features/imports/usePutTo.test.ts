import { expect, it } from 'vitest'
import { DEFAULT_OPTIONS, type ImportColumn } from '../../../src-shared/features/imports/model.ts'
import { defaultOwner, ownerWritten, putTo } from './usePutTo.ts'

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

it('the owner beside a duplicate is who will be written: the default one where a new customer would have nobody', () => {
  const people = [{ id: 'e1', name: '李娜' }]
  const column = { ...owner, index: 0 } as ImportColumn
  const detail = { entity: 'customer' as const, userName: '管理员', options, columns: [column] }
  const row = (word: string, code?: string) => ({
    cells: [word],
    problems: code ? [{ column: 0, level: 'warning' as const, code }] : [],
  })
  const written = (word: string, isNew: boolean, code?: string) => ownerWritten(detail, people, row(word, code), isNew)
  expect([written('老张', true), written('老张', false)]).toEqual(['管理员', ''])
  expect([written('小马', true, 'person.unknown'), written('', true)]).toEqual(['管理员', '管理员'])
  expect([written('小刘', true), written('王芳', true)]).toEqual(['李娜', '王芳'])
  const to = (ownerId: string | null) => ({ ...detail, options: { ...options, defaults: { ownerId } } })
  expect(ownerWritten(to('e1'), people, row(''), true)).toBe('李娜')
  expect(ownerWritten(to(null), people, row(''), true)).toBe('')
  expect(defaultOwner(detail, people, column, row('王芳'))).toBeNull()
})
