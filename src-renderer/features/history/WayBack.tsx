import { RedoOutlined, UndoOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { HistoryEntry } from '../../../src-shared/features/history/model.ts'
import { Chip } from '../../components/marks.tsx'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { text } from './text.ts'

/** What taking it back would do is doing again: it is an undo itself. */
export const isTakenBack = ({ undoesSeq, action }: HistoryEntry): boolean => undoesSeq !== null && action !== 'redone'

/**
 * Whether an entry of a record's history has a way back there. From a record only what is its alone: taking a step of a batch back would
 * take others with it.
 */
export const mayTakeBack = ({ undoable, batchId, facts }: HistoryEntry): boolean =>
  undoable && (batchId === null || facts.records === 1)

/** Beside an entry of a record's history: its way back, or that it has been taken. `what`: the entry in words. */
export function WayBack({ entry, what }: { entry: HistoryEntry; what: string }) {
  const t = useText(text)
  const undo = useUndo()
  if (entry.undoneBySeq !== null) return <Chip>{t('undone')}</Chip>
  if (!mayTakeBack(entry)) return null
  const again = isTakenBack(entry)
  return (
    <Button size="small" icon={again ? <RedoOutlined /> : <UndoOutlined />} onClick={() => void undo.now(what, entry)}>
      {t(again ? 'redo' : 'undo')}
    </Button>
  )
}
