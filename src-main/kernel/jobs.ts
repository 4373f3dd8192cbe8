import type { Selectable } from 'kysely'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { Refusal } from '../../src-shared/kernel/refusal.ts'
import type { Backend } from './context.ts'
import type { WriteTx } from './database.ts'
import { failureOf, isStop } from './jobFailure.ts'
import type { JobKind, JobState, JobTable } from './jobKinds.ts'
import { type Control, jobContext } from './jobRun.ts'
import { lastCommand } from './journal.ts'
import type { JobTable as JobRowTable } from './tables.gen.ts'

export type JobRow = Selectable<JobRowTable>
export type JobRequest = {
  kind: string
  input: unknown
  /** Null when the program starts it by itself. */
  owner: { id: string; name: string } | null
  /** The same key never makes a second job, however often it is asked for. */
  runKey?: string
}
export type JobRefusal = 'notRunning' | 'alreadyOver' | 'notResumable' | 'notCancellable' | 'alreadyRunning'

export type Jobs = {
  /** Writes the job down before anything of it happens. Inside a command give its transaction, and call `wake` after the commit. */
  enqueue(request: JobRequest, tx?: WriteTx): Promise<{ id: string; isNew: boolean }>
  /** Starts what may start now. */
  wake(): void
  /** Takes up what an earlier process left and begins to run. */
  start(): Promise<void>
  /** Inside a command give its transaction and call what is answered after the commit; otherwise it has been called. */
  pause(id: string, tx?: WriteTx): Promise<() => void>
  cancel(id: string, tx?: WriteTx): Promise<() => void>
  resume(id: string, tx?: WriteTx): Promise<() => void>
  /** Tells every page that shows jobs or schedules to look again. */
  announce(): void
  get(id: string): Promise<JobRow | undefined>
  /** Resolves when the job has ended or is paused. */
  settled(id: string): Promise<JobRow>
  onFinished(listener: (job: JobRow) => void): () => void
  readonly kinds: JobTable
  close(): Promise<void>
}

export type JobsConfig = {
  kinds: JobTable
  /** Whoever started a job, with the rights of this moment; null when he may nothing any more. */
  actorOf: (userId: string) => Actor | null
}

const AT_ONCE = 2
/** A job that was killed this often without getting further is what kills the program: it is left for a person. */
const KILLS_AT_MOST = 3
const PUBLISH_EVERY_MS = 250
const OVER: readonly JobState[] = ['done', 'failed', 'cancelled', 'interrupted']

export function createJobs(backend: Backend, config: JobsConfig): Jobs {
  return new JobEngine(backend, config)
}

class JobEngine implements Jobs {
  readonly #backend: Backend
  readonly #config: JobsConfig
  readonly #running = new Map<string, Control>()
  readonly #listeners = new Set<(job: JobRow) => void>()
  #pumping: Promise<void> = Promise.resolve()
  #started = false
  #closing = false
  #publishAt: ReturnType<typeof setTimeout> | undefined
  /** Progress is no command and has no number of its own; it travels under the last one. */
  #lastSeq: number

  constructor(backend: Backend, config: JobsConfig) {
    this.#backend = backend
    this.#config = config
    this.#lastSeq = lastCommand(backend.database.raw).seq
    backend.bus.listen(({ seq }) => {
      this.#lastSeq = Math.max(seq, this.#lastSeq)
    })
  }

  get kinds(): JobTable {
    return this.#config.kinds
  }

  async enqueue({ kind, input, owner, runKey }: JobRequest, tx?: WriteTx): Promise<{ id: string; isNew: boolean }> {
    const known = this.#kind(kind)
    const id = this.#backend.newId()
    const db = tx ?? this.#backend.database.write
    const inserted = await db
      .insertInto('job')
      .values({
        id,
        kind,
        title: known.title?.(input as never) ?? '',
        ownerId: owner?.id ?? null,
        ownerName: owner?.name ?? 'system',
        state: 'waiting',
        input: JSON.stringify(input ?? null),
        runKey: runKey ?? null,
        createdAt: this.#backend.now(),
      })
      .onConflict((conflict) => conflict.column('runKey').doNothing())
      .executeTakeFirst()
    if (Number(inserted.numInsertedOrUpdatedRows ?? 0) > 0) {
      if (!tx) this.announce()
      if (!tx) this.wake()
      return { id, isNew: true }
    }
    const found = await db
      .selectFrom('job')
      .select('id')
      .where('runKey', '=', runKey ?? '')
      .executeTakeFirstOrThrow()
    return { id: found.id, isNew: false }
  }

