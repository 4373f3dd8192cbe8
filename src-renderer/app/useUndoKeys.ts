import { useShortcut } from '../kernel/keyboard.ts'
import { useText } from '../kernel/text.ts'
import { runUndo, toast } from '../kernel/toast.tsx'
import { takeRedo, useUndoable } from '../kernel/undo.ts'
import { text } from './text.ts'

/** Ctrl+Z and Ctrl+Y for business actions; inside text fields the keys belong to the text. */
export function useUndoKeys(): void {
  const t = useText(text)
  const last = useUndoable()
  useShortcut('Ctrl+Z', { label: t('undoLast'), group: t('groupGeneral') }, () => {
    if (!last) return toast(t('nothingToUndo'), { tone: 'info' })
    void runUndo(last.id)
  })
  useShortcut('Ctrl+Y', { label: t('redo'), group: t('groupGeneral') }, () => void takeRedo()?.undo())
}
