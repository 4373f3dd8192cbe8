import { type ReasonCode, speaksAgainst } from './weights.ts'
import { text } from './text.ts'

export type ExplainLanguage = keyof typeof text
/** A reason as it was scored, or only its code where the weights were not kept. */
type Said = string | { readonly code: string; readonly weight: number }

/**
 * A sentence that says why two records are taken for one: what speaks for it, the strongest first, then what speaks against it; each word is
 * said once.
 */
export function explain(reasons: readonly Said[], language: ExplainLanguage): string {
  const words = text[language]
  const against = reasons.filter((reason) => speaksAgainst(codeOf(reason)))
  const speaking = reasons.filter((reason) => !against.includes(reason) && (typeof reason === 'string' || reason.weight > 0))
  const list = (some: readonly Said[]): string =>
    [...new Set(some.map((one) => reasonWord(codeOf(one), language)))].join(words.comma)
  if (speaking.length === 0 || against.length === 0) return list(speaking.length > 0 ? speaking : against)
  return list(speaking) + words.but + list(against)
}

const codeOf = (reason: Said): string => (typeof reason === 'string' ? reason : reason.code)

/** The word of one reason; a code that has none is shown as it is, so that nothing is silently left out. */
export const reasonWord = (code: string, language: ExplainLanguage): string =>
  code in text[language] ? text[language][code as ReasonCode] : code
