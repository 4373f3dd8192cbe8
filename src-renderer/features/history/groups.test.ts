import { describe, expect, it } from 'vitest'
import type { HistoryEntry } from '../../../src-shared/features/history/model.ts'
import { linesOf, openOf } from './groups.ts'

const entry = (seq: number, batchId: string | null, more: Partial<HistoryEntry> = {}): HistoryEntry => ({
  seq,
  at: '2026-11-20T01:00:00.000Z',
  actorName: '顾建国',
  origin: 'http',
  procedure: 'imports.run',
  action: 'imported',
  entity: 'customer',
  recordId: null,
  recordName: null,
  rows: 100,
  batchId,
  undoesSeq: null,
  undoneBySeq: null,
  undoable: true,
  irreversible: null,
  changes: [],
  ...more,
})

describe('lines of history', () => {
  it('puts neighbouring steps of one batch into one line and adds up their rows', () => {
    const lines = linesOf([entry(5, null), entry(4, 'A'), entry(3, 'A'), entry(2, 'B'), entry(1, 'A')])
    expect(lines.map((line) => [line.entry.seq, line.entries.length, line.rows])).toEqual([
      [5, 1, 100],
      [4, 2, 200],
      [2, 1, 100],
      [1, 1, 100],
    ])
  })
  it('keeps the undo of a batch apart from the batch', () => {
    const lines = linesOf([entry(3, 'A', { undoesSeq: 1, action: 'undone' }), entry(2, 'A'), entry(1, 'A', { undoneBySeq: 3 })])
    expect(lines.map((line) => line.entries.length)).toEqual([1, 2])
    expect(lines[1] && openOf(lines[1]).map((one) => one.seq)).toEqual([2])
  })
})
