import { z } from 'zod'
import { idOf } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'

export const JobId = idOf<'job'>()
export type JobId = z.infer<typeof JobId>
export const JOB_STATES = ['waiting', 'running', 'paused', 'done', 'failed', 'cancelled', 'interrupted'] as const
export type JobState = (typeof JOB_STATES)[number]
export const MISSED_RULES = ['once', 'skip', 'all'] as const

/** Why a job ended badly: a reason with words in text.ts, and an incident number when it is the program's fault. */
export const JobError = z.looseObject({ reason: z.string(), incident: z.string().optional() })

export const Job = z.strictObject({
  id: JobId,
  kind: z.string(),
  /** Tells two jobs of one kind apart, such as a file name; may be empty. */
  title: z.string(),
  ownerName: z.string(),
  mine: z.boolean(),
  state: z.enum(JOB_STATES),
  /** A wish that has not been carried out yet. */
  wanted: z.enum(['pause', 'cancel']).nullable(),
  done: z.number(),
  total: z.number().nullable(),
  result: z.unknown(),
  error: JobError.nullable(),
  createdAt: Instant,
  startedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
  canPause: z.boolean(),
  canResume: z.boolean(),
  canCancel: z.boolean(),
})
export type Job = z.infer<typeof Job>

export const Schedule = z.strictObject({
  kind: z.string(),
  cron: z.string(),
  /** Times of day, when the plan is that simple; null when only `cron` says it. */
  times: z.array(z.string()).nullable(),
  zone: z.string(),
  enabled: z.boolean(),
  missed: z.enum(MISSED_RULES),
  nextRunAt: Instant.nullable(),
  lastRunAt: Instant.nullable(),
  lastState: z.enum(JOB_STATES).nullable(),
  lastError: JobError.nullable(),
})
export type Schedule = z.infer<typeof Schedule>
