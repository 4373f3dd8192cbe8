import { text as backups } from '../../src-shared/features/backups/text.ts'
import { text as exports_ } from '../../src-shared/features/exports/text.ts'
import { text as imports } from '../../src-shared/features/imports/text.ts'
import { text as session } from '../../src-shared/features/session/text.ts'
import { text as setup } from '../../src-shared/features/setup/text.ts'
import type { Refusal } from '../../src-shared/kernel/refusal.ts'

type Language = 'zh-CN' | 'en-US'
/** Keys are `refusals.<reason>`, flat or nested. */
type Words = Readonly<Record<string, string | Readonly<Record<string, string>>>>
/** The slices whose rules a verb can meet; the first that knows the reason says it. */
const slices = [imports, exports_, backups, setup, session] as unknown as readonly Record<
  Language,
  Readonly<Record<string, string>>
>[]

/** The sentence of a refusal with its details filled in; the bare reason where no slice has words for it. */
export function refusalSentence(refusal: Refusal, language: Language): string {
  const detail = refusal.detail ?? {}
  const kind = plain(detail['kind'])
  const words = [...(kind === '' ? [] : [`${refusal.reason}.${kind}`]), refusal.reason]
    .flatMap((reason) => slices.map((slice) => wordOf(slice[language], reason)))
    .find((found) => found !== undefined)
  if (words === undefined) return `refused: ${refusal.reason} ${JSON.stringify(detail)}`
  return words.replace(/\{\{\s*(\w+)[^}]*\}\}/g, (_, name: string) => plain(detail[name]))
}

function wordOf(words: Words, reason: string): string | undefined {
  const { refusals } = words
  const found = words[`refusals.${reason}`] ?? (typeof refusals === 'object' ? refusals[reason] : undefined)
  return typeof found === 'string' ? found : undefined
}

const plain = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
