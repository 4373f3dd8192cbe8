import { nowMs } from './clock.ts'
import { newId } from './ids.ts'
import { onForget } from './person.ts'

/** A batch that is being taken back, or done again, part by part; `sum`: what the parts so far came to. */
export type Unfinished<Sum> = {
  readonly batchId: string
  readonly what: string
  readonly isRedo: boolean
  readonly sum?: Sum
}
type Kept<Sum> = Unfinished<Sum> & { readonly tab: string; readonly at: number }

/** Of this browser: the tab that began may be closed, and the next one goes on. */
const KEY = 'kezhan.undoing'
const TAB = 'kezhan.tab'
/** A part is answered within seconds: whoever has said nothing for so long is not there any more. */
const SILENT_MS = 10_000

function thisTab(): string {
  const known = sessionStorage.getItem(TAB)
  if (known !== null) return known
  const made = newId()
  sessionStorage.setItem(TAB, made)
  return made
}

const kept = <Sum>(): Kept<Sum> | null => {
  const stored = localStorage.getItem(KEY)
  return stored === null ? null : (JSON.parse(stored) as Kept<Sum>)
}

/** Parts are asked for one by one: a page that comes after goes on where the one before it stopped. */
export const keepUnfinished = <Sum>(one: Unfinished<Sum>): void =>
  localStorage.setItem(KEY, JSON.stringify({ ...one, tab: thisTab(), at: nowMs() } satisfies Kept<Sum>))
export const endUnfinished = (): void => localStorage.removeItem(KEY)

/** What the page before this one, or a tab that is closed, did not bring to its end; null while another tab is still at it. */
export async function unfinished<Sum>(sleep: (ms: number) => Promise<void> = pause): Promise<Kept<Sum> | null> {
  for (let one = kept<Sum>(); one; one = kept<Sum>()) {
    if (one.tab === thisTab() || nowMs() - one.at >= SILENT_MS) return one
    await sleep(SILENT_MS)
  }
  return null
}
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

onForget(endUnfinished)
