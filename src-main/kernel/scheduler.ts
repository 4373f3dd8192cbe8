import { type Job as Timer, scheduleJob } from 'node-schedule'
import type { Selectable } from 'kysely'
import { lastDue, nextDue, parseCron } from '../../src-shared/kernel/cron.ts'
import type { Backend } from './context.ts'
import type { WriteTx } from './database.ts'
import type { JobRow, Jobs } from './jobs.ts'
import type { ScheduleTable } from './tables.gen.ts'

export type ScheduleRow = Selectable<ScheduleTable>
export type MissedRule = 'once' | 'skip' | 'all'
/** What the program brings along; the table holds what people made of it. */
export type ScheduleSeed = {
  kind: string
  cron: string
  missed: MissedRule
  enabled: boolean
  maxRetries: number
  input: unknown
}
export type Scheduler = {
  start(): Promise<void>
  /** Looks what is due now. Woken every minute; tests call it with their own clock. */
  tick(): Promise<void>
  runNow(kind: string, tx?: WriteTx): Promise<{ id: string }>
  readonly kinds: readonly string[]
  close(): Promise<void>
}

/** Stands for the workspace's zone, so that a change of it moves every plan along. */
export const WORKSPACE_ZONE = 'workspace'
/** Later than this and the moment was missed: the program did not run, or the clock was put forward. */
const GRACE_MS = 10 * 60_000
const CAUGHT_UP_AT_MOST = 100
const FIRST_RETRY_MS = 5 * 60_000

export const zoneOf = (backend: Pick<Backend, 'services'>, zone: string): string =>
  zone === WORKSPACE_ZONE ? backend.services.timeZone() : zone

export function createScheduler(backend: Backend, jobs: Jobs, seeds: readonly ScheduleSeed[]): Scheduler {
  return new TableScheduler(backend, jobs, seeds)
}

/**
 * The table is the truth: when a plan is next due stands there, and a run is a job whose key names the plan and the moment,
 * written in the transaction that moves the plan on. So neither a kill nor a clock that is moved makes a second run.
 */
class TableScheduler implements Scheduler {
  readonly #backend: Backend
  readonly #jobs: Jobs
  readonly #seeds: ReadonlyMap<string, ScheduleSeed>
  #timer: Timer | null = null
  #ticking: Promise<void> = Promise.resolve()

