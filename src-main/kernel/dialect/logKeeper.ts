import { open } from 'node:fs/promises'
import BetterSqlite3 from 'better-sqlite3'
import type { Logger } from '../logger.ts'
import type { TaskContext, TaskTable } from '../tasks.ts'
import type { TaskPool } from '../workers.ts'

const TASK = 'kernel.foldLog'
/** Commits between two looks at the log; a look costs microseconds. */
const LOOK_EVERY = 4
/** Pages of 4 kB that wait to be written back before a worker does it. */
const WAITING_PAGES = 1000
/** A log this long is begun anew as soon as it can be: every reader looks through it. */
const LONG_PAGES = 16_000
/** During a run that writes without a pause the log has no end to come to: at this length whoever runs it waits for once. */
const TOO_LONG_PAGES = 32_000
/** So few that the writer itself may write them back between two commits: some milliseconds. */
const FEW_PAGES = 1500
const ROUNDS = 8
/** What SQLite itself does when no worker came: a safety net far above the two. */
export const LAST_RESORT_PAGES = 50_000

/** What `pragma synchronous` says of a relaxed commit. */
const NORMAL = 1

type LogState = { log: number; checkpointed: number }

/** `noop` counts without writing anything back. */
const stateOf = (raw: BetterSqlite3.Database, mode: 'noop' | 'passive'): LogState =>
  (raw.pragma(`wal_checkpoint(${mode})`) as LogState[])[0] ?? { log: 0, checkpointed: 0 }

/**
 * Writes the log back into the file on a thread of its own, so that no write waits for it: on the writer a checkpoint takes
 * 20 to 200 ms every few hundred rows. Durability is the log's, which is synced at each commit, and stays as it is.
 */
export class LogKeeper {
  readonly #raw: BetterSqlite3.Database
  readonly #workers: TaskPool
  readonly #logger: Logger
  #commits = 0
  #folding = false
  #flushing = false

  constructor(raw: BetterSqlite3.Database, workers: TaskPool, logger: Logger) {
    this.#raw = raw
    this.#workers = workers
    this.#logger = logger
  }

  /** Told after each COMMIT of the writer. */
  committed(): void {
    this.#commits++
    if (this.#raw.pragma('synchronous', { simple: true }) === NORMAL) this.#flush()
    if (this.#folding || this.#commits < LOOK_EVERY) return
    this.#commits = 0
    // A bulk load lets the log grow on purpose and sets a limit of its own.
    if (this.#raw.pragma('wal_autocheckpoint', { simple: true }) !== LAST_RESORT_PAGES) return
    const { log, checkpointed } = stateOf(this.#raw, 'noop')
    if (log - checkpointed < WAITING_PAGES) return
    this.#folding = true
    this.#fold()
      // The log only grows until the next look; SQLite's own limit is the last resort.
      .catch((error: unknown) => this.#logger.warn('the log was not written back', { error: String(error) }))
      .finally(() => {
        this.#folding = false
      })
  }

  /**
   * A relaxed commit leaves its frames to the system; whoever commits next and does wait for the disk would wait for all of them. So
   * they are sent there at once, while the run goes on.
   */
  #flush(): void {
    if (this.#flushing) return
    this.#flushing = true
    flushed(`${this.#raw.name}-wal`)
      .catch((error: unknown) => this.#logger.warn('the log was not flushed', { error: String(error) }))
      .finally(() => {
        this.#flushing = false
      })
  }

  /** Between two transactions of a long run: when the log is too long, it is written back while the run does not add to it, and begins anew. */
  async breathe(): Promise<void> {
    if (this.#raw.inTransaction || stateOf(this.#raw, 'noop').log < TOO_LONG_PAGES) return
    for (let round = 0; round < ROUNDS; round++) {
      const { log, checkpointed } = await this.#workers.run<LogState>(TASK, null, { lane: 'log' })
      // Somebody else wrote meanwhile, or a reader still looks at an older state.
      if (log === checkpointed) return
    }
  }

  /** Commits went on while the worker wrote: what it left it writes in a further round, of which each is shorter than the one before. */
  async #fold(): Promise<void> {
    for (let round = 0; round < ROUNDS; round++) {
      const { log } = await this.#workers.run<LogState>(TASK, null, { lane: 'log' })
      if (log <= LONG_PAGES || !this.#raw.open || this.#raw.inTransaction) return
      const now = stateOf(this.#raw, 'noop')
      if (now.log - now.checkpointed > FEW_PAGES) continue
      // Only the writer can come to the log's end, and then begins it anew.
      stateOf(this.#raw, 'passive')
      return
    }
  }
}

/** The log alone: closing a file takes back all locks a process holds on it, and those of SQLite stand on the base and its index of the log. */
async function flushed(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.datasync()
  } finally {
    await file.close()
  }
}

export const logTasks: TaskTable = {
  [TASK]: ({ raw }: TaskContext) => {
    // A connection that may write, for these milliseconds only; it never waits for a lock.
    const writer = new BetterSqlite3(raw.name, { fileMustExist: true, timeout: 0 })
    try {
      return Promise.resolve(stateOf(writer, 'passive'))
    } finally {
      writer.close()
    }
  },
}
