import type { Actor } from '../../src-shared/kernel/actor.ts'
import type { Backend } from './context.ts'

export type Doing = 'viewing' | 'editing'
export type Present = { userId: string; employeeId: string | null; name: string; doing: Doing }
type Kept = Present & { until: number }

/** Somebody whose window is gone without a word counts as gone after this long: three heartbeats. */
export const STAYS_MS = 45_000

/** Who looks at which record now, in memory: a restart forgets it, and the next heartbeat says it anew. */
export class Presence {
  readonly #records = new Map<string, Map<string, Kept>>()
  readonly #backend: () => Pick<Backend, 'bus' | 'database'>

  constructor(backend: () => Pick<Backend, 'bus' | 'database'>) {
    this.#backend = backend
  }

  /** Says that somebody is there. @returns who else is. */
  be(record: string, { userId, employeeId, name }: Actor, doing: Doing, now: string): Present[] {
    const at = Date.parse(now)
    const there = this.#living(record, at)
    const before = there.get(userId)?.doing
    there.set(userId, { userId, employeeId, name, doing, until: at + STAYS_MS })
    this.#records.set(record, there)
    if (before !== doing) this.#tell(there, userId)
    return [...there.values()].filter((one) => one.userId !== userId).map(({ until: _until, ...one }) => one)
  }

  leave(record: string, { userId }: Actor, now: string): void {
    const there = this.#living(record, Date.parse(now))
    if (!there.delete(userId)) return
    if (there.size === 0) this.#records.delete(record)
    this.#tell(there, userId)
  }

  #living(record: string, at: number): Map<string, Kept> {
    const there = this.#records.get(record) ?? new Map<string, Kept>()
    for (const [userId, { until }] of there) if (until <= at) there.delete(userId)
    return there
  }

  /** Only those who look at the same record hear of it; they ask again, with the rights they have then. */
  #tell(there: ReadonlyMap<string, Kept>, except: string): void {
    const told = [...there.values()].flatMap(({ userId, employeeId }) =>
      userId === except || employeeId === null ? [] : employeeId,
    )
    const { bus, database } = this.#backend()
    if (told.length > 0) bus.publish({ seq: database.lastCommand().seq, entities: ['presence'], records: null, told })
  }
}
