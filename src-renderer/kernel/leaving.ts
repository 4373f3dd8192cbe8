import { useSyncExternalStore } from 'react'

let leaving = false
const listeners = new Set<() => void>()

/** Somebody signs out here: the end of the session is no news then. */
export const isLeaving = (): boolean => leaving
export const setLeaving = (now: boolean): void => {
  leaving = now
  for (const tell of listeners) tell()
}

/** Who listens to the host stops when it begins: his call would be the first that the ended session refuses. */
export const useLeaving = (): boolean =>
  useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }, isLeaving)

function stays(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((go, refuse) => {
    const look = () => {
      if (leaving && !signal?.aborted) return
      listeners.delete(look)
      signal?.removeEventListener('abort', look)
      if (signal?.aborted) refuse(signal.reason)
      else go()
    }
    listeners.add(look)
    signal?.addEventListener('abort', look)
    look()
  })
}

/** What a page asks while its session is being ended waits for the outcome: it goes with the page, or on with it. */
export async function holdWhileLeaving<Options extends { path: readonly string[]; signal?: AbortSignal | undefined }, Output>(
  options: Options & { next: () => Promise<Output> },
): Promise<Output> {
  if (leaving && options.path[0] !== 'session') await stays(options.signal)
  return options.next()
}