  #kind(name: string): JobKind {
    const kind = this.#config.kinds[name]
    if (!kind) throw new Error(`no job of kind ${name}`)
    return kind
  }

  async start(): Promise<void> {
    this.#started = true
    await this.#recover()
    this.wake()
    await this.#pumping
  }

  /** Whatever says "running" now belongs to a process that is gone. */
  async #recover(): Promise<void> {
    const { write } = this.#backend.database
    for (const job of await write.selectFrom('job').selectAll().where('state', '=', 'running').execute()) {
      const goesOn = this.#config.kinds[job.kind]?.resumable === true && job.attempt < KILLS_AT_MOST
      const over = goesOn ? {} : { finishedAt: this.#backend.now(), error: JSON.stringify({ reason: 'killed' }) }
      await write
        .updateTable('job')
        .set({ state: goesOn ? 'waiting' : 'interrupted', ...over })
        .where('id', '=', job.id)
        .execute()
      this.#backend.log.warn('a job was cut off', { job: job.id, kind: job.kind, goesOn })
      if (!goesOn) await this.#tellFinished(job.id)
    }
  }

  wake(): void {
    if (!this.#started || this.#closing) return
    this.#pumping = this.#pumping.then(() => this.#pump()).catch((error: unknown) => void this.#backend.log.fault(error, 'jobs'))
  }

  async #pump(): Promise<void> {
    while (!this.#closing && this.#running.size < AT_ONCE) {
      const busy = [...this.#running.values()].map((control) => control.job.kind)
      const { write } = this.#backend.database
      const next = await write
        .selectFrom('job')
        .selectAll()
        .where('state', '=', 'waiting')
        .$if(busy.length > 0, (query) => query.where('kind', 'not in', busy))
        .orderBy('createdAt')
        .orderBy('id')
        .executeTakeFirst()
      if (!next) return
      const job = { ...next, state: 'running', attempt: next.attempt + 1, startedAt: next.startedAt ?? this.#backend.now() }
      const claim = {
        state: 'running',
        attempt: job.attempt,
        startedAt: job.startedAt,
        beatAt: this.#backend.now(),
        error: null,
        finishedAt: null,
      }
      const claimed = await write
        .updateTable('job')
        .set(claim)
        .where('id', '=', job.id)
        .where('state', '=', 'waiting')
        .executeTakeFirst()
      if (Number(claimed.numUpdatedRows) === 0) continue
      const control: Control = {
        job,
        stop: next.wanted as Control['stop'],
        abort: new AbortController(),
        ended: Promise.resolve(),
      }
      this.#running.set(job.id, control)
      control.ended = this.#run(control)
      this.announce()
    }
  }

  async #run(control: Control): Promise<void> {
    const { job } = control
    let end: Partial<JobRow>
    try {
      end = await this.#attempt(control)
    } catch (error) {
      end = failureOf(error, job.kind, this.#backend.log)
    }
    try {
      await this.#settle(job.id, end)
    } catch (error) {
      // The row still says "running": the next start takes it up as it would after a kill.
      this.#backend.log.fault(error, `end of job ${job.kind}`)
    }
    this.#running.delete(job.id)
    this.wake()
  }

  async #attempt(control: Control): Promise<Partial<JobRow>> {
    const kind = this.#kind(control.job.kind)
    const input = JSON.parse(control.job.input) as never
    const context = jobContext(this.#backend, control, {
      kind,
      actorOf: this.#config.actorOf,
      changed: () => this.#announceSoon(control),
    })
    try {
      await context.checkpoint()
      const result = await kind.run(context, input)
      return { state: 'done', result: JSON.stringify(result ?? null), wanted: null }
    } catch (error) {
      const why = isStop(error) ? control.stop : null
      if (!why) throw error
      if (why === 'pause') return { state: 'paused', wanted: null }
      if (why === 'shutdown')
        return kind.resumable ? { state: 'waiting' } : { state: 'interrupted', error: JSON.stringify({ reason: 'shutdown' }) }
      await this.#takeBack(control, kind, input)
      return { state: 'cancelled', wanted: null }
    }
  }

  /** The taking back is not itself to be stopped by the wish it carries out. */
  async #takeBack(control: Control, kind: JobKind, input: never): Promise<void> {
    if (!kind.onCancel) return
    const fresh: Control = { ...control, stop: null, abort: new AbortController() }
    await kind.onCancel(
      jobContext(this.#backend, fresh, { kind, actorOf: this.#config.actorOf, changed: () => this.#announceSoon(control) }),
      input,
    )
  }

  async #settle(id: string, end: Partial<JobRow>): Promise<void> {
    const over = OVER.includes(end.state as JobState)
    const control = this.#running.get(id)
    const progress = control ? { done: control.job.done, total: control.job.total } : {}
    await this.#backend.database.write
      .updateTable('job')
      .set({ ...progress, ...end, finishedAt: over ? this.#backend.now() : null })
      .where('id', '=', id)
      .execute()
    this.announce()
    if (over) await this.#tellFinished(id)
  }

  async #tellFinished(id: string): Promise<void> {
    const job = await this.get(id)
    if (job) for (const listener of this.#listeners) listener(job)
  }

  pause(id: string, tx?: WriteTx): Promise<() => void> {
    return this.#wish(id, 'pause', (job) => (job.state === 'waiting' || job.state === 'paused' ? 'paused' : null), tx)
  }

  cancel(id: string, tx?: WriteTx): Promise<() => void> {
    const stateFor = (job: JobRow): JobState | null => {
      if (this.#config.kinds[job.kind]?.cancellable === false) throw new Refusal<JobRefusal>('notCancellable')
      if (job.state === 'running') return null
      // What was prepared or done before is taken back by a run of its own.
      const mustTakeBack = this.#config.kinds[job.kind]?.onCancel !== undefined
      return mustTakeBack ? 'waiting' : 'cancelled'
    }
    return this.#wish(id, 'cancel', stateFor, tx)
  }

  /** Puts a waiting or paused job into its new state at once; a running one is told and ends at its next checkpoint. */
  async #wish(
    id: string,
    wanted: 'pause' | 'cancel',
    stateFor: (job: JobRow) => JobState | null,
    tx?: WriteTx,
  ): Promise<() => void> {
    const db = tx ?? this.#backend.database.write
    while (true) {
      const job = await db.selectFrom('job').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
      if (OVER.includes(job.state as JobState)) throw new Refusal<JobRefusal>('alreadyOver')
      const state = stateFor(job)
      const settled = state === 'paused' || state === 'cancelled'
      const over = state === 'cancelled' ? { finishedAt: this.#backend.now() } : {}
      const change = { wanted: settled ? null : wanted, ...(state ? { state } : {}), ...over }
      const changed = await db
        .updateTable('job')
        .set(change)
        .where('id', '=', id)
        .where('state', '=', job.state)
        .executeTakeFirst()
      // It began or ended meanwhile: look again.
      if (Number(changed.numUpdatedRows) === 0) continue
      return this.#after(tx, () => {
        const control = this.#running.get(id)
        if (control && !settled) stop(control, wanted)
        if (state === 'cancelled') this.#finish(id)
      })
    }
  }

  async resume(id: string, tx?: WriteTx): Promise<() => void> {
    const db = tx ?? this.#backend.database.write
    const job = await db.selectFrom('job').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    if (job.state === 'running' || job.state === 'waiting') throw new Refusal<JobRefusal>('alreadyRunning')
    if (job.state === 'done' || job.state === 'cancelled') throw new Refusal<JobRefusal>('alreadyOver')
    if (job.state !== 'paused' && this.#config.kinds[job.kind]?.resumable !== true) throw new Refusal<JobRefusal>('notResumable')
    await db
      .updateTable('job')
      .set({ state: 'waiting', wanted: null, attempt: 0, error: null, finishedAt: null })
      .where('id', '=', id)
      .execute()
    return this.#after(tx, () => undefined)
  }

  /** What follows a change of a job: at once, or when the caller's transaction has committed. */
  #after(tx: WriteTx | undefined, action: () => void): () => void {
    const all = () => {
      action()
      this.announce()
      this.wake()
    }
    if (tx) return all
    all()
    return () => undefined
  }

  #finish(id: string): void {
    this.#tellFinished(id).catch((error: unknown) => void this.#backend.log.fault(error, 'end of a job'))
  }

  get(id: string): Promise<JobRow | undefined> {
    return this.#backend.database.write.selectFrom('job').selectAll().where('id', '=', id).executeTakeFirst()
  }

  async settled(id: string): Promise<JobRow> {
    while (true) {
      await this.#pumping
      await this.#running.get(id)?.ended
      const job = await this.get(id)
      if (!job) throw new Error(`no job ${id}`)
      if (OVER.includes(job.state as JobState) || job.state === 'paused' || this.#closing || !this.#started) return job
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }

  onFinished(listener: (job: JobRow) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Who may see which job is decided by the list itself, so only "something about jobs changed" is told. */
  announce(): void {
    this.#backend.bus.publish({ seq: this.#lastSeq, entities: ['job'], records: null })
  }

  #announceSoon(control: Control): void {
    if (this.#publishAt) return
    this.#publishAt = setTimeout(() => {
      this.#publishAt = undefined
      if (this.#closing) return
      void this.#backend.database.write
        .updateTable('job')
        .set({ done: control.job.done, total: control.job.total, beatAt: this.#backend.now() })
        .where('id', '=', control.job.id)
        .where('state', '=', 'running')
        .execute()
        .then(
          () => this.announce(),
          (error: unknown) => void this.#backend.log.fault(error, 'job progress'),
        )
    }, PUBLISH_EVERY_MS)
    this.#publishAt.unref()
  }

  async close(): Promise<void> {
    this.#closing = true
    clearTimeout(this.#publishAt)
    await this.#pumping
    for (const control of this.#running.values()) stop(control, 'shutdown')
    await Promise.all([...this.#running.values()].map((control) => control.ended))
  }
}

function stop(control: Control, why: NonNullable<Control['stop']>): void {
  control.stop = why
  control.abort.abort()
}
