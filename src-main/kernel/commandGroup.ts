import { setImmediate } from 'node:timers/promises'
import type { Backend } from './context.ts'
import type { WriteTx } from './database.ts'
import type { JournalRow } from './journal.ts'

/** Several commands in one transaction, each with its own number and entry in the journal. */
export type Group = {
  readonly tx: WriteTx
  /** Rows whose search keys are to be written when all commands are done. */
  readonly index: (touched: readonly JournalRow[]) => void
  readonly afterCommit: (tell: () => void) => void
  /** Lets others read; whether a further command may join. */
  readonly mayGoOn: () => Promise<boolean>
}

/** How long the writer works before it looks around. */
const STRETCH_MS = 8
/**
 * Rows of the journal after which a group ends: as many as this machine brings into the index and commits within the time aimed at.
 * That is what somebody who wants to write may have to wait for, beside the chunk that is being written when he comes.
 */
const ROWS = { first: 500, least: 200, most: 1600 } as const
const END_MS = 25
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
  const touched: JournalRow[] = []
  const clock = new Stretches()
  const limit = enough.get(backend) ?? ROWS.first
  let ending = 0
  const group = (tx: WriteTx): Group => ({
    tx,
    index: (rows) => void touched.push(...rows),
    afterCommit: (tell) => void told.push(tell),
    mayGoOn: async () => {
      await clock.turn()
      return touched.length < limit && !database.isAwaited()
    },
  })
  const output = await database.write.connection().execute(async (held) => {
    database.raw.pragma('synchronous = normal')
    try {
      return await held.transaction().execute(async (transaction) => {
        clock.begin()
        const answer = await work(group(transaction as unknown as WriteTx))
        ending = performance.now()
        // The rows of all commands first: between two of them the index would write out what it has gathered.
        for (const _step of searchDocs.steps(touched)) if (clock.isLong()) await clock.turn()
        await clock.turn()
        return answer
      })
    } finally {
      clock.end()
      const wanted = (touched.length * END_MS) / Math.max(performance.now() - ending, 1)
      // One that ended early, for somebody else, says little about a long one.
      if (touched.length > ROWS.least / 2) enough.set(backend, Math.min(ROWS.most, Math.max(ROWS.least, (limit + wanted) / 2)))
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

  isLong(): boolean {
    return performance.now() - this.#since > STRETCH_MS
  }

  async turn(): Promise<void> {
    this.end()
    await setImmediate()
    this.begin()
  }
}
