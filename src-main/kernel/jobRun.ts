import { setImmediate } from 'node:timers/promises'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { may } from '../../src-shared/kernel/actor.ts'
import { type Group, inGroup } from './commandGroup.ts'
import { runCommand } from './commands.ts'
import type { Backend, CommandContext } from './context.ts'
import { Forbidden } from './errors.ts'
import {
  type ChunkOptions,
  type Commit,
  type JobContext,
  type JobKind,
  JobOwnerGone,
  JobStopped,
  systemActor,
} from './jobKinds.ts'
import type { JobRow } from './jobs.ts'

/** One run in this process: the row as last known, and whether it is to stop. */
export type Control = { job: JobRow; stop: 'pause' | 'cancel' | 'shutdown' | null; abort: AbortController; ended: Promise<void> }

type Setting = { kind: JobKind; actorOf: (userId: string) => Actor | null; changed: () => void }
/** `n` counts committed chunks over all runs, so that no two chunks of a job share an idempotency key. */
type Stored = { n: number; at: unknown }

const storedOf = (job: JobRow): Stored => (job.cursor === null ? { n: 0, at: null } : (JSON.parse(job.cursor) as Stored))

export function jobContext(backend: Backend, control: Control, setting: Setting): JobContext {
  const { job } = control
  const started = storedOf(job)
  const actor = () => actorOf(job, setting)
  const { commit, group } = chunksOf(backend, control, setting)

  return {
    id: job.id,
    actor,
    cursor: started.at,
    attempt: job.attempt,
    signal: control.abort.signal,
    commit,
    group,
    save: async (cursor) => {
      await requireGoingOn(control)
      const stored: Stored = { n: storedOf(job).n, at: cursor }
      await backend.database.write
        .updateTable('job')
        .set(moved(backend, job, stored))
        .where('id', '=', job.id)
        .execute()
      Object.assign(job, moved(backend, job, stored))
    },
    scan: async (task, input, options = {}) => {
      await requireGoingOn(control)
      return backend.workers.run(task, input, { lane: 'long', ...options, signal: control.abort.signal })
    },
    progress: (done, total) => {
      job.done = done
      if (total !== undefined) job.total = total
      setting.changed()
    },
    checkpoint: () => requireGoingOn(control),
    db: backend.database.read,
    folder: backend.folder,
    now: backend.now,
    newId: backend.newId,
    services: backend.services,
    entities: backend.entities,
    technical: backend.database.write,
  }
}

/** Where a job is, as it is written down with a chunk. */
const moved = (backend: Backend, job: JobRow, stored: Stored): Partial<JobRow> => ({
  cursor: JSON.stringify(stored),
  attempt: 1,
  done: job.done,
  total: job.total,
  beatAt: backend.now(),
})

/** How a job writes: each chunk with its cursor, alone or several in one transaction. */
function chunksOf(backend: Backend, control: Control, setting: Setting): Pick<JobContext, 'commit' | 'group'> {
  const { job } = control
  const commitIn = async <Output>(
    group: Group | null,
    work: (command: CommandContext) => Promise<Output>,
    chunk: ChunkOptions = {},
  ): Promise<Output> => {
    const before = storedOf(job)
    const stored: Stored = { n: before.n + 1, at: chunk.cursor === undefined ? before.at : chunk.cursor }
    const counted = { done: chunk.done ?? job.done, total: chunk.total ?? job.total }
    const options = {
      ...(chunk.batchId ? { batchId: chunk.batchId } : {}),
      ...(chunk.undoes === undefined ? {} : { undoes: chunk.undoes }),
      ...(chunk.relaxed ? { relaxed: true, bulk: true } : {}),
      ...(group ? { group } : {}),
    }
    const call = {
      procedure: job.kind,
      actor: actorOf(job, setting),
      key: `job:${job.id}:${stored.n}`,
      input: { kind: job.kind, n: stored.n },
      irreversible: chunk.irreversible,
      options,
    }
    const output = await runCommand(backend, call, async (command) => {
      const answer = await work(command)
      // In the transaction of the rows: after a kill both are there or neither is.
      await command.tx
        .updateTable('job')
        .set({ ...moved(backend, job, stored), ...counted })
        .where('id', '=', job.id)
        .execute()
      return answer
    })
    Object.assign(job, moved(backend, job, stored), counted)
    setting.changed()
    return output
  }
  const commit: Commit = async (work, chunk) => {
    await requireGoingOn(control)
    return commitIn(null, work, chunk)
  }
  const group: JobContext['group'] = async (work) => {
    await requireGoingOn(control)
    const { cursor, attempt, done, total } = job
    try {
      return await inGroup(backend, (inner) =>
        work({
          commit: (one, chunk) => commitIn(inner, one, chunk),
          mayGoOn: async () => (await inner.mayGoOn()) && !control.stop,
        }),
      )
    } catch (error) {
      // What the chunks noted of the job went back with them.
      Object.assign(job, { cursor, attempt, done, total })
      throw error
    }
  }

  return { commit, group }
}

/** Between two chunks other calls get their turn. */
async function requireGoingOn(control: Control): Promise<void> {
  await setImmediate()
  if (control.stop) throw new JobStopped(control.stop)
}

function actorOf(job: JobRow, { kind, actorOf: today }: Setting): Actor {
  if (job.ownerId === null) return systemActor()
  const actor = today(job.ownerId)
  if (!actor) throw new JobOwnerGone(job.ownerId)
  if (kind.needs && !may(actor, kind.needs)) throw new Forbidden(kind.needs)
  return actor
}
