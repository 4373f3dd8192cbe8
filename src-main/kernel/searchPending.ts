import type BetterSqlite3 from 'better-sqlite3'
import { prepared } from './journal.ts'
import { insertStatements } from './manyRows.ts'

/** What stands in the full-text index under one number. */
export type Document = readonly [doc: number, name: string, pinyin: string, initials: string, digits: string, scope: string]
/** What is to be done to the full-text index; a document that is in both is written anew. */
export type IndexWork = { drop: number[]; write: Document[] }

const PENDING = {
  table: 'search_pending',
  columns: ['doc', 'name', 'pinyin', 'initials', 'digits', 'scope'],
  tail: `on conflict (doc) do update set name = excluded.name, pinyin = excluded.pinyin, initials = excluded.initials,
    digits = excluded.digits, scope = excluded.scope`,
}
const INSERT = 'insert into search_index (rowid, name, pinyin, initials, digits, scope) values (?, ?, ?, ?, ?, ?)'
const REMOVE = 'delete from search_index where rowid = ?'
/** Documents put into the full-text index between two looks around. */
const STEP = 64

/**
 * Documents that a run has written and that are not in the full-text index yet: FTS5 is cheapest with many at once, and none of it
 * belongs into the transaction of the rows. Who searches looks through them as well; what stands here goes before what the index says.
 */
export class PendingDocuments {
  readonly #raw: BetterSqlite3.Database
  #count = 0
  #listener: () => void = () => undefined

  constructor(raw: BetterSqlite3.Database) {
    this.#raw = raw
    this.recount()
  }

  /** How many there are, as far as is known without looking: what is rolled back stays counted until none is left. */
  get count(): number {
    return this.#count
  }

  recount(): void {
    this.#count = this.#raw.prepare('select count(*) from search_pending').pluck().get() as number
  }

  /** Told that there is work; one listener. */
  onAdded(listener: () => void): void {
    this.#listener = listener
  }

  /** Notes the work instead of doing it. */
  add({ drop, write }: IndexWork): void {
    const written = new Set(write.map(([doc]) => doc))
    const gone = drop.filter((doc) => !written.has(doc)).map((doc) => [doc, null, null, null, null, null] as const)
    const rows = [...write, ...gone].toSorted(([a], [b]) => a - b)
    for (const [text, values] of insertStatements(PENDING, rows)) prepared(this.#raw, text).run(values)
    this.#count += rows.length
    if (rows.length > 0) this.#listener()
  }

  /** Whoever does the work himself leaves nothing of it to others; before anything is written to the index. */
  forget(docs: readonly number[]): void {
    if (docs.length > 0)
      prepared(this.#raw, 'delete from search_pending where doc in (select value from json_each(?))').run(JSON.stringify(docs))
  }

  /**
   * Brings pending documents into the index, in ascending order and inside a transaction, between whose steps others may read; what
   * was done is struck off when the steps end or are left off. Each step says how many it took.
   */
  *settle(): Generator<number, void, undefined> {
    const raw = this.#raw
    // Beyond it nothing can stand in the index.
    const last = prepared(raw, 'select coalesce(max(id), 0) from search_index_docsize').pluck().get() as number
    const next = prepared(
      raw,
      `select doc, name, pinyin, initials, digits, scope from search_pending where doc > ? order by doc limit ${STEP}`,
    )
    const [remove, insert] = [prepared(raw, REMOVE), prepared(raw, INSERT)]
    let done = 0
    try {
      while (true) {
        const rows = next.raw().all(BigInt(done)) as (Document | [doc: number, name: null])[]
        for (const row of rows) {
          const doc = row[0]
          if (doc <= last) remove.run(BigInt(doc))
          if (row[1] !== null) insert.run(BigInt(doc), ...row.slice(1))
          done = doc
        }
        if (rows.length < STEP) break
        yield rows.length
      }
    } finally {
      // Only now: a statement on another table makes FTS5 write out what it has gathered.
      const { changes } = prepared(raw, 'delete from search_pending where doc <= ?').run(BigInt(done))
      this.#count -= changes
      if (prepared(raw, 'select 1 from search_pending limit 1').get() === undefined) this.#count = 0
    }
  }
}

/** In ascending order: at every step back FTS5 writes out what it has gathered, as a segment. */
export function indexNow(raw: BetterSqlite3.Database, { drop, write }: IndexWork): void {
  const [remove, insert] = [prepared(raw, REMOVE), prepared(raw, INSERT)]
  for (const doc of drop.toSorted((a, b) => a - b)) remove.run(BigInt(doc))
  for (const [doc, ...columns] of write.toSorted(([a], [b]) => a - b)) insert.run(BigInt(doc), ...columns)
}
