import { type RawBuilder, sql } from 'kysely'
import { type Actor, fieldRight, may } from '../../src-shared/kernel/actor.ts'
import { matchTyped, mixedInitials } from '../../src-shared/kernel/pinyin/typed.ts'
import type { Entity } from '../../src-shared/kernel/procedure.ts'
import { plain, type ReadDb, type WriteTx } from './database.ts'
import { actorInPool, customerReach, reachOf } from './policy.ts'
import { isDeal, OWNED_DEALS } from './searchSources.ts'
import {
  ALL_DEALS,
  EVERYBODYS,
  FREE_LEADS,
  leadOwnerToken,
  leadPoolToken,
  LEADS,
  memberToken,
  nameTokens,
  ownerToken,
  plainNumber,
  poolToken,
} from './searchTerms.ts'

type Db = ReadDb | WriteTx

/**
 * Newest first and capped: a fragment that hits a large part of the base is answered unranked. The cap follows the row
 * scope because owner tokens stand in the index, so a salesman who asks for 公司 finds his own.
 */
export async function matchSearch(
  db: Db,
  actor: Actor,
  words: string,
  options: Asked,
): Promise<{ ids: string[]; found: { entity: Entity; id: string; customerId: string | null }[]; capped: boolean }> {
  const statement = searchStatement(actor, words, options)
  if (statement === null) return { ids: [], found: [], capped: false }
  const { rows } = await statement.execute(plain(db))
  const capped = rows.length > options.limit
  const meant = await thoseMeant(db, rows.slice(0, options.limit), words)
  const found = meant.map((row) => ({ entity: row.entity, id: row.recordId, customerId: row.customerId }))
  return { ids: found.map((hit) => hit.id), found, capped }
}

/** Where the index finds more than is meant, names decide. */
async function thoseMeant(db: Db, hits: readonly Hit[], words: string): Promise<readonly Hit[]> {
  const typed = termsTyped(words).flatMap((term) => termAsked(term, 'none')?.typed ?? [])
  if (typed.length === 0 || hits.length === 0) return hits
  const names = await namesOf(db, hits)
  return hits.filter(({ recordId }) => {
    const one = names.get(recordId)
    if (!one) return false
    const plain = one.name.normalize('NFKC').toLowerCase()
    return typed.every((term) => plain.includes(term) || matchTyped(one.name, term, { person: one.person }) !== null)
  })
}

async function namesOf(db: Db, hits: readonly Hit[]): Promise<Map<string, { name: string; person: boolean }>> {
  const ids = (entity: Entity) => JSON.stringify(hits.filter((hit) => hit.entity === entity).map((hit) => hit.recordId))
  const { rows } = await sql<{ id: string; name: string; person: number }>`
    select c.id, c.name, c.kind = 'person' as person from json_each(${ids('customer')}) w cross join customer c on c.id = w.value
    union all select t.id, t.name, 1 from json_each(${ids('contact')}) w cross join contact t on t.id = w.value
    union all select p.id, p.name, 0 from json_each(${ids('product')}) w cross join product p on p.id = w.value
    union all select l.id, l.name || ' ' || coalesce(l.company, ''), 0 from json_each(${ids('lead')}) w cross join lead l on l.id = w.value
    union all select o.id, o.name, 0 from json_each(${ids('opportunity')}) w cross join opportunity o on o.id = w.value
    union all select q.id, q.name, 0 from json_each(${ids('quote')}) w cross join quote q on q.id = w.value
    union all select s.id, s.name, 0 from json_each(${ids('order')}) w cross join sales_order s on s.id = w.value`.execute(
    plain(db),
  )
  return new Map(rows.map(({ id, name, person }) => [id, { name, person: person === 1 }]))
}

/**
 * `begin`: only names that begin with the first word, for who wants the best of more hits than are looked at; `pools`: only what lies
 * in these; `scopes`: only what has one of these tokens, whoever asks.
 */
type Asked = {
  entity: Entity | null
  limit: number
  begin?: boolean
  pools?: readonly string[]
  scopes?: readonly string[]
}
type Hit = { entity: Entity; recordId: string; customerId: string | null }

/** Where in a name a word stands is read from the index document by document: what begins with it is looked for among so many of the newest. */
const YOUNG = 250_000

/**
 * One statement, so that a document on its way into the index is seen at one end or the other; one hit more than the limit tells that
 * there are more. Null when nothing can be found.
 */
