import type BetterSqlite3 from 'better-sqlite3'
import { keyNumber } from '../../src-shared/kernel/matching/keyNumber.ts'
import type { MatchKey } from '../../src-shared/kernel/matching/keys.ts'
import { prepared } from './journal.ts'
import { insertStatements } from './manyRows.ts'

const KEYS = { table: 'match_key', columns: ['key', 'doc'] }
/** Keys that a run holds back within a transaction: writing them then takes some milliseconds. */
const MANY = 3000

/** Keys as the numbers that are stored, in their order and each once. */
export const storedKeys = (keys: readonly MatchKey[]): number[] => [...new Set(keys.map(keyNumber))].toSorted((a, b) => a - b)

/**
 * Writes which documents stand under which keys. Keys lie all over their tree: in the order of the keys and many at a time, a page of
 * it is looked up once for all that goes into it, which costs half of what chunks do.
 */
export class KeyWriter {
  readonly #raw: BetterSqlite3.Database
  #held: [key: number, doc: number][] = []
  readonly #docs = new Set<number>()

  constructor(raw: BetterSqlite3.Database) {
    this.#raw = raw
  }

  add(doc: number, keys: readonly number[]): void {
    if (keys.length === 0) return
    this.#docs.add(doc)
    for (const key of keys) this.#held.push([key, doc])
  }

  /** At once: what is held back of the document is written first. */
  remove(doc: number, keys: readonly number[]): void {
    if (this.#docs.has(doc)) this.write()
    const remove = prepared(this.#raw, 'delete from match_key where key = ? and doc = ?')
    for (const key of keys) remove.run(BigInt(key), BigInt(doc))
  }

  writeMany(): void {
    if (this.#held.length >= MANY) this.write()
  }

  write(): void {
    const keys = this.#held.toSorted(([a], [b]) => a - b)
    this.forget()
    for (const [text, values] of insertStatements(KEYS, keys)) prepared(this.#raw, text).run(values)
  }

  /** What belonged to a transaction that was rolled back. */
  forget(): void {
    this.#held = []
    this.#docs.clear()
  }
}
