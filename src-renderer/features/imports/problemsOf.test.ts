import { expect, it } from 'vitest'
import type { CheckRow, ImportColumn } from '../../../src-shared/features/imports/model.ts'
import { linesOf, problemOf } from './problemsOf.ts'

const column = (index: number): ImportColumn => ({
  index,
  letter: 'A',
  header: `column ${index}`,
  samples: [],
  target: { entity: 'customer', field: 'name' },
  confidence: 1,
  because: 'none',
  note: null,
})
const columns = [column(0), column(1), column(2)]
const row = (given: Partial<CheckRow>): Pick<CheckRow, 'problems' | 'plan' | 'reason' | 'kind'> => ({
  kind: 'data',
  plan: 'create',
  problems: [],
  reason: null,
  ...given,
})
const lines = (given: Partial<CheckRow>) => linesOf('en-US', row(given), columns, ({ header }) => header)

it('everything wrong with a row is told below it by the name of its column, the worse first', () => {
  const told = lines({
    plan: 'fail',
    reason: 'nameEmpty',
    problems: [
      { column: 1, level: 'warning', code: 'phoneOdd' },
      { column: 2, level: 'error', code: 'phoneShort' },
      { column: null, level: 'error', code: 'nameEmpty' },
    ],
  })
  expect(told.map(({ head, level }) => [head, level])).toEqual([
    ['column 2', 'error'],
    ['', 'error'],
    ['column 1', 'warning'],
  ])
})

it('a row that is left out says why, unless its mark says so already', () => {
  expect(lines({ plan: 'skip', reason: 'decided' })).toMatchObject([{ level: null, head: '' }])
  expect(lines({ plan: 'skip', reason: 'unchanged' })).toEqual([])
  expect(lines({ plan: 'skip', reason: 'title', kind: 'title' })).toEqual([])
})

it('in the cells, what is wrong with the row as a whole stands in the first one', () => {
  const one = row({ problems: [{ column: null, level: 'error', code: 'nameEmpty' }] })
  expect(problemOf('en-US', one, column(0), true).level).toBe('error')
  expect(problemOf('en-US', one, column(1), false)).toEqual({ said: '', level: null })
})
