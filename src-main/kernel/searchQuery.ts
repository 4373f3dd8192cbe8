import { type RawBuilder, sql } from 'kysely'
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
  const statement = searchStatement(actor, words, options)
  if (statement === null) return { ids: [], found: [], capped: false }
  const { rows } = await statement.execute(plain(db))
  const found = rows.slice(0, options.limit).map((row) => ({ entity: row.entity, id: row.recordId, customerId: row.customerId }))
  return { ids: found.map((hit) => hit.id), found, capped: rows.length > options.limit }
}

type Hit = { entity: Entity; recordId: string; customerId: string | null }

/**
 * One statement, so that a document on its way into the index is seen at one end or the other; one hit more than the limit tells that
 * there are more. Null when nothing can be found.
 */
export function searchStatement(
  actor: Actor,
  words: string,
  options: { entity: Entity | null; limit: number },
): RawBuilder<Hit> | null {
  const reach = customerReach(actor, 'read')
  const terms = termsAsked(actor, words, options.entity)
  if (terms === null || reach === 'none' || (reach !== 'all' && reach.length === 0)) return null
  const owners = reach === 'all' ? null : reach.map((id) => ownerToken(id))
  const ofEntity = options.entity ? sql`and d.entity = ${options.entity}` : sql``
  const most = options.limit + 1
  return sql<Hit>`
    select entity, record_id as "recordId", customer_id as "customerId" from (
      select * from (select d.id, d.entity, d.record_id, d.customer_id from search_index i cross join search_doc d on d.id = i.rowid
        where search_index match ${indexExpression(terms, owners)} and not exists (select 1 from search_pending p where p.doc = i.rowid) ${ofEntity}
        order by i.rowid desc limit ${most})
      union all
      select * from (select d.id, d.entity, d.record_id, d.customer_id from search_pending p cross join search_doc d on d.id = p.doc
        where p.name is not null and ${pendingCondition(terms, owners)} ${ofEntity} order by p.doc desc limit ${most}))
    order by id desc limit ${most}`
}

/** Words that stand one after another in a column; the last may be unfinished. */
type Phrase = { readonly column: 'name' | 'pinyin' | 'initials' | 'digits'; readonly text: string; readonly open: boolean }
/** Of each term one phrase has to be met. */
type Term = readonly Phrase[]

/** The words as an FTS5 expression, or null when nothing in them can be looked for. */
export function matchExpression(actor: Actor, words: string, entity: Entity | null): string | null {
  const terms = termsAsked(actor, words, entity)
  return terms && indexExpression(terms, null)
}

function indexExpression(terms: readonly Term[], owners: readonly string[] | null): string {
  const asked = terms.map((phrases) => `(${phrases.map(phraseExpression).join(' OR ')})`).join(' AND ')
  return owners ? `(${asked}) AND scope : (${owners.map(quoted).join(' OR ')})` : asked
}

const phraseExpression = ({ column, text, open }: Phrase): string => `${column} : ${quoted(text)}${open ? ' *' : ''}`

/** The same question put to documents that are not in the index yet: words are divided by single blanks there and here. */
function pendingCondition(terms: readonly Term[], owners: readonly string[] | null): RawBuilder<unknown> {
  const asked = terms.map((phrases) => sql`(${sql.join(phrases.map(phraseCondition), sql` or `)})`)
  if (owners) asked.push(sql`p.scope in (select value from json_each(${JSON.stringify(owners)}))`)
  return sql.join(asked, sql` and `)
}

const phraseCondition = ({ column, text, open }: Phrase): RawBuilder<unknown> =>
  sql`instr(' ' || ${sql.ref(`p.${column}`)} || ' ', ${` ${text}${open ? '' : ' '}`}) > 0`

function termsAsked(actor: Actor, words: string, entity: Entity | null): Term[] | null {
  const terms = words.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean).slice(0, 8)
  const parts = joinedNumber(terms).map((term) => termAsked(term, phoneRight(actor, entity)))
  return parts.length === 0 || parts.includes(null) ? null : (parts as Term[])
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

function termAsked(term: string, phones: PhoneRight): Term | null {
  const tokens = nameTokens(term)
  if (tokens.length === 0) return null
  // The last word may be unfinished; a Chinese character is always whole.
  const name: Phrase = { column: 'name', text: tokens.join(' '), open: !/\p{Script=Han}/u.test(tokens.at(-1) ?? '') }
  const digits = /^[+\d()-]+$/.test(term) ? digitsAsked(term.replace(/^\+?86(?=\d{11}$)/, '').replace(/\D/g, ''), phones) : null
  if (digits) return [name, digits]
  if (!/^[a-z]+$/.test(term)) return [name]
  return [name, { column: 'pinyin', text: term, open: true }, { column: 'initials', text: term, open: true }]
}

function digitsAsked(digits: string, phones: PhoneRight): Phrase | null {
  if (digits.length < 3 || phones === 'none') return null
  if (phones === 'all') return { column: 'digits', text: digits, open: true }
  if (digits.length === 3) return { column: 'digits', text: `h${digits}`, open: false }
  return digits.length === 4 ? { column: 'digits', text: `t${digits}`, open: false } : null
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
