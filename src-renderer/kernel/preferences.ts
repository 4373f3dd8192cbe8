import { useSyncExternalStore } from 'react'

/** What this browser remembers of how one likes to work: theme, widths, columns. Never business data, but for drafts.ts. */
const PREFIX = 'kezhan.'
const listeners = new Set<() => void>()
const tell = () => {
  for (const listener of listeners) listener()
}

export function readPreference(key: string): string | null {
  try {
    return localStorage.getItem(PREFIX + key)
  } catch {
    // Storage may be forbidden by the browser's settings; then nothing is remembered, and everything else works.
    return null
  }
}

export function writePreference(key: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + key, value)
  } catch {
    // Full or forbidden: see above.
  }
  tell()
}

/** What is remembered, and what it becomes while it is looked at. */
export const usePreference = (key: string): string | null =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    () => readPreference(key),
  )

export function removePreference(key: string): void {
  try {
    localStorage.removeItem(PREFIX + key)
  } catch {
    // Forbidden: then nothing was written either.
  }
  tell()
}

export function preferenceKeys(): readonly string[] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(PREFIX))
      .map((key) => key.slice(PREFIX.length))
  } catch {
    // Forbidden: see above.
    return []
  }
}

export function readJson<T>(key: string, fallback: T): T {
  const stored = readPreference(key)
  if (stored === null) return fallback
  try {
    return JSON.parse(stored) as T
  } catch {
    return fallback
  }
}
export const writeJson = (key: string, value: unknown): void => writePreference(key, JSON.stringify(value))
