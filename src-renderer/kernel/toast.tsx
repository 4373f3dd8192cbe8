import { CheckCircleFilled, CloseOutlined, ExclamationCircleFilled, InfoCircleFilled } from '@ant-design/icons'
import { useEffect, useSyncExternalStore } from 'react'
import { newId } from './ids.ts'
import { onForget } from './person.ts'
import { text } from './toastText.ts'
import { useText } from './text.ts'
import { rememberUndo, takeUndo, type Undoable } from './undo.ts'

export type Tone = 'ok' | 'info' | 'bad'
type Toast = {
  readonly id: string
  readonly tone: Tone
  readonly text: string
  readonly undoable: boolean
  readonly action?: { label: string; run: () => void }
}

export const TOAST_MS = 8000
/** More would lie over the work; what went out of sight stands in the history. */
const VISIBLE = 2
const listeners = new Set<() => void>()
let toasts: readonly Toast[] = []
const set = (next: readonly Toast[]) => {
  toasts = next
  for (const tell of listeners) tell()
}
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Says at the bottom centre what has happened, with counts. With `undo` it offers 撤销, and Ctrl+Z keeps it beyond the 8 seconds. */
export function toast(
  said: string,
  options: { tone?: Tone; undo?: Undoable['undo']; action?: { label: string; run: () => void } } = {},
): void {
  const id = newId()
  if (options.undo) rememberUndo({ id, text: said, undo: options.undo })
  const { action } = options
  set(
    [
      ...toasts.filter((t) => t.text !== said || t.undoable),
      { id, tone: options.tone ?? 'ok', text: said, undoable: options.undo !== undefined, ...(action && { action }) },
    ].slice(-VISIBLE),
  )
}

onForget(() => set([]))
export const closeToast = (id: string): void => set(toasts.filter((t) => t.id !== id))

/** Takes the newest (or a named) action back; whoever offers it says what came of it. */
export async function runUndo(id?: string): Promise<void> {
  const entry = takeUndo(id)
  if (!entry) return
  closeToast(entry.id)
  await entry.undo()
}

const ICONS = { ok: CheckCircleFilled, info: InfoCircleFilled, bad: ExclamationCircleFilled }

function ToastView({ entry }: { entry: Toast }) {
  const t = useText(text)
  useEffect(() => {
    const timer = setTimeout(() => closeToast(entry.id), TOAST_MS)
    return () => clearTimeout(timer)
  }, [entry.id])
  const Icon = ICONS[entry.tone]
  return (
    <div className="toast" role={entry.tone === 'bad' ? 'alert' : 'status'}>
      <Icon className={`toast-${entry.tone}`} />
      <span className="el num" title={entry.text}>
        {entry.text}
      </span>
      {entry.undoable && (
        <button type="button" className="bare toast-link row g8" onClick={() => void runUndo(entry.id)}>
          {t('undo')}
          <span className="kbd toast-kbd">Ctrl Z</span>
        </button>
      )}
      {entry.action && (
        <button type="button" className="bare toast-link" onClick={entry.action.run}>
          {entry.action.label}
        </button>
      )}
      <button type="button" className="bare toast-close" aria-label={t('close')} onClick={() => closeToast(entry.id)}>
        <CloseOutlined />
      </button>
    </div>
  )
}

/** Where the toasts stand; mounted once. */
export function Toasts() {
  const shown = useSyncExternalStore(subscribe, () => toasts)
  return (
    <div className="toasts" aria-live="polite">
      {shown.map((entry) => (
        <ToastView key={entry.id} entry={entry} />
      ))}
    </div>
  )
}
