import { expect, it } from 'vitest'
import type { RowMatch } from '../../../src-shared/features/imports/model.ts'
import { chipOf } from './chipOf.ts'

const match: RowMatch = {
  recordId: 'a',
  row: null,
  name: '苏州达科物流有限公司',
  ownerName: null,
  score: 1,
  sure: true,
  because: ['id'],
  deleted: false,
  visible: true,
}

it('a row that is surely somebody is tagged by what becomes of it, not as a duplicate', () => {
  expect(chipOf({ plan: 'update', match, decision: null, reason: null })).toBe('update')
  expect(chipOf({ plan: 'skip', match, decision: null, reason: 'unchanged' })).toBe('skipUnchanged')
  expect(chipOf({ plan: 'skip', match, decision: 'skip', reason: 'decided' })).toBe('skip')
  expect(chipOf({ plan: 'create', match, decision: null, reason: null })).toBe('create')
  expect(chipOf({ plan: 'fail', match, decision: null, reason: null })).toBe('failed')
})

it('a row is a duplicate as long as nobody can tell and nobody has decided', () => {
  const doubtful = { ...match, sure: false, score: 0.5 }
  expect(chipOf({ plan: 'create', match: doubtful, decision: null, reason: null })).toBe('dupChip')
  expect(chipOf({ plan: 'create', match: doubtful, decision: 'create', reason: null })).toBe('create')
  expect(chipOf({ plan: 'update', match: doubtful, decision: 'update', reason: null })).toBe('update')
})
