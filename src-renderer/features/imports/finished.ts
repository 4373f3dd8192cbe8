import type { ImportStateName } from '../../../src-shared/features/imports/model.ts'

/** What is said of an import in the background when its state becomes another; null when that needs no word. */
export type Ending = 'done' | 'failed' | 'interrupted' | 'undone' | 'cancelled'

const WORKED: readonly ImportStateName[] = ['preparing', 'running', 'cancelling', 'undoing']
const ENDINGS: readonly string[] = ['done', 'failed', 'interrupted', 'undone', 'cancelled'] satisfies Ending[]

export function endingOf(before: ImportStateName | undefined, now: ImportStateName): Ending | null {
  if (before === undefined || !WORKED.includes(before) || before === now) return null
  return ENDINGS.includes(now) ? (now as Ending) : null
}
