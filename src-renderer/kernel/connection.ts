import { useSyncExternalStore } from 'react'

let connected = true
const listeners = new Set<() => void>()

/** Whether the host answers; set by the live stream and by calls that find nobody. */
export function setConnected(now: boolean): void {
  if (connected === now) return
  connected = now
  for (const tell of listeners) tell()
}

export const useConnected = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    () => connected,
  )