  constructor(backend: Backend, jobs: Jobs, seeds: readonly ScheduleSeed[]) {
    this.#backend = backend
    this.#jobs = jobs
    this.#seeds = new Map(seeds.map((seed) => [seed.kind, seed]))
    jobs.onFinished((job) => void this.#queue(() => this.#note(job)))
  }

  get kinds(): readonly string[] {
    return [...this.#seeds.keys()]
  }

  async start(): Promise<void> {
    await this.#plant()
    this.#timer = scheduleJob('* * * * *', () => void this.tick())
    // What was missed waits for the next full minute, so that nobody who opens the program waits behind it.
    await this.#queue(() => this.#look({ run: false }))
  }

  tick(): Promise<void> {
    return this.#queue(() => this.#look({ run: true }))
  }

  /** One after the other: a tick and the end of a job both move plans. */
  #queue(work: () => Promise<void>): Promise<void> {
    this.#ticking = this.#ticking.then(work).catch((error: unknown) => void this.#backend.log.fault(error, 'scheduler'))
    return this.#ticking
  }

  async #plant(): Promise<void> {
    const { write } = this.#backend.database
    for (const { kind, cron, missed, enabled, maxRetries } of this.#seeds.values())
      await write
        .insertInto('schedule')
        .values({ id: this.#backend.newId(), kind, cron, zone: WORKSPACE_ZONE, enabled: enabled ? 1 : 0, missed, maxRetries })
        .onConflict((conflict) => conflict.column('kind').doNothing())
        .execute()
  }

  async #look({ run }: { run: boolean }): Promise<void> {
    const now = Date.parse(this.#backend.now())
    const plans = await this.#backend.database.write.selectFrom('schedule').selectAll().where('enabled', '=', 1).execute()
    let started = false
    for (const plan of plans) if (this.#seeds.has(plan.kind)) started = (await this.#lookAt(plan, now, run)) || started
    if (started) this.#jobs.wake()
  }

  async #lookAt(plan: ScheduleRow, now: number, run: boolean): Promise<boolean> {
    const regular = this.#due(plan, now)
    const planned = plan.nextRunAt === null ? null : Date.parse(plan.nextRunAt)
    // Later than the plan says: it was edited, or the clock has been put back since.
    const next = planned === null || (regular !== null && planned > regular) ? regular : planned
    if (next === null || next > now) {
      if (next !== planned) await this.#moveOn(plan, next)
      return false
    }
    if (!run) return false
    return this.#backend.database.write.transaction().execute(async (transaction) => {
      const tx = transaction as unknown as WriteTx
      let isNew = false
      if (!(await this.#isBusy(tx, plan.kind)))
        for (const moment of this.#toRun(plan, next, now)) isNew = (await this.#enqueue(tx, plan.kind, moment)) || isNew
      await this.#moveOn(plan, regular, tx)
      return isNew
    })
  }

  /** Which of the moments up to now get a run. */
  #toRun(plan: ScheduleRow, first: number, now: number): number[] {
    if (now - first <= GRACE_MS) return [first]
    // Named after the last missed moment: the days of a clock that was wrongly ahead are still to come.
    if (plan.missed === 'once') return [this.#lastDue(plan, now) ?? first]
    if (plan.missed === 'skip') return []
    const moments: number[] = []
    for (let at: number | null = first; at !== null && at <= now && moments.length < CAUGHT_UP_AT_MOST; at = this.#due(plan, at))
      moments.push(at)
    return moments
  }

  #due(plan: ScheduleRow, after: number): number | null {
    const cron = parseCron(plan.cron)
    return cron === null ? null : nextDue(cron, zoneOf(this.#backend, plan.zone), after)
  }

  #lastDue(plan: ScheduleRow, upTo: number): number | null {
    const cron = parseCron(plan.cron)
    return cron === null ? null : lastDue(cron, zoneOf(this.#backend, plan.zone), upTo)
  }

  /** A run that still goes on is not overtaken by the next one. */
  async #isBusy(tx: WriteTx, kind: string): Promise<boolean> {
    const job = await tx
      .selectFrom('job')
      .select('id')
      .where('kind', '=', kind)
      .where('state', 'in', ['waiting', 'running', 'paused'])
      .where('runKey', 'is not', null)
      .executeTakeFirst()
    return job !== undefined
  }

  async #enqueue(tx: WriteTx, kind: string, moment: number): Promise<boolean> {
    const { isNew } = await this.#jobs.enqueue(
      { kind, input: this.#seeds.get(kind)?.input ?? null, owner: null, runKey: `${kind}@${new Date(moment).toISOString()}` },
      tx,
    )
    return isNew
  }

  async #moveOn(plan: ScheduleRow, next: number | null, tx?: WriteTx): Promise<void> {
    const nextRunAt = next === null ? null : new Date(next).toISOString()
    await (tx ?? this.#backend.database.write).updateTable('schedule').set({ nextRunAt }).where('id', '=', plan.id).execute()
  }

  /** Writes down how a scheduled run ended, and plans another try sooner than the next regular moment when it failed. */
  async #note(job: JobRow): Promise<void> {
    if (!this.#seeds.has(job.kind)) return
    const { write } = this.#backend.database
    const plan = await write.selectFrom('schedule').selectAll().where('kind', '=', job.kind).executeTakeFirst()
    if (!plan) return
    const outcome = {
      lastRunAt: job.startedAt ?? job.finishedAt,
      lastState: job.state,
      lastResult: job.state === 'done' ? job.result : job.error,
    }
    const retry = this.#retryAfter(plan, job)
    await write
      .updateTable('schedule')
      .set({
        ...outcome,
        retries: retry === null ? 0 : plan.retries + 1,
        ...(retry === null ? {} : { nextRunAt: new Date(retry).toISOString() }),
      })
      .where('id', '=', plan.id)
      .execute()
  }

  #retryAfter(plan: ScheduleRow, job: JobRow): number | null {
    if (job.runKey === null || job.state !== 'failed' || plan.retries >= plan.maxRetries) return null
    return Date.parse(this.#backend.now()) + FIRST_RETRY_MS * 2 ** plan.retries
  }

  runNow(kind: string, tx?: WriteTx): Promise<{ id: string }> {
    const seed = this.#seeds.get(kind)
    if (!seed) throw new Error(`no schedule ${kind}`)
    return this.#jobs.enqueue({ kind, input: seed.input, owner: null }, tx)
  }

  async close(): Promise<void> {
    this.#timer?.cancel()
    await this.#ticking
  }
}
