import { nameCore } from '../../src-shared/kernel/matching/nameCore.ts'
import { searchForms } from '../../src-shared/kernel/pinyin/pinyin.ts'
import type { Parts } from './importer.ts'
import { nationalDigits } from './policy.ts'

/** What a name is found by; everything that takes long about putting a record into the index, so a worker may do it beforehand. */
export type NameTerms = { readonly name: string; readonly pinyin: string; readonly initials: string; readonly core: string }
/** A name as it will be written, with its terms. */
export type ReadyName = NameTerms & { readonly text: string; readonly person: boolean }

/** @param known what is already known of the name: its key of order, which is its sounds, and its core. */
export function termsOf(text: string, person: boolean, known: { sort?: unknown; core?: unknown } = {}): NameTerms {
  const { fullSuffixes, initialSuffixes } = searchForms(text, {
    person,
    ...(typeof known.sort === 'string' ? { sort: known.sort } : {}),
  })
  return {
    name: nameTokens(text).join(' '),
    pinyin: fullSuffixes.join(' '),
    initials: initialSuffixes.join(' '),
    core: typeof known.core === 'string' ? known.core : nameCore(text).core,
  }
}

/** The names of records as they would be made of a row. */
export function readyNames({ customer = [], contact = [] }: Parts): ReadyName[] {
  const names: ReadyName[] = []
  for (const one of customer) {
    const { name: text, nameSort: sort, nameCore: core } = one
    // A customer's key of order reads him as a firm, whoever he is.
    const person = one['kind'] === 'person'
    if (typeof text === 'string') names.push({ text, person, ...termsOf(text, person, person ? { core } : { sort, core }) })
  }
  for (const { name: text, nameSort: sort } of contact)
    if (typeof text === 'string') names.push({ text, person: true, ...termsOf(text, true, { sort }) })
  return names
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

/** The letters and digits of the number of a record: KH-2026-0042 and kh20260042 are one. */
export const plainNumber = (number: string): string =>
  number
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')

/** The number of a record from each of its parts on, so that 0042 finds KH-2026-0042; `n` keeps it apart from phones. */
export const numberTokens = (number: string): string[] => tokensFrom(number, 'n')
/** The same of a number that others gave: of a bank's slip, of an invoice at the tax office; there are rights to see it of its own. */
export const referenceTokens = (number: string): string[] => tokensFrom(number, 'r')

function tokensFrom(number: string, sign: 'n' | 'r'): string[] {
  const parts = number
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
  return parts.map((_, at) => sign + parts.slice(at).join(''))
}

export const ownerToken = (id: string): string => `o${id.toLowerCase()}`
export const memberToken = (id: string): string => `m${id.toLowerCase()}`
export const poolToken = (id: string): string => `p${id.toLowerCase()}`
/** Records that everybody sees who sees their kind. */
export const EVERYBODYS = 'everybodys'
/** Leads are found by rights of their own, so their tokens are no customer's. */
export const LEADS = 'leads'
export const FREE_LEADS = 'freeleads'
export const leadOwnerToken = (id: string): string => `lo${id.toLowerCase()}`
export const leadPoolToken = (id: string): string => `lp${id.toLowerCase()}`
export const leadTokens = ({ ownerId, poolId }: { ownerId: string | null; poolId: string | null }): string =>
  [LEADS, ownerId === null ? FREE_LEADS : leadOwnerToken(ownerId), ...(poolId === null ? [] : [leadPoolToken(poolId)])].join(' ')

/** Deals are found by rights of their own as well: those of a kind, of an owner, of a collaborator. */
export const ALL_DEALS = 'deals'
export const dealToken = (kind: string): string => `d${kind}`
export const dealOwnerToken = (kind: string, id: string): string => `do${kind}${id.toLowerCase()}`
export const dealMemberToken = (kind: string, id: string): string => `dm${kind}${id.toLowerCase()}`
export const dealTokens = (kind: string, { ownerId, members }: { ownerId: string | null; members: string | null }): string =>
  [
    ALL_DEALS,
    dealToken(kind),
    ...(ownerId === null ? [] : [dealOwnerToken(kind, ownerId)]),
    ...(members ? members.split(' ').map((id) => dealMemberToken(kind, id)) : []),
  ].join(' ')

/** By whom a document is found: its owner, the collaborators, the members of its pool. */
export function scopeTokens({
  ownerId,
  poolId,
  members,
}: {
  ownerId: string | null
  poolId: string | null
  members: string | null
}): string {
  const tokens = [
    ...(ownerId === null ? [] : [ownerToken(ownerId)]),
    ...(poolId === null ? [] : [poolToken(poolId)]),
    ...(members ? members.split(' ').map(memberToken) : []),
  ]
  return tokens.length === 0 ? 'nobody' : tokens.join(' ')
}
