import { onForget } from './person.ts'

/** A batch that is being taken back, or done again, part by part. */
export type Unfinished = { readonly batchId: string; readonly what: string; readonly isRedo: boolean }

/** Of this tab alone: another one has its own to finish. */
const KEY = 'kezhan.undoing'

/** Parts are asked for one by one: a page that is loaded anew in between goes on where the one before it stopped. */
export const beginUnfinished = (one: Unfinished): void => sessionStorage.setItem(KEY, JSON.stringify(one))
export const endUnfinished = (): void => sessionStorage.removeItem(KEY)

/** What the page before this one did not bring to its end. */
export function readUnfinished(): Unfinished | null {
  const kept = sessionStorage.getItem(KEY)
  return kept === null ? null : (JSON.parse(kept) as Unfinished)
}

onForget(endUnfinished)