export function searchStatement(actor: Actor, words: string, options: Asked): RawBuilder<Hit> | null {
  const within = questions(actor, words, options)
  if (within.length === 0) return null
  const ofEntity = options.entity ? sql`and d.entity = ${options.entity}` : sql``
  const most = options.limit + 1
  const young = options.begin ? sql`and i.rowid > (select max(id) from search_doc) - ${BigInt(YOUNG)}` : sql``
  return sql<Hit>`
    select entity, record_id as "recordId", customer_id as "customerId" from (
      select * from (select d.id, d.entity, d.record_id, d.customer_id from search_index i cross join search_doc d on d.id = i.rowid
        where search_index match ${within.map((one) => indexExpression(one, options.begin)).join(' OR ')} and not exists (select 1 from search_pending p where p.doc = i.rowid) ${ofEntity} ${young}
        order by i.rowid desc limit ${most})
      union all
      select * from (select d.id, d.entity, d.record_id, d.customer_id from search_pending p cross join search_doc d on d.id = p.doc
        where p.name is not null and (${sql.join(
          within.map((one) => pendingCondition(one, options.begin)),
          sql` or `,
        )}) ${ofEntity} order by p.doc desc limit ${most}))
    order by id desc limit ${most}`
}

/** What is looked for among the documents of these scopes; with null among all. */
type Question = {
  readonly terms: readonly Term[]
  readonly scopes: readonly string[] | null
  readonly without?: readonly string[]
}

/** Among what is owned or shared, and in each pool with what it leaves to its members: by a number that is hidden there nobody is found. */
function questions(actor: Actor, words: string, { entity, pools, scopes }: Asked): Question[] {
  if (scopes) {
    const terms = termsAsked(actor, words, entity)
    return terms === null || scopes.length === 0 ? [] : [{ terms, scopes }]
  }
  if (pools) return ofPools(actor, words, pools)
  const goods = productTerms(actor, words, entity)
  const products: Question[] = goods === null ? [] : [{ terms: goods, scopes: [EVERYBODYS] }]
  if (entity === 'product') return products
  const leads = entity === null || entity === 'lead' ? ofLeads(actor, words) : []
  if (entity === 'lead') return leads
  return [...ofCustomers(actor, words, entity), ...products, ...leads]
}

/** Leads of owners in reach, and what is nobody's as far as one sees it. */
function ofLeads(actor: Actor, words: string): Question[] {
  const reach = reachOf(actor, 'leads.read')
  const terms = reach === 'none' ? null : termsAsked(actor, words, 'lead')
  if (terms === null || reach === 'none') return []
  if (reach === 'all') return [{ terms, scopes: [LEADS] }]
  const free = may(actor, 'leads.assign') ? [FREE_LEADS] : (actor.leadPools ?? []).map(leadPoolToken)
  const scopes = [...reach.map((id) => leadOwnerToken(id)), ...free]
  return scopes.length === 0 ? [] : [{ terms, scopes }]
}

/** Products are asked by rights of their own, or not at all. */
const productTerms = (actor: Actor, words: string, entity: Entity | null): Term[] | null =>
  (entity === null || entity === 'product') && may(actor, 'products.read') ? termsAsked(actor, words, 'product') : null

function ofPools(actor: Actor, words: string, pools: readonly string[]): Question[] {
  const reach = customerReach(actor, 'read')
  if (reach === 'none') return []
  const seen = reach === 'all' ? pools : pools.filter((pool) => actor.pools?.some(({ id }) => id === pool))
  return seen.flatMap((pool) => {
    const terms = termsAsked(actorInPool(actor, pool), words, null)
    return terms === null ? [] : [{ terms, scopes: [poolToken(pool)] }]
  })
}

function ofCustomers(actor: Actor, words: string, entity: Entity | null): Question[] {
  const reach = customerReach(actor, 'read')
  const terms = termsAsked(actor, words, entity)
  if (terms === null || reach === 'none') return []
  if (reach === 'all') return [{ terms, scopes: null, without: entity === null ? [ALL_DEALS, EVERYBODYS, LEADS] : [ALL_DEALS] }]
  const scopes = reach.map((id) => ownerToken(id))
  if (actor.employeeId !== null) scopes.push(memberToken(actor.employeeId))
  const inPools: Question[] = []
  for (const { id } of actor.pools ?? []) {
    const limited = actorInPool(actor, id)
    const inPool: readonly Term[] | null = limited === actor ? terms : termsAsked(limited, words, entity)
    if (inPool === terms) scopes.push(poolToken(id))
    else if (inPool !== null) inPools.push({ terms: inPool, scopes: [poolToken(id)] })
  }
  return scopes.length === 0 ? inPools : [{ terms, scopes }, ...inPools]
}

