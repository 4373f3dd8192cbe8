import { sql } from 'kysely'
import type { Contact } from '../../../src-shared/features/contacts/model.ts'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import type { Invoice } from '../../../src-shared/features/invoices/model.ts'
import type { Lead } from '../../../src-shared/features/leads/model.ts'
import type { Opportunity } from '../../../src-shared/features/opportunities/model.ts'
import type { Order } from '../../../src-shared/features/orders/model.ts'
import type { Payment } from '../../../src-shared/features/payments/model.ts'
import type { Product } from '../../../src-shared/features/products/model.ts'
import type { Quote } from '../../../src-shared/features/quotes/model.ts'
import type { SearchHit } from '../../../src-shared/features/search/contract.ts'
import { matchTyped } from '../../../src-shared/kernel/pinyin/typed.ts'
import type { QueryContext } from '../../kernel/context.ts'
import { masks } from '../../kernel/records/pools.ts'
import { rowsById } from '../../kernel/records/select.ts'
import { nationalDigits } from '../../kernel/policy.ts'
import { plain, type ReadDb } from '../../kernel/database.ts'
import { namesBeginning, soundsOfBeginning } from '../../kernel/searchBegin.ts'
import { matchDeals } from '../../kernel/searchDeals.ts'
import { matchSearch, termsTyped } from '../../kernel/searchQuery.ts'
import { type Deal, DEALS, type Source, tableOfSource } from '../../kernel/searchSources.ts'
import { numberTokens, plainNumber } from '../../kernel/searchTerms.ts'

const LOOKED_AT = 200

/** Finds by name, pinyin, initials or digits; what fits best first: the name itself, its beginning, the shorter name. */
export async function searchRecords(
  context: QueryContext,
  text: string,
  limit: number,
): Promise<{ hits: SearchHit[]; capped: boolean }> {
  const words = text.trim()
  if (words === '') return { hits: [], capped: false }
  const { found, capped } = await lookedAt(context, words)
  const terms = termsTyped(words)
  const ranked = (await candidatesOf(context, found))
    .map((one) => ({ ...one, rank: rankOf(one, terms) }))
    .toSorted((a, b) => a.rank - b.rank)
  const customers = ranked.flatMap(({ entity, id }) => (entity === 'customer' ? [id] : [])).slice(0, CUSTOMERS_FOLLOWED)
  const deals = (await dealsFound(context, words, { limit, customers }))
    .map((one) => ({ ...one, rank: one.through ? LAST : rankOf(one, terms) }))
    .toSorted((a, b) => a.rank - b.rank || a.place - b.place)
  const people = await firstOf(context, ranked, terms, limit)
  const dealt = await firstOf(context, deals, terms, limit)
  // However many are called so: what hangs on them keeps some places, and leaves those it does not need.
  const places = limit - Math.min(dealt.length, Math.max(limit - people.length, Math.floor(limit / PART_OF_DEALS)))
  const hits = [...people.slice(0, places), ...dealt.slice(0, limit - places)].toSorted((a, b) => a.rank - b.rank)
  return { hits: hits.map(({ hit }) => hit), capped }
}
const CUSTOMERS_FOLLOWED = 20
const PART_OF_DEALS = 3
/** After whatever is called or numbered as typed. */
const LAST = 6000

type Place = { readonly entity: Named | Deal; readonly id: string; readonly number: string | null; readonly rank: number }
/** What is shown is read in full, and by the reader's reach once more; what falls out leaves its place to the next. */
async function firstOf(
  context: QueryContext,
  ranked: readonly Place[],
  terms: readonly string[],
  limit: number,
): Promise<{ hit: SearchHit; rank: number }[]> {
  const hits: { hit: SearchHit; rank: number }[] = []
  for (let at = 0; at < ranked.length && hits.length < limit; at += limit) {
    const next = ranked.slice(at, at + limit)
    const shown = await shownOf(context, next)
    for (const { id, number, rank } of next) {
      const hit = foundBy(shown.get(id), number, terms)
      if (hit) hits.push({ hit, rank })
    }
  }
  return hits.slice(0, limit)
}

/** Found by its number it shows it. */
function foundBy(hit: SearchHit | undefined, number: string | null, terms: readonly string[]): SearchHit | undefined {
  if (!hit || hit.title === number || !terms.some((term) => fitOfNumber(number, term) !== null)) return hit
  return { ...hit, subtitle: `${number} · ${hit.subtitle ?? ''}`.replace(/ · $/, '') }
}

