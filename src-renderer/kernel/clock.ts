import { useSyncExternalStore } from 'react'

/** The one place of the renderer that reads the clock. */
export const nowMs = (): number => Date.now()
export const nowIso = (): string => new Date().toISOString()

const MINUTE = 60_000
const listeners = new Set<() => void>()
let minute = Math.floor(nowMs() / MINUTE)
let timer: ReturnType<typeof setInterval> | undefined

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    minute = Math.floor(nowMs() / MINUTE)
    for (const tell of listeners) tell()
  }, MINUTE)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/** The running minute in ms, so that "3 分钟前" grows without every row holding a timer. */
export const useMinute = (): number => useSyncExternalStore(subscribe, () => minute) * MINUTE
