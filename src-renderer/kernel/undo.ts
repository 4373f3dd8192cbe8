import { onForget } from './person.ts'

/** What can be taken back by Ctrl+Z: the newest business action first. Taking back is a command of its own, with rights. */
export type Undoable = { readonly id: string; readonly text: string; readonly undo: () => Promise<unknown> }

const LIMIT = 50
let done: readonly Undoable[] = []
let undone: readonly Undoable[] = []
const set = (nextDone: readonly Undoable[], nextUndone: readonly Undoable[]) => {
  done = nextDone.slice(-LIMIT)
  undone = nextUndone.slice(-LIMIT)
}

/** Remembers an action; a new one ends the line of what could be done again. */
export const rememberUndo = (entry: Undoable): void => set([...done, entry], [])
/** The same after an undo: its own reverse is what Ctrl+Y runs. */
export const rememberRedo = (entry: Undoable): void => set(done, [...undone, entry])
export const rememberAgain = (entry: Undoable): void => set([...done, entry], undone)

export function takeUndo(id?: string): Undoable | undefined {
  const entry = id ? done.find((e) => e.id === id) : done.at(-1)
  if (entry)
    set(
      done.filter((e) => e !== entry),
      undone,
    )
  return entry
}
export function takeRedo(): Undoable | undefined {
  const entry = undone.at(-1)
  if (entry) set(done, undone.slice(0, -1))
  return entry
}
onForget(() => set([], []))
export const newestUndoable = (): Undoable | undefined => done.at(-1)