/** The newest hits; of more than are looked at those names, too, that begin with what was typed: they are what is meant most. */
async function lookedAt(context: QueryContext, words: string) {
  const { db, actor } = context
  const asked = { entity: null, limit: LOOKED_AT }
  const all = await matchSearch(db, actor, words, asked)
  if (!all.capped) return all
  const sounds = soundsOfBeginning(words)
  const first = sounds
    ? await inOrderOfNames(context, { words, sounds, limit: LOOKED_AT })
    : (await matchSearch(db, actor, words, { ...asked, begin: true })).found
  const known = new Set<string>(first.map(({ id }) => id))
  return { found: [...first, ...all.found.filter(({ id }) => !known.has(id))], capped: true }
}

/** Pools have no order of names; of what lies in them the index of words is asked. */
async function inOrderOfNames(
  { db, actor, entities }: QueryContext,
  asked: Parameters<typeof namesBeginning>[3],
): Promise<Found[]> {
  const found: Found[] = []
  for (const name of NAMED) {
    const entity = entities.get(name)
    if (entity) found.push(...(await namesBeginning(db, actor, entity, asked)).map((id) => ({ entity: name, id })))
  }
  const pools = (await sql<{ id: string }>`select id from pool`.execute(plain(db))).rows.map(({ id }) => id)
  if (pools.length > 0)
    found.push(...(await matchSearch(db, actor, asked.words, { entity: null, limit: LOOKED_AT, begin: true, pools })).found)
  return found
}
const NAMED = ['customer', 'contact', 'product', 'lead'] as const
type Named = (typeof NAMED)[number]
type Found = { readonly entity: string; readonly id: string }

type Ranked = {
  readonly title: string
  readonly phones: readonly (string | null)[]
  readonly person: boolean
  readonly number: string | null
  /** What others number it by. */
  readonly reference?: string | null
}

/** The less the better: the whole name, its beginning, its inside; a whole number, its end, its inside; of equals the shorter name. */
function rankOf(one: Ranked, terms: readonly string[]): number {
  const title = one.title.normalize('NFKC').toLowerCase()
  const worst = Math.max(...terms.map((term) => fitOf(one, title, term)))
  return worst * 1000 + Math.min(title.length, 999)
}

/** The whole number, or how it or one of its parts begins. */
function fitOfNumber(number: string | null, term: string): 0 | 2 | null {
  const plain = /\d.*\d/.test(term) ? plainNumber(term) : ''
  if (number === null || plain === '') return null
  if (plainNumber(number) === plain) return 0
  return numberTokens(number).some((token) => token.slice(1).startsWith(plain)) ? 2 : null
}

function fitOf({ title: name, phones, person, number, reference = null }: Ranked, title: string, term: string): number {
  if (title === term) return 0
  const numbered = fitOfNumber(number, term) ?? fitOfNumber(reference, term)
  if (numbered === 0) return 0
  const digits = /^[+\d()-]{3,}$/.test(term) ? nationalDigits(term) : ''
  if (digits !== '') {
    const numbers = phones.map((phone) => nationalDigits(phone ?? ''))
    if (numbers.includes(digits)) return 1
    if (numbers.some((number) => number.endsWith(digits))) return 2
    if (numbers.some((number) => number.startsWith(digits))) return 3
  }
  if (title.startsWith(term)) return 1
  if (numbered !== null) return numbered
  const match = matchTyped(name, term, { person })
  if (match === null) return title.includes(term) ? 3 : 5
  const whole = match.end - match.start === match.of
  const literal = title.includes(term)
  if (match.start > 0) return literal ? 3 : 4
  return whole ? 1 : 2
}

/** What is compared of each, as its reader may see it: far less than is shown of the few that come first. */
async function candidatesOf(context: QueryContext, found: readonly Found[]): Promise<(Ranked & { entity: Named; id: string })[]> {
  const placed = new Map(found.map(({ id }, place) => [id, place]))
  const all: (Ranked & { entity: Named; id: string })[] = []
  for (const name of NAMED) {
    const ids = found.filter((hit) => hit.entity === name).map((hit) => hit.id)
    all.push(...(await comparedOf(context, name, ids)).map((one) => ({ ...one, entity: name })))
  }
  return all.toSorted((a, b) => (placed.get(a.id) ?? 0) - (placed.get(b.id) ?? 0))
}

