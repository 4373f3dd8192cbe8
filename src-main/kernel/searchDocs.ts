import type BetterSqlite3 from 'better-sqlite3'
import { type MatchKey, matchKeys } from '../../src-shared/kernel/matching/keys.ts'
import { type JournalRow, prepared } from './journal.ts'
import { insertStatements } from './manyRows.ts'
import { type Document, type IndexWork, indexNow, PendingDocuments } from './searchPending.ts'
import {
  isDeal,
  isSource,
  KINDS,
  PASSED_ON,
  RELEVANT,
  type Source,
  sourceOfTable,
  SOURCES,
  type Stored,
} from './searchSources.ts'
import { KeyWriter, storedKeys } from './storedKeys.ts'
import {
  dealTokens,
  digitTokens,
  EVERYBODYS,
  leadTokens,
  type NameTerms,
  numberTokens,
  type ReadyName,
  referenceTokens,
  scopeTokens,
  termsOf,
} from './searchTerms.ts'

type Touched = Pick<JournalRow, 'tbl' | 'rowId' | 'op' | 'before' | 'after'>
type Indexed = Readonly<{
  name: string
  phones: (string | null)[]
  email: string | null
  creditCode: string | null
  city: string | null
}>
type Image = Record<string, unknown>
const DOCS = { table: 'search_doc', columns: ['id', 'entity', 'record_id', 'customer_id', 'keys'] }
const KNOWN =
  'select d.record_id, d.id, d.keys from json_each(?) w cross join search_doc d on d.entity = ? and d.record_id = w.value'
/** A number is not given again while its document may still stand in the index. */
const LAST_DOC = 'select max(coalesce((select max(id) from search_doc), 0), coalesce((select max(doc) from search_pending), 0))'

/** Keeps the search index and the matching keys equal to the rows, from what the journal says was touched: nobody can forget it. */
export class SearchDocs {
  readonly #raw: BetterSqlite3.Database
  readonly pending: PendingDocuments
  readonly #keys: KeyWriter
  #ready = new Map<string, NameTerms>()

  constructor(raw: BetterSqlite3.Database) {
    this.#raw = raw
    this.pending = new PendingDocuments(raw)
    this.#keys = new KeyWriter(raw)
  }

  /** Terms of names that the next command is going to write, worked out elsewhere; a name that is not among them is read here. */
  makeReady(names: readonly ReadyName[]): void {
    for (const name of names) this.#ready.set(keyOf(name.text, name.person), name)
  }

  /** Rows first, index after, in the same transaction: a statement on other tables between two documents makes FTS5 flush its pending terms. */
  refresh(touched: readonly Touched[]): void {
    this.begin()
    const work = this.#follow(touched)
    this.#keys.write()
    this.#indexNow(work)
  }

  /** Before a transaction of several commands, of which each calls `refreshLater` and the last one is followed by `finish`. */
  begin(): void {
    this.#keys.forget()
  }