/** Words that stand one after another in a column; the last may be unfinished. */
type Phrase = { readonly column: 'name' | 'pinyin' | 'initials' | 'digits'; readonly text: string; readonly open: boolean }
/** One of the ways to meet a term: all of its phrases. */
type Way = readonly Phrase[]
/** What was typed between two blanks; `typed`: its ways find more than is meant, so the names found are compared with it. */
type Term = { readonly ways: readonly Way[]; readonly typed: string | null }

/** The words as an FTS5 expression, or null when nothing in them can be looked for. */
export function matchExpression(actor: Actor, words: string, entity: Entity | null): string | null {
  const terms = termsAsked(actor, words, entity)
  return terms && indexExpression({ terms, scopes: null })
}

function indexExpression({ terms, scopes, without }: Question, begin = false): string {
  const asked = terms
    .map(({ ways }, at) => `(${ways.map((way) => wayExpression(way, begin && at === 0)).join(' OR ')})`)
    .join(' AND ')
  if (without !== undefined) return `((${asked}) NOT scope : (${without.map(quoted).join(' OR ')}))`
  return scopes ? `((${asked}) AND scope : (${scopes.map(quoted).join(' OR ')}))` : asked
}

const wayExpression = (way: Way, begins: boolean): string =>
  `(${way.map((phrase, at) => phraseExpression(phrase, begins && at === 0)).join(' AND ')})`
const phraseExpression = ({ column, text, open }: Phrase, begins: boolean): string =>
  `${column} : ${begins ? '^ ' : ''}${quoted(text)}${open ? ' *' : ''}`

/** The same question put to documents that are not in the index yet: words are divided by single blanks there and here. */
function pendingCondition({ terms, scopes, without }: Question, begin = false): RawBuilder<unknown> {
  const asked = terms.map(
    ({ ways }, at) =>
      sql`(${sql.join(
        ways.map((way) => wayCondition(way, begin && at === 0)),
        sql` or `,
      )})`,
  )
  for (const token of without ?? []) asked.push(sql`instr(' ' || p.scope || ' ', ${` ${token} `}) = 0`)
  if (scopes)
    asked.push(
      sql`exists (select 1 from json_each(${JSON.stringify(scopes)}) where instr(' ' || p.scope || ' ', ' ' || value || ' ') > 0)`,
    )
  return sql`(${sql.join(asked, sql` and `)})`
}

const wayCondition = (way: Way, begins: boolean) =>
  sql`(${sql.join(
    way.map((phrase, at) => phraseCondition(phrase, begins && at === 0)),
    sql` and `,
  )})`
const phraseCondition = ({ column, text, open }: Phrase, begins: boolean): RawBuilder<unknown> => {
  const at = sql`instr(' ' || ${sql.ref(`p.${column}`)} || ' ', ${` ${text}${open ? '' : ' '}`})`
  return begins ? sql`${at} = 1` : sql`${at} > 0`
}

function termsAsked(actor: Actor, words: string, entity: Entity | null): Term[] | null {
  const reads = (of: string, key: string): boolean => ['read', 'write'].includes(fieldRight(actor, of, key))
  const ways = waysOfNumbers(entity, reads)
  const terms = termsTyped(words).map((term) => {
    const asked = termAsked(term, phoneRight(actor, entity))
    return asked && withNumber(asked, term, ways)
  })
  return terms.length === 0 || terms.includes(null) ? null : (terms as Term[])
}

/** Under which signs the numbers stand that the asker may find records of a kind by. */
function waysOfNumbers(entity: Entity | null, reads: (of: string, key: string) => boolean): ('n' | 'r')[] {
  if (entity === 'payment') return reads('payment', 'reference') ? ['n', 'r'] : ['n']
  if (entity === 'invoice') return reads('invoice', 'officialNumber') ? ['n', 'r'] : ['n']
  if (entity === 'contact') return []
  if (entity === 'product') return reads('product', 'number') && reads('product', 'barcode') ? ['n'] : []
  const named = entity !== null && (entity === 'lead' || OWNED_DEALS.includes(entity)) ? entity : 'customer'
  return reads(named, 'number') ? ['n'] : []
}

