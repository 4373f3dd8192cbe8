import { expect, it } from 'vitest'
import { DEFAULT_OPTIONS, type ImportColumn } from '../../../src-shared/features/imports/model.ts'
import { defaultOwner, type Holders, ownerWritten, putTo, showsOwners } from './usePutTo.ts'

const holders: Holders = {
  colleagues: [{ id: 'e1', name: '李娜' }],
  pools: [{ id: 'p1', name: '华东公海' }],
  inPool: (name) => `公海 · ${name}`,
}
const options = { ...DEFAULT_OPTIONS, values: { 'customer.ownerId': { 小刘: 'e1', 老张: null, 走了的: 'gone' } } }
const note = (code: string) => ({ code, level: 'info', counts: {}, unknown: [] }) as unknown as ImportColumn['note']
const owner = { target: { entity: 'customer', field: 'ownerId' }, note: note('people') }

it('a name that was put to a colleague is shown as his, one left empty as nothing, any other as the file has it', () => {
  const said = (word: string, column: Pick<ImportColumn, 'target' | 'note'> = owner) => putTo(options, holders, column, word)
  expect(['小刘', '老张', '走了的', '王芳'].map((word) => said(word))).toEqual(['李娜', '', null, null])
  expect(said('小刘', { ...owner, note: note('values') })).toBeNull()
  expect(said('小刘', { target: null, note: note('people') })).toBeNull()
})

it('the owner beside a duplicate is who will be written: the default one where a new customer would have nobody', () => {
  const column = { ...owner, index: 0 } as ImportColumn
  const detail = { entity: 'customer' as const, userName: '管理员', options, columns: [column] }
  const row = (word: string, code?: string) => ({
    cells: [word],
    problems: code ? [{ column: 0, level: 'warning' as const, code }] : [],
  })
  const written = (word: string, isNew: boolean, code?: string) => ownerWritten(detail, holders, row(word, code), isNew)
  expect([written('老张', true), written('老张', false)]).toEqual(['管理员', ''])
  expect([written('小马', true, 'person.unknown'), written('', true)]).toEqual(['管理员', '管理员'])
  expect([written('小刘', true), written('王芳', true)]).toEqual(['李娜', '王芳'])
  const to = (ownerId: string | null) => ({ ...detail, options: { ...options, defaults: { ownerId } } })
  expect(ownerWritten(to('e1'), holders, row(''), true)).toBe('李娜')
  expect(ownerWritten(to(null), holders, row(''), true)).toBe('')
  expect(defaultOwner(detail, holders, column, row('王芳'), true)).toBeNull()
})

it('a pool stands where an owner would: the one that the row names, or for new customers the default one', () => {
  const pool = { target: { entity: 'customer', field: 'poolId' }, note: note('pools'), index: 1 } as ImportColumn
  const values = { 'customer.poolId': { 东海: 'p1', 别的: null } }
  const detail = {
    entity: 'customer' as const,
    userName: '管理员',
    options: { ...options, values, defaults: { ownerId: null, poolId: 'p1' } },
    columns: [{ ...owner, index: 0 } as ImportColumn, pool],
  }
  const row = (name: string, named: string, code?: string) => ({
    cells: [name, named],
    problems: code ? [{ column: 1, level: 'error' as const, code }] : [],
  })
  const written = (name: string, named: string, isNew: boolean) => ownerWritten(detail, holders, row(name, named), isNew)
  expect([written('', '', true), written('王芳', '', true), written('', '', false)]).toEqual(['公海 · 华东公海', '王芳', ''])
  expect([written('', '北方公海', true), written('', '东海', false)]).toEqual(['公海 · 北方公海', '公海 · 华东公海'])
  expect(written('', '别的', true)).toBe('公海 · 华东公海')
  expect(putTo(detail.options, holders, pool, '东海')).toBe('华东公海')
  // A customer who has an owner keeps him: the row is refused.
  expect(ownerWritten(detail, holders, row('', '华东公海', 'poolOwned'), false)).toBe('')
  const plain = { ...detail, options: { ...options, defaults: {} } }
  expect(ownerWritten(plain, holders, row('', '没有的', 'pool.unknown'), true)).toBe('管理员')
  expect([showsOwners(detail), showsOwners({ ...detail, columns: [pool] }), showsOwners({ ...plain, columns: [] })]).toEqual([
    false,
    true,
    false,
  ])
})
