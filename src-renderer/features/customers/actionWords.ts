import type { HistoryEntry } from '../../../src-shared/features/history/model.ts'
import { translate } from '../../kernel/text.ts'
import { text } from './actionText.ts'
import type { T } from './words.tsx'

type ActionWord = keyof (typeof text)['zh-CN']

/** The business word of a command, in the language of the page. `t` makes callers follow a change of language. */
export function actionWord(_t: T, entry: HistoryEntry): string {
  const word = entry.action in text['zh-CN'] ? (entry.action as ActionWord) : 'other'
  return translate(text, entry.undoesSeq !== null ? 'undone' : word, { n: entry.changes.length })
}
