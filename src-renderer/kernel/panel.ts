import { useEffect } from 'react'

let open = 0
const listeners = new Set<() => void>()
const change = (by: number) => {
  open += by
  for (const tell of listeners) tell()
}

/** Below 1400 px the navigation folds while a side panel is open: the table must not give way. */
export const isPanelOpen = (): boolean => open > 0
export const subscribePanel = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
export function usePanelOpen(): void {
  useEffect(() => {
    change(1)
    return () => change(-1)
  }, [])
}
