import { useSyncExternalStore } from 'react'

/** Long work that this window itself drives, part by part: shown while it lasts, and the window asks before it is closed. */
export type Work = { readonly label: string; readonly done: number; readonly total: number }

let work: readonly Work[] = []
const listeners = new Set<() => void>()

const stay = (event: BeforeUnloadEvent) => event.preventDefault()

function set(next: readonly Work[]): void {
  if (work.length === 0 && next.length > 0) window.addEventListener('beforeunload', stay)
  if (work.length > 0 && next.length === 0) window.removeEventListener('beforeunload', stay)
  work = next
  for (const tell of listeners) tell()
}

/** Begins; `step` says how far it is, `end` that it is over, well or badly. */
export function startWork(label: string, total: number): { step: (done: number) => void; end: () => void } {
  let mine: Work = { label, done: 0, total }
  set([...work, mine])
  return {
    step: (done) => {
      const before = mine
      mine = { ...mine, done }
      set(work.map((one) => (one === before ? mine : one)))
    },
    end: () => set(work.filter((one) => one !== mine)),
  }
}

/** What began last and goes on still. */
export const runningWork = (): Work | undefined => work.at(-1)

export const useWork = (): readonly Work[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    () => work,
  )