  /** The same for one of many commands: documents at once, keys soon, the full-text index when there is time. */
  refreshLater(touched: readonly Touched[]): void {
    this.pending.add(this.#follow(touched))
    this.#keys.writeMany()
  }

  /** For a step of a batch, in a transaction of its own: found at once, but the full-text index is written when there is time. */
  refreshPart(touched: readonly Touched[]): void {
    this.begin()
    this.pending.add(this.#follow(touched))
    this.#keys.write()
  }

  /** Before the commit: keys tell duplicates apart, whoever reads them next. */
  finish(): void {
    this.#keys.write()
  }

  #indexNow(work: IndexWork): void {
    // Whatever was pending of these documents is now done here.
    this.pending.forget(work.drop)
    indexNow(this.#raw, work)
  }

  /** Writes documents and keys of these records anew, as today's rules make them; the full-text index follows when there is time. */
  renew(source: Source, ids: readonly string[]): void {
    this.begin()
    const work: IndexWork = { drop: [], write: [] }
    this.#renew(source, ids, work)
    this.pending.add(work)
    this.#keys.write()
  }

  /** Makes documents and keys follow the rows. @returns what the full-text index still has to follow. */
  #follow(touched: readonly Touched[]): IndexWork {
    const fresh = noneWanted()
    const stale = noneWanted()
    const passed: string[] = []
    for (const row of touched) {
      const { tbl, rowId, op } = row
      if (tbl === 'record_member') this.#teamOf(row, passed, stale)
      const source = sourceOfTable(tbl)
      if (!source || fresh[source].has(rowId)) continue
      // What came into being in this command has no document and no keys yet.
      if (op === 'i' && !stale[source].has(rowId)) fresh[source].add(rowId)
      else if (op !== 'u') stale[source].add(rowId)
      else {
        const changed = changedColumns(row)
        if (changed.some((column) => RELEVANT.includes(column))) stale[source].add(rowId)
        if (source === 'customer' && changed.some((column) => PASSED_ON.includes(column))) passed.push(rowId)
      }
    }
    for (const id of passed) {
      if (!fresh.customer.has(id)) stale.customer.add(id)
      for (const contact of this.#contactsOf(id)) if (!fresh.contact.has(contact)) stale.contact.add(contact)
    }
    const work: IndexWork = { drop: [], write: [] }
    for (const source of KINDS) {
      for (const id of fresh[source]) stale[source].delete(id)
      this.#renew(source, [...stale[source]], work)
    }
    for (const source of KINDS) this.#add(source, [...fresh[source]], new Map(), work)
    this.#ready = new Map()
    return work
  }

  /** Whose collaborator came, went or changed; one that was only passing by left no row and no image. */
  #teamOf({ rowId, before }: Touched, customers: string[], stale: Wanted): void {
    const there = prepared(this.#raw, 'select entity, record_id from record_member where id = ?').get(rowId) as Image | undefined
    for (const image of [there, before === null ? undefined : (JSON.parse(before) as Image)]) {
      const [entity, id] = [String(image?.['entity']), String(image?.['record_id'])]
      if (entity === 'customer') customers.push(id)
      else if (isSource(entity)) stale[entity].add(id)
    }
  }

  #contactsOf(customerId: string): string[] {
    return prepared(this.#raw, 'select id from contact where customer_id = ?').pluck().all(customerId) as string[]
  }

  /** Writes one record's document and keys anew, or takes them away with the record. */
  index(source: Source, id: string): void {
    const work: IndexWork = { drop: [], write: [] }
    this.#renew(source, [id], work)
    this.#keys.write()
    this.#indexNow(work)
  }

  #renew(source: Source, ids: readonly string[], work: IndexWork): void {
    if (ids.length === 0) return
    const raw = this.#raw
    const found = prepared(raw, KNOWN).raw().all(JSON.stringify(ids), source) as [id: string, doc: number, keys: string][]
    const known: KnownDocs = new Map(found.map(([id, doc, keys]) => [id, { doc, keys }]))
    for (const { doc } of known.values()) work.drop.push(doc)
    this.#add(source, ids, known, work)
    // What was found no more is gone, and its document with it.
    for (const { doc, keys } of known.values()) {
      this.#keys.remove(doc, JSON.parse(keys) as number[])
      prepared(raw, 'delete from search_doc where id = ?').run(BigInt(doc))
    }
  }

  /** `known`: documents that are there already; those that were used are taken out of it. */
  #add(source: Source, ids: readonly string[], known: KnownDocs, work: IndexWork): void {
    if (ids.length === 0) return
    const raw = this.#raw
    let last = prepared(raw, LAST_DOC).pluck().get() as number
    const news: [bigint, Source, string, string | null, string][] = []
    for (const row of prepared(raw, SOURCES[source]).raw().all(JSON.stringify(ids)) as Stored[]) {
      const [
        id,
        name,
        phone,
        phone2,
        email,
        creditCode,
        city,
        ownerId,
        customerId,
        deletedAt,
        kind,
        poolId,
        members,
        ...numbers
      ] = row
      const phones = [phone, phone2]
      const person = kind === 'person'
      const terms = this.#ready.get(keyOf(name, person)) ?? termsOf(name, person)
      // Recycled rows keep their document number and keys: a duplicate in the bin is still a duplicate.
      const keys = storedKeys(keysToStore(source, { name, phones, email, creditCode, city }, terms.core))
      const before = known.get(id)
      const doc = before?.doc ?? ++last
      if (before) this.#changeKeys(before, keys)
      else {
        news.push([BigInt(doc), source, id, customerId, JSON.stringify(keys)])
        this.#keys.add(doc, keys)
      }
      known.delete(id)
      if (deletedAt === null)
        work.write.push(documentOf(doc, { phones, numbers, scope: scopeOf(source, { ownerId, poolId, members }) }, terms))
    }
    for (const [text, values] of insertStatements(DOCS, news)) prepared(raw, text).run(values)
  }

