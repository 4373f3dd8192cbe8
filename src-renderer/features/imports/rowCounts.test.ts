import { expect, it } from 'vitest'
import { rowsThrough, titleRows } from './rowCounts.ts'

const PLAN = { rows: 63, create: 58, update: 1, skip: 3, fail: 1, duplicates: 1, undecided: 1, doubtful: 0, warnings: 0 }
const counts = (rowsRead: number) => ({ rowsRead, created: rowsRead, updated: 0, skipped: 0, failed: 0 })

it('rows of a title are told apart from the rows below the header', () => {
  expect(titleRows({ plan: PLAN, dataRows: 61 })).toBe(2)
  expect(titleRows({ plan: null, dataRows: 61 })).toBe(0)
  expect(titleRows({ plan: { ...PLAN, rows: 61 }, dataRows: 61 })).toBe(0)
})

it('a run that stands still in the middle of a file is counted out of the rows of the file', () => {
  const paused = { what: 'running' as const, done: 2104, total: 20_000 }
  expect(rowsThrough({ counts: counts(2104), progress: paused })).toEqual({ n: 2104, of: 20_000 })
  expect(rowsThrough({ counts: counts(20_000), progress: null })).toEqual({ n: 20_000, of: null })
  // Rows of a check are not yet rows of a run.
  expect(rowsThrough({ counts: counts(0), progress: { ...paused, what: 'preparing' } })).toEqual({ n: 0, of: null })
})
