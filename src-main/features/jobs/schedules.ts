import { cronOfTimes, requireCron } from '../../../src-shared/features/jobs/rules.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { MissedRule, ScheduleRow } from '../../kernel/scheduler.ts'

export type ScheduleChange = {
  kind: string
  enabled?: boolean | undefined
  cron?: string | undefined
  times?: readonly string[] | undefined
  missed?: MissedRule | undefined
}

/** Sets a plan; its next moment is found anew as soon as the command is committed. */
export async function changeSchedule(context: CommandContext, change: ScheduleChange): Promise<ScheduleRow> {
  const { jobs, scheduler } = context.services
  const plan = await context.tx.selectFrom('schedule').selectAll().where('kind', '=', change.kind).executeTakeFirst()
  if (!plan || !scheduler.kinds.includes(change.kind)) throw new Refusal('unknownSchedule')
  const cron = change.times ? cronOfTimes(change.times) : (change.cron ?? plan.cron)
  if (cron === null) throw new Refusal('cronInvalid', { cron: (change.times ?? []).join(' ') })
  requireCron(cron)
  const wanted = {
    cron,
    enabled: change.enabled === undefined ? plan.enabled : Number(change.enabled),
    missed: change.missed ?? (plan.missed as MissedRule),
  }
  const before = { cron: plan.cron, enabled: plan.enabled, missed: plan.missed }
  if (JSON.stringify(wanted) === JSON.stringify(before)) {
    context.unchanged()
    return plan
  }
  await context.tx
    .updateTable('schedule')
    .set({ ...wanted, nextRunAt: null, retries: 0 })
    .where('id', '=', plan.id)
    .execute()
  context.record({ entity: 'job', id: plan.id, action: 'scheduleSet', detail: { kind: plan.kind, before, after: wanted } })
  context.afterCommit(() => void scheduler.tick().then(() => jobs.announce()))
  return { ...plan, ...wanted, nextRunAt: null, retries: 0 }
}