  /** Most changes of a record leave its keys as they are. */
  #changeKeys({ doc, keys: before }: KnownDoc, keys: readonly number[]): void {
    const after = JSON.stringify(keys)
    if (after === before) return
    const old = JSON.parse(before) as number[]
    this.#keys.remove(
      doc,
      old.filter((key) => !keys.includes(key)),
    )
    this.#keys.add(
      doc,
      keys.filter((key) => !old.includes(key)),
    )
    prepared(this.#raw, 'update search_doc set keys = ? where id = ?').run(after, BigInt(doc))
  }
}

const scopeOf = (source: Source, place: Parameters<typeof scopeTokens>[0]): string => {
  if (isDeal(source)) return dealTokens(source, place)
  return source === 'product' ? EVERYBODYS : source === 'lead' ? leadTokens(place) : scopeTokens(place)
}

type KnownDoc = { readonly doc: number; readonly keys: string }
type KnownDocs = Map<string, KnownDoc>

type Numbered = { phones: Indexed['phones']; numbers: readonly (string | null)[]; scope: string }
const documentOf = (
  doc: number,
  { phones, numbers: [number, reference], scope }: Numbered,
  { name, pinyin, initials }: NameTerms,
): Document => {
  const digits = [
    ...phones.flatMap((phone) => (phone ? digitTokens(phone) : [])),
    ...(number ? number.split('\n').flatMap(numberTokens) : []),
    ...(reference ? referenceTokens(reference) : []),
  ].join(' ')
  return [doc, name, pinyin, initials, digits, scope]
}
type Wanted = Record<Source, Set<string>>
const noneWanted = (): Wanted => Object.fromEntries(KINDS.map((kind) => [kind, new Set<string>()])) as Wanted

const keyOf = (text: string, person: boolean): string => (person ? 'p' : 'c') + text

function changedColumns({ before, after }: Touched): string[] {
  const [old, now] = [JSON.parse(before ?? '{}') as Image, JSON.parse(after ?? '{}') as Image]
  return Object.keys(now).filter((column) => old[column] !== now[column])
}

/** The matching keys a record is stored under; the doctor compares what is stored with this. `core`: of the name, where it is known. */
export function keysToStore(source: Source, row: Indexed, core?: string): MatchKey[] {
  const phones = row.phones.filter((phone) => phone !== null)
  if (source === 'product' || isDeal(source)) return []
  // Who a contact is stands in a key with the end of his number: so a masked number finds the whole one.
  if (source === 'contact') return matchKeys({ phones, email: row.email, contact: row.name })
  if (source === 'lead') {
    const firm = row.name.split('\n').at(-1) ?? row.name
    return matchKeys({ name: firm, phones, email: row.email, city: row.city })
  }
  const { name, email, creditCode, city } = row
  const record = { name, phones, email, creditCode, city }
  return core === undefined ? matchKeys(record) : matchKeys(record, { core, branch: null, form: null, region: null })
}
