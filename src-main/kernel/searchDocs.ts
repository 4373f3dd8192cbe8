import type BetterSqlite3 from 'better-sqlite3'
import { type MatchKey, matchKeys } from '../../src-shared/kernel/matching/keys.ts'
import { searchForms } from '../../src-shared/kernel/pinyin/pinyin.ts'
import type { WriteTx } from './database.ts'
import { prepared } from './journal.ts'
import { nationalDigits } from './policy.ts'

type Touched = { tbl: string; rowId: string; op: 'i' | 'u' | 'd' }
type Indexed = {
  id: string
  name: string
  phones: (string | null)[]
  email: string | null
  creditCode: string | null
  city: string | null
  ownerId: string | null
  customerId: string | null
  deletedAt: string | null
  kind: string
}
type Stored = Omit<Indexed, 'phones'> & { phone: string | null; phone2: string | null }

/** The columns that words, digits, scope and duplicates are found by; a change elsewhere leaves the index alone. */
const RELEVANT = ['name', 'phone', 'phone2', 'email', 'credit_code', 'city', 'owner_id', 'customer_id', 'deleted_at']
const SOURCES = {
  customer: `select id, name, phone, phone2, email, credit_code as creditCode, city, owner_id as ownerId, null as customerId, deleted_at as deletedAt, kind from customer where id = ?`,
  contact: `select t.id, t.name, t.phone, t.phone2, t.email, null as creditCode, null as city, c.owner_id as ownerId, t.customer_id as customerId,
    coalesce(t.deleted_at, c.deleted_at) as deletedAt, 'person' as kind from contact t join customer c on c.id = t.customer_id where t.id = ?`,
} as const
type Source = keyof typeof SOURCES
const isSource = (table: string): table is Source => table in SOURCES

/** Keeps the search index and the matching keys equal to the rows, from what the journal says was touched: nobody can forget it. */
export class SearchDocs {
  readonly #raw: BetterSqlite3.Database

  constructor(raw: BetterSqlite3.Database) {
    this.#raw = raw
  }

  /** Rows first, index after, in the same transaction: interleaving makes FTS5 flush its pending terms at every row. */
  refresh(_tx: WriteTx, touched: readonly Touched[]): Promise<void> {
    const wanted = new Map<string, { source: Source; fresh: boolean }>()
    for (const { tbl, rowId, op } of touched) {
      if (!isSource(tbl)) continue
      const key = `${tbl} ${rowId}`
      const known = wanted.get(key)
      if (op === 'u' && !known && !this.#changedRelevantly(tbl, rowId)) continue
      // What came into being in this command has no document and no keys yet.
      if (!known) wanted.set(key, { source: tbl, fresh: op === 'i' })
      if (tbl === 'customer' && op === 'u')
        for (const id of this.#contactsOf(rowId))
          if (!wanted.has(`contact ${id}`)) wanted.set(`contact ${id}`, { source: 'contact', fresh: false })
    }
    for (const [key, { source, fresh }] of wanted) this.#renew(source, key.slice(source.length + 1), fresh)
    return Promise.resolve()
  }

  #changedRelevantly(table: Source, id: string): boolean {
    const last = prepared(
      this.#raw,
      "select before, after from journal where tbl = ? and row_id = ? and op = 'u' and seq = (select seq from current_command)",
    ).all(table, id) as {
      before: string
      after: string
    }[]
    return last.some(({ before, after }) => {
      const [old, now] = [JSON.parse(before) as Record<string, unknown>, JSON.parse(after) as Record<string, unknown>]
      return RELEVANT.some((column) => old[column] !== now[column])
    })
  }

  #contactsOf(customerId: string): string[] {
    return prepared(this.#raw, 'select id from contact where customer_id = ?').pluck().all(customerId) as string[]
  }

  /** Writes one record's document and keys anew, or takes them away with the record. */
  index(source: Source, id: string): void {
    this.#renew(source, id, false)
  }

  #renew(source: Source, id: string, fresh: boolean): void {
    const raw = this.#raw
    const row = prepared(raw, SOURCES[source]).get(id) as Stored | undefined
    const known = fresh ? undefined : this.#docOf(source, id)
    if (known !== undefined) {
      prepared(raw, 'delete from search_index where rowid = ?').run(BigInt(known))
      prepared(raw, 'delete from match_key where doc = ?').run(BigInt(known))
    }
    if (!row) {
      if (known !== undefined) prepared(raw, 'delete from search_doc where id = ?').run(BigInt(known))
      return
    }
    const doc =
      known ??
      prepared(raw, 'insert into search_doc (entity, record_id, customer_id) values (?, ?, ?)').run(source, id, row.customerId)
        .lastInsertRowid
    const indexed = { ...row, phones: [row.phone, row.phone2] }
    this.#writeKeys(source, BigInt(doc), indexed)
    if (row.deletedAt === null) this.#writeDoc(BigInt(doc), indexed)
  }

