import { text as backups } from '../../../src-shared/features/backups/text.ts'
import { text as calendar } from '../../../src-shared/features/calendar/text.ts'
import { text as exports } from '../../../src-shared/features/exports/text.ts'
import type { HistoryEntry, HistoryFacts } from '../../../src-shared/features/history/model.ts'
import { text as imports } from '../../../src-shared/features/imports/text.ts'
import { text as jobs } from '../../../src-shared/features/jobs/text.ts'
import { text as people } from '../../../src-shared/features/people/text.ts'
import { text as recycleBin } from '../../../src-shared/features/recycle-bin/text.ts'
import { formatNumber } from '../../kernel/format.ts'
import { registerSlice, sliceWord } from '../../kernel/slices.ts'
import { type Translate, translate } from '../../kernel/text.ts'
import { type HistoryWord, text } from './text.ts'

// History tells what every slice did: here all their words are needed.
for (const [feature, words] of Object.entries({ backups, calendar, exports, imports, jobs, people, recycleBin }))
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

/** What a line tells: the action in the words of its slice, with how many records and to whom; undo and redo name what they are about. */
export function actionText(t: T, entry: HistoryEntry): string {
  const { about } = entry
  if (entry.undoesSeq === null || about === null) return plainText(t, entry, entry.facts)
  return t(entry.action === 'redone' ? 'redoOf' : 'undoOf', { what: plainText(t, about, entry.facts) })
}

/** A line by itself, where it is not seen: what was done, and to whom where that is one. */
export function nameOfEntry(entry: HistoryEntry): string {
  const t: T = (key, values) => translate(text, key, values)
  const done = actionText(t, entry)
  return entry.recordName === null ? done : `${done}${t('quoted', { name: entry.recordName })}`
}

type Command = Pick<HistoryEntry, 'procedure' | 'action' | 'entity'>

/** Some slices write their verbs small, as inside a sentence; here each begins one. */
const asStart = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

function plainText(t: T, command: Command, facts: HistoryFacts): string {
  const [slice = '', call = ''] = command.procedure.split('.')
  if (command.procedure === 'kernel.migrate') return t('migrated')
  const many = manyText(t, command, facts)
  if (many !== null) return many
  const action = sliceWord(slice, `actions.${call}.${command.action}`) ?? sliceWord(slice, `actions.${command.action}`)
  const noun = NOUNS.find((one) => one === command.entity)
  if (action && noun && slice === 'people' && VERBS.includes(command.action))
    return t('act', { action, entity: t(`entity_${noun}`) })
  return asStart(action ?? sliceWord('customers', `actions.${command.action}`) ?? t('did'))
}

/** One record is named by its own name; two and more by their number. */
const ONE_HAS_A_NAME: readonly string[] = ['deleted', 'restored']

function manyText(t: T, { action, entity }: Command, { records, owner }: HistoryFacts): string | null {
  if (records === null || (records === 1 && ONE_HAS_A_NAME.includes(action))) return null
  const n = formatNumber(records)
  if (action === 'exported' && entity === 'contact') return t('exportedContacts', { n })
  const key = `n_${action}`
  if ((entity !== 'customer' && entity !== 'import') || !isWord(key)) return null
  return t(key, { n, owner: owner ? (owner.name ?? t('nobody')) : '' })
}

const isWord = (key: string): key is HistoryWord => key in text['zh-CN']
