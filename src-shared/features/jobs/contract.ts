import { z } from 'zod'
import { command, query } from '../../kernel/procedure.ts'
import { Job, JobId, MISSED_RULES, Schedule } from './model.ts'

export const JOB_REFUSALS = ['alreadyOver', 'alreadyRunning', 'notResumable', 'notCancellable'] as const
export const RUN_REFUSALS = ['unknownSchedule', 'alreadyRunning'] as const
export const SCHEDULE_REFUSALS = ['unknownSchedule', 'cronInvalid'] as const

const STEERING = { irreversible: 'steers a job; what the job wrote is undone by itself' }
const OneJob = z.strictObject({ id: JobId })

export const jobsContract = {
  /** Newest first; one's own, or everybody's with `jobs.manage`. */
  list: query('signed-in', ['job'])
    .input(
      z.strictObject({
        only: z.enum(['unfinished', 'finished']).optional(),
        kind: z.string().max(64).optional(),
        before: JobId.optional(),
        limit: z.number().int().min(1).max(200).default(50),
      }),
    )
    .output(z.strictObject({ rows: z.array(Job), hasMore: z.boolean() })),
  get: query('signed-in', ['job']).input(OneJob).output(Job),
  pause: command('signed-in', JOB_REFUSALS, STEERING).input(OneJob).output(Job),
  /** Takes back what the job did so far, when its kind can. */
  cancel: command('signed-in', JOB_REFUSALS, STEERING).input(OneJob).output(Job),
  /** Goes on with a paused job, or tries one again that failed or was cut off, from where it was. */
  resume: command('signed-in', JOB_REFUSALS, STEERING).input(OneJob).output(Job),

  schedules: query('jobs.manage', ['job', 'workspace']).input(z.strictObject({})).output(z.array(Schedule)),
  runNow: command('jobs.manage', RUN_REFUSALS, STEERING)
    .input(z.strictObject({ kind: z.string().max(64) }))
    .output(Job),
  setSchedule: command('jobs.manage', SCHEDULE_REFUSALS, { irreversible: 'a plan is set anew; history holds the one before' })
    .input(
      z.strictObject({
        kind: z.string().max(64),
        enabled: z.boolean().optional(),
        /** Either the plan itself or times of day. */
        cron: z.string().max(100).optional(),
        times: z.array(z.string().max(5)).min(1).max(24).optional(),
        missed: z.enum(MISSED_RULES).optional(),
      }),
    )
    .output(Schedule),
}
