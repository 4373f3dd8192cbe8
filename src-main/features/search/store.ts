import { sql } from 'kysely'
import type { Contact } from '../../../src-shared/features/contacts/model.ts'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import type { Lead } from '../../../src-shared/features/leads/model.ts'
import type { Product } from '../../../src-shared/features/products/model.ts'
import type { SearchHit } from '../../../src-shared/features/search/contract.ts'
import { matchTyped } from '../../../src-shared/kernel/pinyin/typed.ts'
import type { QueryContext } from '../../kernel/context.ts'
import { masks } from '../../kernel/records/pools.ts'
import { rowsById } from '../../kernel/records/select.ts'
import { nationalDigits } from '../../kernel/policy.ts'
import { plain } from '../../kernel/database.ts'
import { namesBeginning, soundsOfBeginning } from '../../kernel/searchBegin.ts'
import { matchSearch, termsTyped } from '../../kernel/searchQuery.ts'
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
  const hits: SearchHit[] = []
  // What is shown is read in full, and by the reader's reach once more; what falls out leaves its place to the next.
  for (let at = 0; at < ranked.length && hits.length < limit; at += limit) {
    const next = ranked.slice(at, at + limit)
    const shown = await shownOf(context, next)
    hits.push(...next.flatMap(({ id, number }) => foundBy(shown.get(id), number, terms) ?? []))
  }
  return { hits: hits.slice(0, limit), capped }
}

/** Found by its number it shows it. */
function foundBy(hit: SearchHit | undefined, number: string | null, terms: readonly string[]): SearchHit | undefined {
  if (!hit || !terms.some((term) => fitOfNumber(number, term) !== null)) return hit
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

function fitOf({ title: name, phones, person, number }: Ranked, title: string, term: string): number {
  if (title === term) return 0
  const numbered = fitOfNumber(number, term)
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
async function candidatesOf(
  { db, actor, entities }: QueryContext,
  found: readonly Found[],
): Promise<(Ranked & { entity: Named; id: string })[]> {
  const placed = new Map(found.map(({ id }, place) => [id, place]))
  const all: (Ranked & { entity: Named; id: string })[] = []
  for (const name of NAMED) {
    const entity = entities.get(name)
    const ids = found.filter((hit) => hit.entity === name).map((hit) => hit.id)
    if (!entity || ids.length === 0) continue
    const { rows } = await sql<Row>`
      select t.id, t.name, ${sql.raw(COMPARED[name])} from ${sql.table(entity.table)} t
      where t.id in (select value from json_each(${JSON.stringify(ids)}))`.execute(plain(db))
    const maskFor = await masks(db, actor, entity, rows)
    for (const row of rows) {
      const { phone, phone2, number } = maskFor(row)(row) as Row
      const title = String(row['name'])
      all.push({
        entity: name,
        id: String(row['id']),
        title,
        phones: [text(phone), text(phone2)],
        person: row['person'] === 1,
        number: text(number),
      })
    }
  }
  return all.toSorted((a, b) => (placed.get(a.id) ?? 0) - (placed.get(b.id) ?? 0))
}
type Row = Record<string, unknown>
const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const COMPARED: Readonly<Record<Named, string>> = {
  customer: `t.phone, t.phone2, t.number, t.kind = 'person' as person, t.pool_id as "poolId"`,
  contact: `t.phone, t.phone2, null as number, 1 as person, t.customer_id as "customerId"`,
  product: `null as phone, null as phone2, t.number, 0 as person`,
  lead: `t.phone, null as phone2, t.number, 0 as person`,
}

async function shownOf(
  { db, actor, entities }: QueryContext,
  wanted: readonly { entity: Named; id: string }[],
): Promise<Map<string, SearchHit>> {
  const shown = new Map<string, SearchHit>()
  for (const name of NAMED) {
    const entity = entities.get(name)
    const ids = wanted.filter((hit) => hit.entity === name).map((hit) => hit.id)
    if (!entity || ids.length === 0) continue
    for (const row of await rowsById(db, actor, entity, ids, { listed: true }))
      shown.set(String(row['id']), HITS[name](row as never))
  }
  return shown
}

const said = (...parts: readonly unknown[]): string | null => parts.filter(Boolean).join(' · ') || null
const HITS: { readonly [Name in Named]: (row: never) => SearchHit } = {
  customer: ({ id, name, ownerName, city }: Customer) => ({
    entity: 'customer',
    id,
    title: name,
    subtitle: said(ownerName, city),
    customerId: null,
  }),
  contact: ({ id, name, customerName, customerId }: Contact) => ({
    entity: 'contact',
    id,
    title: name,
    subtitle: customerName,
    customerId,
  }),
  product: ({ id, name, spec, categoryName }: Product) => ({
    entity: 'product',
    id,
    title: name,
    subtitle: said(spec, categoryName),
    customerId: null,
  }),
  lead: ({ id, name, company, ownerName, poolName, city }: Lead) => ({
    entity: 'lead',
    id,
    title: name,
    subtitle: said(company !== name && company, ownerName ?? poolName, city),
    customerId: null,
  }),
}
