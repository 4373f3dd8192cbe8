import type { HistoryEntry } from '../../src-shared/features/history/model.ts'

type Entry = Pick<HistoryEntry, 'seq' | 'batchId' | 'undoable' | 'undoneBySeq' | 'irreversible' | 'action'>

/** Not every command that takes another back is an undo: a merge taken apart is a decision of its own, and Ctrl+Z is how one thinks better of it. */
const isUndo = ({ action }: Entry): boolean => action === 'undone'

/**
 * The next entry of one's own history to take back. Undo passes over what was undone and the undoing itself, not over a redo; redo is only for the
 * newest, when it is an undo: what was done after it came from another thought.
 */
export function newestUndo<One extends Entry>(entries: readonly One[], what: 'undo' | 'redo'): One | null {
  if (what === 'redo') {
    const newest = entries.find(({ irreversible, undoneBySeq }) => irreversible === null && undoneBySeq === null)
    return newest && isUndo(newest) && newest.undoable ? newest : null
  }
  return entries.find((entry) => entry.undoable && entry.undoneBySeq === null && !isUndo(entry)) ?? null
}
