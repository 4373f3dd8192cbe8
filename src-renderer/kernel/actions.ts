import { useEffect, useRef, useSyncExternalStore } from 'react'

/** Something to do by name from anywhere. `pinyin` in syllables ("xin jian ke hu") finds it in full and by initials. */
export type Action = {
  readonly id: string
  readonly label: string
  readonly pinyin: string
  readonly keys?: string
  readonly run: () => void
}

let actions: readonly Action[] = []
const listeners = new Set<() => void>()
const set = (next: readonly Action[]) => {
  actions = next
  for (const tell of listeners) tell()
}

let wanted: { id: string; until: number } | null = null
/** As long as a page may take to come; what was wanted longer ago nobody waits for. */
const PATIENCE_MS = 10_000

/** Runs an action as soon as somebody offers it: of a page that is only being opened. */
export function runWhenOffered(id: string): void {
  wanted = { id, until: performance.now() + PATIENCE_MS }
}

/** Offers an action in the palette while the component is shown. `null` = not now. */
export function useAction(action: Action | null): void {
  const latest = useRef(action)
  latest.current = action
  const id = action?.id
  const label = action?.label
  useEffect(() => {
    const { current } = latest
    if (id === undefined || !current) return undefined
    const entry = { ...current, run: () => latest.current?.run() }
    set([...actions, entry])
    if (wanted?.id === id) {
      const isAwaited = performance.now() < wanted.until
      wanted = null
      if (isAwaited) entry.run()
    }
    return () => set(actions.filter((a) => a !== entry))
  }, [id, label])
}
export const useActions = (): readonly Action[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    () => actions,
  )

/** Whether the typed words mean this action: part of its name, its pinyin, or the initials of it. */
export function matches(action: Pick<Action, 'label' | 'pinyin'>, typed: string): boolean {
  const wanted = typed.trim().toLowerCase().replaceAll(/\s+/g, '')
  if (wanted === '') return true
  const syllables = action.pinyin.toLowerCase().split(' ')
  const initials = syllables.map((syllable) => syllable[0] ?? '').join('')
  return (
    action.label.toLowerCase().replaceAll(/\s+/g, '').includes(wanted) ||
    syllables.join('').includes(wanted) ||
    initials.includes(wanted)
  )
}
