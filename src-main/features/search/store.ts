import type { Contact } from '../../../src-shared/features/contacts/model.ts'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import type { SearchHit } from '../../../src-shared/features/search/contract.ts'
import type { QueryContext } from '../../kernel/context.ts'
import { rowsById } from '../../kernel/records/select.ts'
import { matchSearch } from '../../kernel/searchQuery.ts'

const LOOKED_AT = 200

/** Finds by name, pinyin, initials or digits; what fits best first: the name itself, its beginning, the shorter name. */
export async function searchRecords(
  context: QueryContext,
  text: string,
  limit: number,
): Promise<{ hits: SearchHit[]; capped: boolean }> {
  const words = text.trim()
  if (words === '') return { hits: [], capped: false }
  const { found, capped } = await matchSearch(context.db, context.actor, words, { entity: null, limit: LOOKED_AT })
  const hits = await titled(context, found)
  const rank = (hit: SearchHit) =>
    (hit.title === words ? 0 : hit.title.startsWith(words) ? 1 : hit.title.includes(words) ? 2 : 3) * 1000 +
    Math.min(hit.title.length, 999)
  return { hits: hits.sort((a, b) => rank(a) - rank(b)).slice(0, limit), capped }
}

async function titled(context: QueryContext, found: readonly { entity: string; id: string }[]): Promise<SearchHit[]> {
  const { db, actor, entities } = context
  const hits: SearchHit[] = []
  for (const name of ['customer', 'contact'] as const) {
    const entity = entities.get(name)
    const ids = found.filter((hit) => hit.entity === name).map((hit) => hit.id)
    if (!entity || ids.length === 0) continue
    for (const row of await rowsById(db, actor, entity, ids))
      hits.push(name === 'customer' ? customerHit(row as Customer) : contactHit(row as Contact))
  }
  return hits
}

const customerHit = (row: Customer): SearchHit => ({
  entity: 'customer',
  id: row.id,
  title: row.name,
  subtitle: [row.ownerName, row.city].filter(Boolean).join(' · ') || null,
  customerId: null,
})
const contactHit = (row: Contact): SearchHit => ({
  entity: 'contact',
  id: row.id,
  title: row.name,
  subtitle: row.customerName,
  customerId: row.customerId,
})