  #docOf(source: Source, id: string): number | undefined {
    return prepared(this.#raw, 'select id from search_doc where entity = ? and record_id = ?').pluck().get(source, id) as
      | number
      | undefined
  }

  #writeDoc(doc: bigint, row: Indexed): void {
    const forms = searchForms(row.name, { person: row.kind === 'person' })
    prepared(this.#raw, 'insert into search_index (rowid, name, pinyin, initials, digits, scope) values (?, ?, ?, ?, ?, ?)').run(
      doc,
      nameTokens(row.name).join(' '),
      forms.fullSuffixes.join(' '),
      forms.initialSuffixes.join(' '),
      row.phones.flatMap((phone) => (phone ? digitTokens(phone) : [])).join(' '),
      row.ownerId ? ownerToken(row.ownerId) : 'nobody',
    )
  }

  /** Recycled rows keep their document number and keys: a duplicate in the bin is still a duplicate. */
  #writeKeys(source: Source, doc: bigint, row: Indexed): void {
    const insert = prepared(this.#raw, 'insert into match_key (kind, key, doc) values (?, ?, ?) on conflict do nothing')
    for (const { kind, key } of keysToStore(source, row)) insert.run(kind, key, doc)
  }
}

type KeySource = Pick<Indexed, 'name' | 'phones' | 'email' | 'creditCode' | 'city'>

/** The matching keys a record is stored under; the doctor compares what is stored with this. */
export function keysToStore(source: Source, row: KeySource): MatchKey[] {
  const phones = row.phones.filter((phone) => phone !== null)
  const record =
    source === 'customer'
      ? {
          name: row.name,
          phones,
          email: row.email ?? undefined,
          creditCode: row.creditCode ?? undefined,
          city: row.city ?? undefined,
        }
      : { phones, email: row.email ?? undefined }
  return matchKeys(withoutUndefined(record))
}

const withoutUndefined = <T extends Record<string, unknown>>(record: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }

export const ownerToken = (id: string): string => `o${id.toLowerCase()}`

/** Chinese in single characters, so that fragments of one or two are found by phrase; other scripts by word, in lower case. */
export function nameTokens(text: string): string[] {
  const tokens: string[] = []
  for (const run of text
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{Script=Han}]|[^\s\p{Script=Han}\p{P}\p{S}\p{C}]+/gu) ?? [])
    tokens.push(run)
  return tokens
}

/** Every tail of the number from three digits on, so that a prefix search finds any fragment; `h` head and `t` tail for masked readers. */
function digitTokens(phone: string): string[] {
  const digits = nationalDigits(phone)
  if (digits.length < 3) return []
  const tails = Array.from({ length: digits.length - 2 }, (_, start) => digits.slice(start))
  return digits.length >= 8 ? [...tails, `h${digits.slice(0, 3)}`, `t${digits.slice(-4)}`] : tails
}
