import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef } from 'react'
import { useClient } from '../kernel/context.tsx'
import { failureText } from '../kernel/errors.ts'
import { useShortcut } from '../kernel/keyboard.ts'
import { allSaved } from '../kernel/saved.ts'
import { useText } from '../kernel/text.ts'
import { runUndo, toast } from '../kernel/toast.tsx'
import { newestUndoable, takeRedo } from '../kernel/undo.ts'
import { useUndo } from '../kernel/undoCommand.ts'
import { runningWork } from '../kernel/work.ts'
import { newestUndo } from './newestUndo.ts'
import { text } from './text.ts'

const LOOKED_AT = 20

/**
 * Ctrl+Z and Ctrl+Y for business actions; inside text fields the keys belong to the text. What this window has not done itself (it was
 * loaded anew, or the work was done on another device) stands in one's own history.
 */
export function useUndoKeys(): void {
  const t = useText(text)
  const cache = useQueryClient()
  const client = useClient()
  const undo = useUndo()
  const fromHistory = async (what: 'undo' | 'redo') => {
    const none = t(what === 'undo' ? 'nothingToUndo' : 'nothingToRedo')
    try {
      const { entries } = await client.history.recent({ mine: true, limit: LOOKED_AT })
      const entry = newestUndo(entries, what)
      if (!entry) return toast(none, { tone: 'info' })
      // The words of every slice come only where they are needed.
      const { nameOfEntry } = await import('../features/history/words.ts')
      return await undo.nowNamed(nameOfEntry(entry), entry, what === 'redo')
    } catch (error) {
      toast(failureText(error, 'history'), { tone: 'bad' })
    }
  }
  const goOn = useEffectEvent(undo.goOn)
  useEffect(() => void goOn(), [])
  const turn = useRef<Promise<unknown>>(Promise.resolve())
  /** One key after the other: what a key means is known when what was done before it has been answered. */
  const inTurn = (act: () => Promise<unknown>) => () => {
    const running = runningWork()
    // What runs has no step of its own yet: the key would take back the one before it.
    if (running) return toast(t('stillRunning', { what: running.label }), { tone: 'info' })
    turn.current = turn.current.then(async () => {
      // Nor has what is still on its way, although the page shows it already; refused, it took itself back.
      const isSaving = cache.isMutating() > 0
      if (!(await allSaved(cache))) return
      // Who saved remembers his step when he is told.
      if (isSaving) await new Promise((told) => setTimeout(told))
      await act()
    })
  }
  const general = t('groupGeneral')
  const takeBack = inTurn(() => {
    const last = newestUndoable()
    return last ? runUndo(last.id) : fromHistory('undo')
  })
  useShortcut('Ctrl+Z', { label: t('undoLast'), group: general }, takeBack)
  const redo = inTurn(() => takeRedo()?.undo() ?? fromHistory('redo'))
  useShortcut('Ctrl+Y', { label: t('redo'), group: general }, redo)
  useShortcut('Ctrl+Shift+Z', { label: t('redo'), group: general }, redo)
}
