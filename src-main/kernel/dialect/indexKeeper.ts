import { setImmediate } from 'node:timers/promises'
import type BetterSqlite3 from 'better-sqlite3'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'
import type { Logger } from '../logger.ts'
import type { PendingDocuments } from '../searchPending.ts'
import type { Tables } from '../tables.gen.ts'

/** Segments of the search index of which SQLite itself merges some at a write, a little each time. */
const MERGE_AT = 4
/** Its last resort is one merge of everything in the middle of somebody's write: it must never come to that. */
const NEVER = 1999
/**
 * Segments that many writes in a row may leave behind: a search looks into each, and so does every slice of a merge. With 1000 a slice
 * of a run of a million rows took ten times as long as with these, and there were as many of them.
 */
const MANY = 128
/**
 * What one transaction writes stays together up to here: SQLite's own 1 MB is 500 documents, so that segments came by the thousand
 * and merging them cost twice as much.
 */
const GATHERED_BYTES = 8 << 20
const LOOK_EVERY = 8
/** Pages a slice writes: a few milliseconds. */
const SLICE_PAGES = 100
const SLICE_EVERY_MS = 30
/** The next step of a batch is there before. */
const AFTER_STEPS_MS = 250
/** Pending documents of which a running import brings some into the index: every search looks through them. */
const MANY_PENDING = 3000
/** Documents a transaction takes: as many as are written out at its commit within the time aimed at. */
const DOCUMENTS = { first: 1000, least: 250, most: 8000 } as const
const COMMIT_MS = 16
/** How long the writer works before it looks around. */
const STRETCH_MS = 8

/**
 * The search index is a heap of segments, one more at each commit. Merging them while rows stream in costs more than indexing
 * them: whoever writes much holds the merging off, and it is made up for in slices afterwards, whenever the writer has nothing to do.
 * What a run has written comes into the index here, many documents at a time and in transactions of their own.
 */
export class IndexKeeper {
  readonly #raw: BetterSqlite3.Database
  readonly #write: Kysely<Tables>
  readonly #isAwaited: () => boolean
  readonly #pending: PendingDocuments
  readonly #logger: Logger
  #documents: number = DOCUMENTS.first
  #holders = 0
  #mergeAt: number
  #timer: ReturnType<typeof setTimeout> | undefined
  #commits = 0
  #merging = false
  #closed = false
  #settling: Promise<unknown> = Promise.resolve()

  constructor({ raw, write, isAwaited }: Database, pending: PendingDocuments, logger: Logger) {
    this.#raw = raw
    this.#write = write
    this.#isAwaited = isAwaited
    this.#pending = pending
    this.#logger = logger
    this.#mergeAt = configOf(raw, 'automerge') ?? MERGE_AT
    if (configOf(raw, 'crisismerge') !== NEVER) setConfig(raw, 'crisismerge', NEVER)
    if (configOf(raw, 'hashsize') !== GATHERED_BYTES) setConfig(raw, 'hashsize', GATHERED_BYTES)
    // A run that was killed left its setting, its segments and what was pending.
    if (this.#mergeAt === 0 || pending.count > 0) this.#later()
    pending.onAdded(() => {
      if (this.#holders > 0) return
      // Steps of a batch follow each other: somebody waits for the last of them, nobody for the index.
      if (pending.count < MANY_PENDING) this.#stop()
      this.#later(AFTER_STEPS_MS)
    })
  }

  /** Merging waits until the last of those who hold it lets go. */
  async hold(): Promise<() => void> {
    this.#holders++
    this.#stop()
    if (this.#mergeAt !== 0) await this.#set(0)
    let held = true
    return () => {
      if (!held) return
      held = false
      this.#holders--
      if (this.#holders === 0) this.#later()
    }
  }

  /** Between two transactions of a run that goes on for long: what is pending, when it is much, and one slice when there is much to merge. */
  async breathe(): Promise<void> {
    while (this.#pending.count > MANY_PENDING && (await this.#settle()));
    this.#commits++
    if (this.#merging) this.#merging = await this.#slice()
    else if (this.#commits % LOOK_EVERY === 0) this.#merging = segmentsOf(this.#raw) > MANY
  }

  /** What it is about to write is committed; the rest stays pending for the next start. */
  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    await this.#settling
  }

  #stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #later(ms = SLICE_EVERY_MS): void {
    if (this.#closed || this.#timer) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      void this.#tidy().catch((error: unknown) => this.#logger.warn('the search index was not tidied', { error: String(error) }))
    }, ms)
    this.#timer.unref()
  }

  async #tidy(): Promise<void> {
    if (this.#closed || this.#holders > 0 || !this.#raw.open) return
    if (this.#pending.count > 0 && (await this.#settle())) this.#later()
    else if (await this.#slice()) this.#later()
    else if (this.#holders === 0) await this.#set(MERGE_AT)
  }

  /**
   * One transaction of pending documents, in the writer's queue; it ends when somebody else stands in line. A power cut may take it,
   * as it may the commits of the run: what it did is pending again.
   * @returns whether there is more to do.
   */
  #settle(): Promise<boolean> {
    const settling = this.#write.connection().execute(async (held) => {
      if (this.#closed || !this.#raw.open) return false
      this.#raw.pragma('synchronous = normal')
      try {
        const before = this.#pending.count
        const commitMs = await held.transaction().execute(() => this.#someOfThem())
        const took = performance.now() - commitMs
        const done = before - this.#pending.count
        if (done >= this.#documents / 2)
          this.#documents = between(DOCUMENTS, (this.#documents + (done * COMMIT_MS) / Math.max(took, 1)) / 2)
        return this.#pending.count > 0
      } catch (error) {
        this.#pending.recount()
        throw error
      } finally {
        this.#raw.pragma('synchronous = full')
      }
    })
    this.#settling = settling.catch(() => undefined)
    return settling
  }

  /** @returns when it was done, and the commit began. */
  async #someOfThem(): Promise<number> {
    let since = performance.now()
    let done = 0
    for (const documents of this.#pending.settle()) {
      done += documents
      if (done >= this.#documents || this.#isAwaited() || this.#closed) break
      if (performance.now() - since < STRETCH_MS) continue
      await setImmediate()
      since = performance.now()
    }
    // What was gathered has just been written out; the commit is a stretch of its own.
    await setImmediate()
    return performance.now()
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

const between = ({ least, most }: { least: number; most: number }, value: number): number =>
  Math.round(Math.min(most, Math.max(least, value)))

const configOf = (raw: BetterSqlite3.Database, key: string): number | undefined =>
  raw.prepare('select v from search_index_config where k = ?').pluck().get(key) as number | undefined

const setConfig = (raw: BetterSqlite3.Database, key: string, value: number): void => {
  raw.prepare('insert into search_index (search_index, rank) values (?, ?)').run(key, BigInt(value))
}

const segmentsOf = (raw: BetterSqlite3.Database): number =>
  raw.prepare('select count(*) from (select distinct segid from search_index_idx)').pluck().get() as number
