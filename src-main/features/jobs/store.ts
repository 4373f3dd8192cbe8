import type { Selectable } from 'kysely'
import type { Job, JobState, Schedule } from '../../../src-shared/features/jobs/model.ts'
import { choicesOf, timesOfCron } from '../../../src-shared/features/jobs/rules.ts'
import { type Actor, may } from '../../../src-shared/kernel/actor.ts'
import type { ReadDb, WriteTx } from '../../kernel/database.ts'
import { NotFound } from '../../kernel/errors.ts'
import type { JobRow } from '../../kernel/jobs.ts'
import { type ScheduleRow, WORKSPACE_ZONE } from '../../kernel/scheduler.ts'
import type { Services } from '../../kernel/services.ts'
import type { JobTable } from '../../kernel/tables.gen.ts'

type ListInput = {
  only?: 'unfinished' | 'finished' | undefined
  kind?: string | undefined
  before?: string | undefined
  limit: number
}
const UNFINISHED: JobState[] = ['waiting', 'running', 'paused']

const seesAll = (actor: Actor): boolean => may(actor, 'jobs.manage')

/** A job of one's own, or anybody's with the right to manage jobs; what one may not see does not exist. */
export async function visibleJob(db: ReadDb | WriteTx, actor: Actor, id: string): Promise<JobRow> {
  const job = await db.selectFrom('job').selectAll().where('id', '=', id).executeTakeFirst()
  if (!job || !(seesAll(actor) || (job.ownerId !== null && job.ownerId === actor.userId))) throw new NotFound('job', id)
  return job
}

export async function listJobs(db: ReadDb, actor: Actor, input: ListInput): Promise<{ rows: JobRow[]; hasMore: boolean }> {
  const { only, kind, before } = input
  let query = db
    .selectFrom('job')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(input.limit + 1)
  if (!seesAll(actor)) query = query.where('ownerId', '=', actor.userId)
  if (only === 'unfinished') query = query.where('state', 'in', UNFINISHED)
  if (only === 'finished') query = query.where('state', 'not in', UNFINISHED)
  if (kind !== undefined) query = query.where('kind', '=', kind)
  if (before !== undefined) query = query.where('id', '<', before)
  const rows = await query.execute()
  return { rows: rows.slice(0, input.limit), hasMore: rows.length > input.limit }
}

export function asJob(row: Selectable<JobTable>, actor: Actor, services: Services): Job {
  const state = row.state as JobState
  const wanted = row.wanted as 'pause' | 'cancel' | null
  const kind = services.jobs.kinds[row.kind]
  return {
    id: row.id as Job['id'],
    kind: row.kind,
    title: row.title,
    ownerName: row.ownerName,
    mine: row.ownerId !== null && row.ownerId === actor.userId,
    state,
    wanted,
    done: row.done,
    total: row.total,
    result: row.result === null ? null : (JSON.parse(row.result) as unknown),
    error: errorOf(row.error),
    createdAt: row.createdAt,
    startedAt: row.startedAt,
    finishedAt: row.finishedAt,
    ...choicesOf({ state, wanted, resumable: kind?.resumable ?? false, cancellable: kind?.cancellable ?? true }),
  }
}

const errorOf = (text: string | null): Job['error'] => (text === null ? null : (JSON.parse(text) as Job['error']))

export function asSchedule(row: ScheduleRow, services: Services): Schedule {
  return {
    kind: row.kind,
    cron: row.cron,
    times: timesOfCron(row.cron),
    zone: row.zone === WORKSPACE_ZONE ? services.timeZone() : row.zone,
    enabled: row.enabled === 1,
    missed: row.missed as Schedule['missed'],
    nextRunAt: row.enabled === 1 ? row.nextRunAt : null,
    lastRunAt: row.lastRunAt,
    lastState: row.lastState as JobState | null,
    lastError: row.lastState === 'done' ? null : errorOf(row.lastResult),
  }
}