/** What was typed, word by word, in small letters and plain signs; a number with blanks in it is one word. */
export const termsTyped = (words: string): readonly string[] =>
  joinedNumber(words.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean).slice(0, 8))

/** 138 0512 6621 is one number, not three words. */
const joinedNumber = (terms: readonly string[]): readonly string[] =>
  terms.length > 1 && terms.every((term) => /^[+\d()-]+$/.test(term)) ? [terms.join('')] : terms

type PhoneRight = 'all' | 'shown' | 'none'
function phoneRight(actor: Actor, entity: Entity | null): PhoneRight {
  if (entity !== null && isDeal(entity)) return 'none'
  const rights = (entity ? [entity] : ['customer', 'contact']).flatMap((name) =>
    (name === 'lead' ? ['phone'] : ['phone', 'phone2']).map((key) => fieldRight(actor, name, key)),
  )
  if (rights.includes('hidden')) return 'none'
  return rights.includes('masked') ? 'shown' : 'all'
}

function termAsked(term: string, phones: PhoneRight): Term | null {
  const tokens = nameTokens(term)
  if (tokens.length === 0) return null
  const name = phraseOf(tokens)
  const digits = /^[+\d()-]+$/.test(term) ? digitsAsked(term.replace(/^\+?86(?=\d{11}$)/, '').replace(/\D/g, ''), phones) : null
  if (digits) return { ways: [[name], [digits]], typed: null }
  const letters = term.replaceAll('ü', 'v')
  if (/^[a-z]+$/.test(letters)) return lettersAsked(letters, name)
  return mixedAsked(letters, name)
}

/** With digits it may be the number of a record, or the end of one, whatever its letters are; a few letters alone begin all of them. */
const LIKE_NUMBER = /^(?=(?:.*\d){2})[\p{L}\d][\p{L}\d._/#-]{2,39}$/u
function withNumber(asked: Term, term: string, signs: readonly ('n' | 'r')[]): Term {
  if (!LIKE_NUMBER.test(term)) return asked
  const number = plainNumber(term)
  return { ...asked, ways: [...asked.ways, ...signs.map((sign): Way => [{ column: 'digits', text: sign + number, open: true }])] }
}

/** The last word may be unfinished; a Chinese character is always whole. */
const phraseOf = (tokens: readonly string[]): Phrase => ({
  column: 'name',
  text: tokens.join(' '),
  open: !/\p{Script=Han}/u.test(tokens.at(-1) ?? ''),
})

/** Letters are a word, whole syllables, initials, or syllables and initials mixed; of the last the index knows the initials alone. */
function lettersAsked(letters: string, name: Phrase): Term {
  const mixed = mixedInitials(letters)
  const ways: Way[] = [[name], ...soundWays(letters).map((phrase) => [phrase])]
  for (const text of mixed) ways.push([{ column: 'initials', text, open: true }])
  return { ways, typed: mixed.length > 0 ? letters : null }
}

const soundWays = (letters: string): Phrase[] => [
  { column: 'pinyin', text: letters, open: true },
  { column: 'initials', text: letters, open: true },
]

const MOST_WAYS = 32
/** Chinese and letters in one word, 重qing or cq长江: its runs are looked up by themselves, and the names that have all of them compared. */
function mixedAsked(term: string, name: Phrase): Term {
  const runs = term.match(/\p{Script=Han}+|[a-z]+/gu) ?? []
  const letters = runs.filter((run) => /[a-z]/.test(run))
  if (letters.length === 0 || letters.length === runs.length) return { ways: [[name]], typed: null }
  let ways: Way[] = [[]]
  for (const run of runs) {
    const asked: Phrase[] = /[a-z]/.test(run)
      ? [...soundWays(run), ...mixedInitials(run).map((text): Phrase => ({ column: 'initials', text, open: true }))]
      : [phraseOf(nameTokens(run))]
    ways = ways.flatMap((way) => asked.map((phrase) => [...way, phrase])).slice(0, MOST_WAYS)
  }
  return { ways: [[name], ...ways], typed: term }
}

function digitsAsked(digits: string, phones: PhoneRight): Phrase | null {
  if (digits.length < 3 || phones === 'none') return null
  if (phones === 'all') return { column: 'digits', text: digits, open: true }
  if (digits.length === 3) return { column: 'digits', text: `h${digits}`, open: false }
  return digits.length === 4 ? { column: 'digits', text: `t${digits}`, open: false } : null
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
