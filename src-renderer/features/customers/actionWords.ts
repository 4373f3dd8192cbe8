import type { HistoryEntry } from '../../../src-shared/features/history/model.ts'
import { actionWord as sliceAction } from '../../kernel/slices.ts'
import type { T } from './words.tsx'

/** What a command did, in the words of its slice; an undo says so. */
export function actionWord(t: T, entry: HistoryEntry): string {
  if (entry.undoesSeq !== null) return t(entry.action === 'redone' ? 'didAgain' : 'tookBack')
  return sliceAction(entry.procedure, entry.action) ?? t('didSomething')
}
