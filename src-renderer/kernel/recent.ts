import { useSyncExternalStore } from 'react'
import { onForget } from './person.ts'

/** The records opened last, while the page lives and the same person is at it. */
export type Recent = { readonly to: string; readonly title: string }

const KEPT = 5
let recent: readonly Recent[] = []
const listeners = new Set<() => void>()

export function rememberOpened(entry: Recent): void {
  recent = [entry, ...recent.filter((r) => r.to !== entry.to)].slice(0, KEPT)
  for (const tell of listeners) tell()
}
onForget(() => {
  recent = []
  for (const tell of listeners) tell()
})
export const useRecent = (): readonly Recent[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    () => recent,
  )
