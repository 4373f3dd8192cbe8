import type BetterSqlite3 from 'better-sqlite3'
import { type Kysely, sql } from 'kysely'
import type { Logger } from '../logger.ts'
import type { Tables } from '../tables.gen.ts'

/** Segments of the search index of which SQLite itself merges some at a write, a little each time. */
const MERGE_AT = 4
/** Its last resort is one merge of everything in the middle of somebody's write: it must never come to that. */
const NEVER = 1999
/** Segments that many writes in a row may leave behind: a search looks into each, and so does every slice of a merge. */
const MANY = 1000
const LOOK_EVERY = 8
/** Pages a slice writes: a few milliseconds. */
const SLICE_PAGES = 100
const SLICE_EVERY_MS = 30

/**
 * The search index is a heap of segments, one more at each commit. Merging them while rows stream in costs more than indexing
 * them: whoever writes much holds the merging off, and it is made up for in slices afterwards, whenever the writer has nothing to do.
 */
export class IndexKeeper {
  readonly #raw: BetterSqlite3.Database
  readonly #write: Kysely<Tables>
  readonly #logger: Logger
  #holders = 0
  #mergeAt: number
  #timer: ReturnType<typeof setTimeout> | undefined
  #commits = 0
  #merging = false
  #closed = false

  constructor(raw: BetterSqlite3.Database, write: Kysely<Tables>, logger: Logger) {
    this.#raw = raw
    this.#write = write
    this.#logger = logger
    this.#mergeAt = configOf(raw, 'automerge') ?? MERGE_AT
    if (configOf(raw, 'crisismerge') !== NEVER) setConfig(raw, 'crisismerge', NEVER)
    // A run that was killed left its setting, and its segments.
    if (this.#mergeAt === 0) this.#later()
  }

  /** Merging waits until the last of those who hold it lets go. */
  async hold(): Promise<() => void> {
    this.#holders++
    clearTimeout(this.#timer)
    if (this.#mergeAt !== 0) await this.#set(0)
    let held = true
    return () => {
      if (!held) return
      held = false
      this.#holders--
      if (this.#holders === 0) this.#later()
    }
  }

  /** Between two chunks of a run that goes on for long: one slice, when there is much to merge. */
  async breathe(): Promise<void> {
    this.#commits++
    if (this.#merging) this.#merging = await this.#slice()
    else if (this.#commits % LOOK_EVERY === 0) this.#merging = segmentsOf(this.#raw) > MANY
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
  }

  #later(): void {
    if (this.#closed) return
    this.#timer = setTimeout(() => {
      void this.#tidy().catch((error: unknown) => this.#logger.warn('the search index was not tidied', { error: String(error) }))
    }, SLICE_EVERY_MS)
    this.#timer.unref()
  }

  async #tidy(): Promise<void> {
    if (this.#closed || this.#holders > 0 || !this.#raw.open) return
    if (await this.#slice()) this.#later()
    else if (this.#holders === 0) await this.#set(MERGE_AT)
  }

  /** In the writer's queue like any other write. @returns whether there is more to do. */
  async #slice(): Promise<boolean> {
    return this.#write.connection().execute(async (connection) => {
      if (this.#closed || this.#raw.inTransaction) return false
      const before = this.#changes()
      await sql`insert into search_index (search_index, rank) values ('merge', ${SLICE_PAGES})`.execute(connection)
      // SQLite's own word for "nothing was merged": one change, the statement itself.
      return this.#changes() - before >= 2
    })
  }

  #changes(): number {
    return this.#raw.prepare('select total_changes()').pluck().get() as number
  }

  /** In the queue as well: inside somebody's transaction it would be rolled back with it. */
  #set(mergeAt: number): Promise<void> {
    return this.#write.connection().execute(() => {
      if (this.#raw.open) setConfig(this.#raw, 'automerge', mergeAt)
      this.#mergeAt = mergeAt
      return Promise.resolve()
    })
  }
}

const configOf = (raw: BetterSqlite3.Database, key: string): number | undefined =>
  raw.prepare('select v from search_index_config where k = ?').pluck().get(key) as number | undefined

const setConfig = (raw: BetterSqlite3.Database, key: string, value: number): void => {
  raw.prepare('insert into search_index (search_index, rank) values (?, ?)').run(key, BigInt(value))
}

const segmentsOf = (raw: BetterSqlite3.Database): number =>
  raw.prepare('select count(*) from (select distinct segid from search_index_idx)').pluck().get() as number
