import { useSyncExternalStore } from 'react'
import { onForget } from '../../kernel/person.ts'

let open = false
const listeners = new Set<() => void>()

/** Opens or closes the list from wherever: the bell, a key, the palette, the menu of a phone. */
export function showNotices(next: boolean): void {
  open = next
  for (const tell of listeners) tell()
}
onForget(() => showNotices(false))

export const useNoticesOpen = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    () => open,
  )
