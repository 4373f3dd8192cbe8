import { setImmediate } from 'node:timers/promises'
import type { Backend } from './context.ts'
import type { WriteTx } from './database.ts'
import type { JournalRow } from './journal.ts'

/** Several commands in one transaction, each with its own number and entry in the journal. */
export type Group = {
  readonly tx: WriteTx
  /** Makes search keys follow the rows of a command; the full-text index follows in transactions of its own. */
  readonly follow: (touched: readonly JournalRow[]) => void
  readonly afterCommit: (tell: () => void) => void
  /** Lets others read; whether a further command may join. */
  readonly mayGoOn: () => Promise<boolean>
}

/**
 * Rows of the journal after which a group ends: as many as this machine commits within the time aimed at. That is what somebody who
 * wants to write may have to wait for, beside the chunk that is being written when he comes.
 */
const ROWS = { first: 1000, least: 200, most: 8000 } as const
const END_MS = 16
const enough = new WeakMap<Backend, number>()
/** The ceiling of decisions.md for a stretch in which nobody else gets his turn. */
const SLOW_MS = 25

/**
 * For chunks of a run that follow each other at once: most of what a small transaction costs is writing the same pages of the
 * indexes anew, and the next chunk touches them again. The transaction stays open across turns of the loop, so that others read
 * meanwhile, and ends as soon as somebody else wants to write. A failure of one command takes all of them back.
 */
export async function inGroup<Output>(backend: Backend, work: (group: Group) => Promise<Output>): Promise<Output> {
  const { database, searchDocs, log } = backend
  const told: (() => void)[] = []
  let rows = 0
  const clock = new Stretches()
  const limit = enough.get(backend) ?? ROWS.first
  let ending = 0
  const group = (tx: WriteTx): Group => ({
    tx,
    follow: (touched) => {
      rows += touched.length
      searchDocs.refreshLater(touched)
    },
    afterCommit: (tell) => void told.push(tell),
    mayGoOn: async () => {
      await clock.turn()
      return rows < limit && !database.isAwaited()
    },
  })
  const output = await database.write.connection().execute(async (held) => {
    database.raw.pragma('synchronous = normal')
    try {
      return await held.transaction().execute(async (transaction) => {
        clock.begin()
        searchDocs.begin()
        const answer = await work(group(transaction as unknown as WriteTx))
        searchDocs.finish()
        await clock.turn()
        ending = performance.now()
        return answer
      })
    } finally {
      clock.end()
      // One that ended early, for somebody else, says little about a long one.
      if (ending > 0 && rows > limit / 2) {
        const wanted = (rows * END_MS) / Math.max(performance.now() - ending, 1)
        enough.set(backend, Math.round(Math.min(ROWS.most, Math.max(ROWS.least, (limit + wanted) / 2))))
      }
      database.raw.pragma('synchronous = full')
    }
  })
  if (clock.longest > SLOW_MS) log.warn('slow write', { procedure: 'group', tookMs: Math.round(clock.longest) })
  for (const tell of told) tell()
  return output
}

/** The time between two turns in which nothing else ran. */
class Stretches {
  longest = 0
  #since = 0

  begin(): void {
    this.#since = performance.now()
  }

  end(): number {
    const took = performance.now() - this.#since
    this.longest = Math.max(this.longest, took)
    return took
  }

  async turn(): Promise<void> {
    this.end()
    await setImmediate()
    this.begin()
  }
}
