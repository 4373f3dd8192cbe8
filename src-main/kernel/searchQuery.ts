import { sql } from 'kysely'
import { type Actor, fieldRight } from '../../src-shared/kernel/actor.ts'
import type { Entity } from '../../src-shared/kernel/procedure.ts'
import { plain, type ReadDb, type WriteTx } from './database.ts'
import { customerReach } from './policy.ts'
import { nameTokens, ownerToken } from './searchTerms.ts'

type Db = ReadDb | WriteTx

/**
 * Newest first and capped: a fragment that hits a large part of the base is answered unranked. The cap follows the row
 * scope because owner tokens stand in the index, so a salesman who asks for 公司 finds his own.
 */
export async function matchSearch(
  db: Db,
  actor: Actor,
  words: string,
  options: { entity: Entity | null; limit: number },
): Promise<{ ids: string[]; found: { entity: Entity; id: string; customerId: string | null }[]; capped: boolean }> {
  const reach = customerReach(actor, 'read')
  const query = matchExpression(actor, words, options.entity)
  if (query === null || reach === 'none' || (reach !== 'all' && reach.length === 0)) return { ids: [], found: [], capped: false }
  const scoped = reach === 'all' ? query : `(${query}) AND scope : (${reach.map((id) => `"${ownerToken(id)}"`).join(' OR ')})`
  const { rows } = await sql<{ entity: Entity; recordId: string; customerId: string | null }>`
    select d.entity, d.record_id as "recordId", d.customer_id as "customerId" from search_index i join search_doc d on d.id = i.rowid
    where search_index match ${scoped} ${options.entity ? sql`and d.entity = ${options.entity}` : sql``} order by i.rowid desc limit ${options.limit + 1}`.execute(
    plain(db),
  )
  const found = rows.slice(0, options.limit).map((row) => ({ entity: row.entity, id: row.recordId, customerId: row.customerId }))
  return { ids: found.map((hit) => hit.id), found, capped: rows.length > options.limit }
}

/** The words as an FTS5 expression, or null when nothing in them can be looked for. */
export function matchExpression(actor: Actor, words: string, entity: Entity | null): string | null {
  const terms = words.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean).slice(0, 8)
  const parts = joinedNumber(terms).map((term) => termExpression(term, phoneRight(actor, entity)))
  if (parts.length === 0 || parts.some((part) => part === null)) return null
  return parts.map((part) => `(${part})`).join(' AND ')
}

/** 138 0512 6621 is one number, not three words. */
const joinedNumber = (terms: readonly string[]): readonly string[] =>
  terms.length > 1 && terms.every((term) => /^[+\d()-]+$/.test(term)) ? [terms.join('')] : terms

type PhoneRight = 'all' | 'shown' | 'none'
function phoneRight(actor: Actor, entity: Entity | null): PhoneRight {
  const rights = (entity ? [entity] : ['customer', 'contact']).flatMap((name) =>
    ['phone', 'phone2'].map((key) => fieldRight(actor, name, key)),
  )
  if (rights.includes('hidden')) return 'none'
  return rights.includes('masked') ? 'shown' : 'all'
}

function termExpression(term: string, phones: PhoneRight): string | null {
  const tokens = nameTokens(term)
  if (tokens.length === 0) return null
  const name = `name : ${phrase(tokens)}`
  const digits = /^[+\d()-]+$/.test(term)
    ? digitExpression(term.replace(/^\+?86(?=\d{11}$)/, '').replace(/\D/g, ''), phones)
    : null
  if (digits) return `${name} OR ${digits}`
  if (!/^[a-z]+$/.test(term)) return name
  return `${name} OR pinyin : ${quoted(term)} * OR initials : ${quoted(term)} *`
}

function digitExpression(digits: string, phones: PhoneRight): string | null {
  if (digits.length < 3 || phones === 'none') return null
  if (phones === 'all') return `digits : ${quoted(digits)} *`
  if (digits.length === 3) return `digits : "h${digits}"`
  return digits.length === 4 ? `digits : "t${digits}"` : null
}

/** The last word may be unfinished; a Chinese character is always whole. */
const phrase = (tokens: readonly string[]): string => {
  const last = tokens.at(-1) ?? ''
  const quotedPhrase = quoted(tokens.join(' '))
  return /\p{Script=Han}/u.test(last) ? quotedPhrase : `${quotedPhrase} *`
}
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
