import { nameCore } from '../../src-shared/kernel/matching/nameCore.ts'
import { searchForms } from '../../src-shared/kernel/pinyin/pinyin.ts'
import type { Parts } from './importer.ts'
import { nationalDigits } from './policy.ts'

/** What a name is found by; everything that takes long about putting a record into the index, so a worker may do it beforehand. */
export type NameTerms = { readonly name: string; readonly pinyin: string; readonly initials: string; readonly core: string }
/** A name as it will be written, with its terms. */
export type ReadyName = NameTerms & { readonly text: string; readonly person: boolean }

export function termsOf(text: string, person: boolean): NameTerms {
  const { fullSuffixes, initialSuffixes } = searchForms(text, { person })
  return {
    name: nameTokens(text).join(' '),
    pinyin: fullSuffixes.join(' '),
    initials: initialSuffixes.join(' '),
    core: nameCore(text).core,
  }
}

/** The names of records as they would be made of a row. */
export function readyNames({ customer = [], contact = [] }: Parts): ReadyName[] {
  return [
    ...customer.map((one) => [one['name'], one['kind'] === 'person'] as const),
    ...contact.map((one) => [one['name'], true] as const),
  ].flatMap(([text, person]) => (typeof text === 'string' ? [{ text, person, ...termsOf(text, person) }] : []))
}

/** Chinese in single characters, so that fragments of one or two are found by phrase; other scripts by word, in lower case. */
export function nameTokens(text: string): string[] {
  if (ONLY_HAN.test(text)) return [...text]
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{Script=Han}]|[^\s\p{Script=Han}\p{P}\p{S}\p{C}]+/gu) ?? []
  )
}

/** Characters of this block are their own normal form, and all of them are Han. */
const ONLY_HAN = /^[\u4e00-\u9fff]+$/

/** Every tail of the number from three digits on, so that a prefix search finds any fragment; `h` head and `t` tail for masked readers. */
export function digitTokens(phone: string): string[] {
  const digits = nationalDigits(phone)
  const tokens: string[] = []
  for (let start = 0; start <= digits.length - 3; start++) tokens.push(digits.slice(start))
  if (digits.length >= 8) tokens.push(`h${digits.slice(0, 3)}`, `t${digits.slice(-4)}`)
  return tokens
}

export const ownerToken = (id: string): string => `o${id.toLowerCase()}`
