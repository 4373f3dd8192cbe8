import { dateIn } from '../../../src-shared/kernel/time.ts'
import { addDays, momentOf } from '../../../src-shared/kernel/zoned.ts'
import { sql } from 'kysely'
import { MANY } from '../../../src-shared/features/pools/ruleModel.ts'
import type { WriteTx } from '../../kernel/database.ts'
import type { JobContext, JobKind } from '../../kernel/jobKinds.ts'
import { CHUNK, logRun, recycleChunk } from './recycle.ts'
import { readRules, type StoredRule } from './ruleStore.ts'
import type { Soon } from './tasks.ts'
import { renewWorkDays } from '../calendar/public.ts'

type Result = { moved: number; held: number; reminded: number }
type Day = { today: string; zone: string }
/** So many owners are told in a short transaction. */
const TOLD_AT_ONCE = 100

/**
 * The night's run: first reminders, then each rule takes whom it is to take, all of a rule under one batch. A rule whose due customers
 * are more than was ever confirmed takes nobody and says so in the log.
 */
export const recycling = ({ toldAtOnce }: { toldAtOnce: number }): JobKind<unknown, Result> => ({
  resumable: true,
  run: async (context) => {
    const zone = context.services.timeZone()
    const today = dateIn(context.now(), zone)
    await context.technical.transaction().execute((tx) => renewWorkDays(tx as unknown as WriteTx, zone))
    const result: Result = { moved: 0, held: 0, reminded: 0 }
    for (const rule of (await readRules(context.db)).filter(({ enabled, startsOn }) => enabled && (startsOn ?? '') <= today)) {
      await context.checkpoint()
      const done = await runRule(context, rule, { today, zone, toldAtOnce })
      result.moved += done.moved
      result.held += done.held
      result.reminded += done.reminded
    }
    return result
  },
})
export const recycleByRules = recycling({ toldAtOnce: TOLD_AT_ONCE })

async function runRule(
  context: JobContext,
  rule: StoredRule,
  { toldAtOnce, ...day }: Day & { toldAtOnce: number },
): Promise<Result> {
  const reminded = await remind(context, rule, day, toldAtOnce)
  const ids = await context.scan<string[]>('pools.due', { rule, ...day })
  const held = ids.length > Math.max(MANY, rule.allowed)
  // One number of the job and the rule: a run that was cut off goes on in the same batch.
  const batchId = `${context.id.slice(0, 16)}${rule.id.slice(-10)}`
  let moved = 0
  for (let at = 0; at < ids.length && !held; at += CHUNK) {
    await context.checkpoint()
    const part = ids.slice(at, at + CHUNK)
    moved += await context.commit((command) => recycleChunk(command, { rule, ids: part, today: day.today }), { batchId })
    context.progress(moved, ids.length)
  }
  if (ids.length + reminded > 0)
    await context.technical.transaction().execute((tx) =>
      logRun({ tx: tx as unknown as WriteTx }, rule, {
        id: context.newId(),
        at: context.now(),
        byName: null,
        state: held ? 'held' : 'done',
        due: ids.length,
        moved,
        kept: held ? ids.length : ids.length - moved,
        reminded,
        batchId: moved > 0 ? batchId : null,
      }),
    )
  return { moved, held: held ? ids.length : 0, reminded }
}

async function toldOf(tx: WriteTx, ruleId: string, since: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select employee_id as id from notification where kind = 'poolSoon' and at >= ${since} and detail ->> 'rule' = ${ruleId}`.execute(
    tx,
  )
  return new Set(rows.map(({ id }) => id))
}

/** Owners hear so many days before; once, on the very day, however many customers it is about. @returns how many customers */
async function remind(context: JobContext, rule: StoredRule, { today, zone }: Day, atOnce: number): Promise<number> {
  if (rule.remindDays === 0) return 0
  const dueOn = addDays(today, rule.remindDays)
  const soon = await context.scan<Soon[]>('pools.soon', { rule, today: dueOn, zone })
  const midnight = new Date(momentOf({ date: today, minutes: 0 }, zone)).toISOString()
  for (let at = 0; at < soon.length; at += atOnce) {
    const part = soon.slice(at, at + atOnce)
    await context.commit(async (command) => {
      // A night that was cut off and begins again tells nobody twice.
      const told = await toldOf(command.tx, rule.id, midnight)
      for (const { ownerId, many, first } of part.filter((one) => !told.has(one.ownerId)))
        command.notify({
          employeeIds: [ownerId],
          kind: 'poolSoon',
          entity: 'customer',
          recordId: many === 1 ? first : null,
          many,
          detail: { days: rule.remindDays, pool: rule.poolName, rule: rule.id },
        })
      command.unchanged()
    })
  }
  return soon.reduce((sum, { many }) => sum + many, 0)
}
