import type { Job, Schedule } from '../../../src-shared/features/jobs/model.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { Jobs } from '../../kernel/jobs.ts'
import { onCommand, onQuery } from '../../kernel/pipeline.ts'
import { changeSchedule } from './schedules.ts'
import { asJob, asSchedule, listJobs, visibleJob } from './store.ts'

export const jobsHandlers = {
  list: onQuery.jobs.list.handler(async ({ input, context }) => {
    const { rows, hasMore } = await listJobs(context.db, context.actor, input)
    return { rows: rows.map((row) => asJob(row, context.actor, context.services)), hasMore }
  }),
  get: onQuery.jobs.get.handler(async ({ input, context }) =>
    asJob(await visibleJob(context.db, context.actor, input.id), context.actor, context.services),
  ),

  pause: onCommand.jobs.pause.handler(({ input, context }) => steer(context, input.id, 'pause', 'paused')),
  cancel: onCommand.jobs.cancel.handler(({ input, context }) => steer(context, input.id, 'cancel', 'cancelled')),
  resume: onCommand.jobs.resume.handler(({ input, context }) => steer(context, input.id, 'resume', 'resumed')),

  schedules: onQuery.jobs.schedules.handler(async ({ context }): Promise<Schedule[]> => {
    const rows = await context.db.selectFrom('schedule').selectAll().orderBy('kind').execute()
    return rows
      .filter((row) => context.services.scheduler.kinds.includes(row.kind))
      .map((row) => asSchedule(row, context.services))
  }),

  runNow: onCommand.jobs.runNow.handler(async ({ input, context }) => {
    const { jobs, scheduler } = context.services
    if (!scheduler.kinds.includes(input.kind)) throw new Refusal('unknownSchedule')
    const going = await context.tx
      .selectFrom('job')
      .select('id')
      .where('kind', '=', input.kind)
      .where('state', 'in', ['waiting', 'running', 'paused'])
      .executeTakeFirst()
    if (going) throw new Refusal('alreadyRunning')
    const { id } = await scheduler.runNow(input.kind, context.tx)
    context.record({ entity: 'job', id, action: 'started', detail: { kind: input.kind } })
    context.afterCommit(() => {
      jobs.announce()
      jobs.wake()
    })
    return asJob(await visibleJob(context.tx, context.actor, id), context.actor, context.services)
  }),

  setSchedule: onCommand.jobs.setSchedule.handler(async ({ input, context }) =>
    asSchedule(await changeSchedule(context, input), context.services),
  ),
}

async function steer(context: CommandContext, id: string, how: 'pause' | 'cancel' | 'resume', action: string): Promise<Job> {
  const jobs: Jobs = context.services.jobs
  const { kind } = await visibleJob(context.tx, context.actor, id)
  context.afterCommit(await jobs[how](id, context.tx))
  context.record({ entity: 'job', id, action, detail: { kind } })
  return asJob(await visibleJob(context.tx, context.actor, id), context.actor, context.services)
}
