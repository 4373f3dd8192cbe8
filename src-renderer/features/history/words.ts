import { text as backups } from '../../../src-shared/features/backups/text.ts'
import { text as calendar } from '../../../src-shared/features/calendar/text.ts'
import { text as exports } from '../../../src-shared/features/exports/text.ts'
import type { HistoryEntry } from '../../../src-shared/features/history/model.ts'
import { text as imports } from '../../../src-shared/features/imports/text.ts'
import { text as jobs } from '../../../src-shared/features/jobs/text.ts'
import { text as people } from '../../../src-shared/features/people/text.ts'
import { registerSlice, sliceWord } from '../../kernel/slices.ts'
import type { Translate } from '../../kernel/text.ts'
import { type HistoryWord, text } from './text.ts'

// History tells what every slice did: here all their words are needed.
for (const [feature, words] of Object.entries({ backups, calendar, exports, imports, jobs, people }))
  registerSlice(feature, words)

type T = Translate<HistoryWord>

/** Why there is no way back, of the procedure or of its whole slice. */
export function whyNot(t: T, entry: Pick<HistoryEntry, 'procedure'>): string {
  const slice = entry.procedure.split('.')[0] ?? ''
  const key = [`why_${entry.procedure}`, `why_${slice}`].find((one) => one in text['zh-CN'])
  return t((key ?? 'why') as HistoryWord)
}

export const originWord = (origin: string): string => sliceWord('history', `origin.${origin}`) ?? origin

/** The people slice says only the verb: its four kinds of record share it. */
const NOUNS = ['department', 'employee', 'role', 'user'] as const
const VERBS: readonly string[] = ['created', 'edited', 'removed']

/** What a command did, in the words of its slice; undo and redo name what they are about, when it is among the loaded entries. */
export function actionText(t: T, entry: HistoryEntry, bySeq?: ReadonlyMap<number, HistoryEntry>): string {
  if (entry.undoesSeq === null) return plainText(t, entry)
  let root: HistoryEntry | undefined = entry
  while (root && root.undoesSeq !== null) root = bySeq?.get(root.undoesSeq)
  if (!root) return sliceWord('history', `actions.${entry.action}`) ?? t('undo')
  return t(entry.action === 'redone' ? 'redoOf' : 'undoOf', { what: plainText(t, root) })
}

/** Some slices write their verbs small, as inside a sentence; here each begins one. */
const asStart = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

function plainText(t: T, entry: HistoryEntry): string {
  const slice = entry.procedure.split('.')[0] ?? ''
  const action = sliceWord(slice, `actions.${entry.action}`)
  const noun = NOUNS.find((one) => one === entry.entity)
  if (action && noun && slice === 'people' && VERBS.includes(entry.action))
    return t('act', { action, entity: t(`entity_${noun}`) })
  return asStart(
    action ?? sliceWord('customers', `actions.${entry.action}`) ?? sliceWord('history', `actions.${entry.action}`) ?? t('did'),
  )
}
