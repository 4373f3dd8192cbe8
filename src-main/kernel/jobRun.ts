import { setImmediate } from 'node:timers/promises'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { may } from '../../src-shared/kernel/actor.ts'
import { runCommand } from './commands.ts'
import type { Backend, CommandContext } from './context.ts'
import { Forbidden } from './errors.ts'
import { type ChunkOptions, type JobContext, type JobKind, JobOwnerGone, JobStopped, systemActor } from './jobKinds.ts'
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
  const moved = (stored: Stored): Partial<JobRow> => ({
    cursor: JSON.stringify(stored),
    attempt: 1,
    done: job.done,
    total: job.total,
    beatAt: backend.now(),
  })

  const commit = async <Output>(
    work: (command: CommandContext) => Promise<Output>,
    chunk: ChunkOptions = {},
  ): Promise<Output> => {
    await requireGoingOn(control)
    const before = storedOf(job)
    const stored: Stored = { n: before.n + 1, at: chunk.cursor === undefined ? before.at : chunk.cursor }
    const counted = { done: chunk.done ?? job.done, total: chunk.total ?? job.total }
    const options = {
      ...(chunk.batchId ? { batchId: chunk.batchId } : {}),
      ...(chunk.undoes === undefined ? {} : { undoes: chunk.undoes }),
      ...(chunk.relaxed ? { relaxed: true } : {}),
    }
    const call = {
      procedure: job.kind,
      actor: actor(),
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
        .set({ ...moved(stored), ...counted })
        .where('id', '=', job.id)
        .execute()
      return answer
    })
    Object.assign(job, moved(stored), counted)
    setting.changed()
    return output
  }

  return {
    id: job.id,
    actor,
    cursor: started.at,
    attempt: job.attempt,
    signal: control.abort.signal,
    commit,
    save: async (cursor) => {
      await requireGoingOn(control)
      const stored: Stored = { n: storedOf(job).n, at: cursor }
      await backend.database.write.updateTable('job').set(moved(stored)).where('id', '=', job.id).execute()
      Object.assign(job, moved(stored))
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
