import { expect, it } from 'vitest'
import { newestUndo } from './newestUndo.ts'

const entry = (seq: number, more: object = {}) => ({
  seq,
  batchId: null,
  undoable: true,
  undoesSeq: null,
  undoneBySeq: null,
  irreversible: null,
  action: more && 'undoesSeq' in more ? 'undone' : 'edited',
  ...more,
})

it('undo takes the newest that stands, past what was undone, the undoing itself and what cannot be undone', () => {
  const entries = [
    entry(9, { undoesSeq: 8 }),
    entry(8, { undoneBySeq: 9, undoable: false }),
    entry(7, { undoable: false, irreversible: 'x' }),
    entry(6),
  ]
  expect(newestUndo(entries, 'undo')?.seq).toBe(6)
  expect(newestUndo([], 'undo')).toBe(null)
  const redone = [
    entry(10, { undoesSeq: 9, action: 'redone' }),
    entry(9, { undoesSeq: 8, undoneBySeq: 10 }),
    entry(8, { undoneBySeq: 9 }),
  ]
  expect(newestUndo(redone, 'undo')?.seq).toBe(10)
  expect(newestUndo(redone, 'redo')).toBe(null)
})

it('a merge that was taken apart is a step of its own: Ctrl+Z puts it together again, Ctrl+Y has nothing to do', () => {
  const entries = [entry(9, { undoesSeq: 8, action: 'unmerged' }), entry(8, { undoneBySeq: 9, undoable: false }), entry(6)]
  expect(newestUndo(entries, 'undo')?.seq).toBe(9)
  expect(newestUndo(entries, 'redo')).toBe(null)
})

it('redo takes back the newest undo, and nothing once something else was done', () => {
  expect(newestUndo([entry(9, { undoesSeq: 8 }), entry(6)], 'redo')?.seq).toBe(9)
  expect(newestUndo([entry(10), entry(9, { undoesSeq: 8 })], 'redo')).toBe(null)
  expect(newestUndo([entry(9, { undoesSeq: 8, undoneBySeq: 10 }), entry(8, { undoneBySeq: 9 })], 'redo')).toBe(null)
})