async function comparedOf(
  { db, actor, entities }: QueryContext,
  name: Named | Deal,
  ids: readonly string[],
): Promise<(Ranked & { id: string })[]> {
  const entity = entities.get(name)
  if (!entity || ids.length === 0) return []
  const { rows } = await sql<Row>`
    select t.id, ${sql.raw(COMPARED[name])} from ${sql.table(entity.table)} t
    where t.id in (select value from json_each(${JSON.stringify(ids)}))`.execute(plain(db))
  const maskFor = await masks(db, actor, entity, rows)
  return rows.map((row) => {
    const { phone, phone2, number, reference, officialNumber } = maskFor(row)(row) as Row
    return {
      id: String(row['id']),
      title: String(row['name']),
      phones: [text(phone), text(phone2)],
      person: row['person'] === 1,
      number: text(number),
      reference: text(reference) ?? text(officialNumber),
    }
  })
}
type Row = Record<string, unknown>
const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const OWNED = `t.name, t.number, t.customer_id as "customerId"`
const COMPARED: Readonly<Record<Named | Deal, string>> = {
  customer: `t.name, t.phone, t.phone2, t.number, t.kind = 'person' as person, t.pool_id as "poolId"`,
  contact: `t.name, t.phone, t.phone2, 1 as person, t.customer_id as "customerId"`,
  product: `t.name, t.number`,
  lead: `t.name, t.phone, t.number`,
  opportunity: OWNED,
  quote: OWNED,
  order: OWNED,
  payment: `t.number as name, t.number, t.reference, t.customer_id as "customerId"`,
  invoice: `t.number as name, t.number, t.official_number as "officialNumber", t.customer_id as "customerId"`,
}

type Dealt = Ranked & { entity: Deal; id: string; through: boolean; place: number }
/** Deals and papers called or numbered so, and those of the customers that were found; of each kind as many as may be shown. */
async function dealsFound(
  context: QueryContext,
  words: string,
  { limit, customers }: { limit: number; customers: readonly string[] },
): Promise<Dealt[]> {
  const { db, actor, entities } = context
  const all: Dealt[] = []
  for (const name of DEALS) {
    const entity = entities.get(name)
    if (!entity) continue
    const { own, hanging } = await matchDeals(db, actor, entity, { words, limit: DEALS_LOOKED_AT, customers, few: limit })
    const ids = [...own, ...hanging]
    const places = new Map(ids.map((id, place) => [id, place]))
    for (const one of await comparedOf(context, name, ids))
      all.push({ ...one, entity: name, through: !own.includes(one.id), place: places.get(one.id) ?? 0 })
  }
  return all
}
const DEALS_LOOKED_AT = 60

async function shownOf({ db, actor, entities }: QueryContext, wanted: readonly Place[]): Promise<Map<string, SearchHit>> {
  const shown = new Map<string, SearchHit>()
  for (const name of [...NAMED, ...DEALS]) {
    const entity = entities.get(name)
    const ids = wanted.filter((hit) => hit.entity === name).map((hit) => hit.id)
    if (!entity || ids.length === 0) continue
    for (const row of await rowsById(db, actor, entity, ids, { listed: true }))
      shown.set(String(row['id']), HITS[name](row as never))
  }
  return shown
}

const hitOf = (entity: Named | Deal, row: { id: string }, title: string, ...parts: readonly unknown[]): SearchHit => ({
  entity,
  id: row.id,
  title,
  subtitle: parts.filter(Boolean).join(' · ') || null,
  customerId: null,
})
const HITS: { readonly [Name in Named | Deal]: (row: never) => SearchHit } = {
  customer: (row: Customer) => hitOf('customer', row, row.name, row.ownerName, row.city),
  contact: (row: Contact) => ({ ...hitOf('contact', row, row.name, row.customerName), customerId: row.customerId }),
  product: (row: Product) => hitOf('product', row, row.name, row.spec, row.categoryName),
  lead: (row: Lead) =>
    hitOf('lead', row, row.name, row.company !== row.name && row.company, row.ownerName ?? row.poolName, row.city),
  opportunity: (row: Opportunity) => hitOf('opportunity', row, row.name, row.customerName, row.ownerName),
  quote: (row: Quote) => hitOf('quote', row, row.name, row.customerName, row.ownerName),
  order: (row: Order) => hitOf('order', row, row.name, row.customerName, row.ownerName),
  payment: (row: Payment) => hitOf('payment', row, row.number, row.customerName, row.receivedOn),
  invoice: (row: Invoice) => hitOf('invoice', row, row.number, row.customerName, row.officialNumber, row.requestedOn),
}

/** Of one kind those after an id, in the order of their ids; deleted ones, too, whose keys stay. */
export async function idsOfKind(db: ReadDb, kind: Source, after: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.table(tableOfSource(kind))} where id > ${after} order by id limit ${BigInt(limit)}`.execute(plain(db))
  return rows.map(({ id }) => id)
}

export async function countOfKind(db: ReadDb, kind: Source, after: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from ${sql.table(tableOfSource(kind))} where id > ${after}`.execute(plain(db))
  return rows[0]?.n ?? 0
}
