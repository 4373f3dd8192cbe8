import type { Contact } from '../../../src-shared/features/contacts/model.ts'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import type { Product } from '../../../src-shared/features/products/model.ts'
import type { SearchHit } from '../../../src-shared/features/search/contract.ts'
import { matchTyped } from '../../../src-shared/kernel/pinyin/typed.ts'
import type { QueryContext } from '../../kernel/context.ts'
import { rowsById } from '../../kernel/records/select.ts'
import { nationalDigits } from '../../kernel/policy.ts'
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
  const ranked = (await titled(context, found)).map(({ phones, person, number, ...hit }) => ({
    // Found by its number it shows it.
    hit: terms.some((term) => fitOfNumber(number, term) !== null)
      ? { ...hit, subtitle: `${number} · ${hit.subtitle ?? ''}`.replace(/ · $/, '') }
      : hit,
    rank: rankOf({ title: hit.title, phones, person, number }, terms),
  }))
  return {
    hits: ranked
      .sort((a, b) => a.rank - b.rank)
      .map(({ hit }) => hit)
      .slice(0, limit),
    capped,
  }
}

/** The newest hits; of more than are looked at those names, too, that begin with what was typed: they are what is meant most. */
async function lookedAt({ db, actor }: QueryContext, words: string) {
  const asked = { entity: null, limit: LOOKED_AT }
  const all = await matchSearch(db, actor, words, asked)
  if (!all.capped) return all
  const first = await matchSearch(db, actor, words, { ...asked, begin: true })
  const known = new Set(first.ids)
  return { found: [...first.found, ...all.found.filter(({ id }) => !known.has(id))], capped: true }
}

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

async function titled(context: QueryContext, found: readonly { entity: string; id: string }[]): Promise<(SearchHit & Ranked)[]> {
  const { db, actor, entities } = context
  const hits: (SearchHit & Ranked)[] = []
  for (const name of ['customer', 'contact', 'product'] as const) {
    const entity = entities.get(name)
    const ids = found.filter((hit) => hit.entity === name).map((hit) => hit.id)
    if (!entity || ids.length === 0) continue
    for (const row of await rowsById(db, actor, entity, ids, { listed: true }))
      hits.push(
        name === 'customer'
          ? customerHit(row as Customer)
          : name === 'contact'
            ? contactHit(row as Contact)
            : productHit(row as Product),
      )
  }
  return hits
}

const customerHit = (row: Customer): SearchHit & Ranked => ({
  phones: [row.phone, row.phone2],
  person: row.kind === 'person',
  number: row.number ?? null,
  entity: 'customer',
  id: row.id,
  title: row.name,
  subtitle: [row.ownerName, row.city].filter(Boolean).join(' · ') || null,
  customerId: null,
})
const contactHit = (row: Contact): SearchHit & Ranked => ({
  phones: [row.phone, row.phone2],
  person: true,
  number: null,
  entity: 'contact',
  id: row.id,
  title: row.name,
  subtitle: row.customerName,
  customerId: row.customerId,
})
const productHit = (row: Product): SearchHit & Ranked => ({
  phones: [],
  person: false,
  number: row.number,
  entity: 'product',
  id: row.id,
  title: row.name,
  subtitle: [row.spec, row.categoryName].filter(Boolean).join(' · ') || null,
  customerId: null,
})
