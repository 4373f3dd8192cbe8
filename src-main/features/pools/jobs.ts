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
    const before = await nightBefore(context)
    for (const rule of (await readRules(context.db)).filter(({ enabled }) => enabled)) {
      await context.checkpoint()
      const after = rule.remindDays > 0 && before ? await toldUpTo(context, rule, before, zone) : null
      const reminded = await remind(context, rule, { today, zone, after }, toldAtOnce)
      result.reminded += reminded
      // One that does not act yet tells already: whoever it is to take first hears of it, too.
      if ((rule.startsOn ?? '') > today) continue
      const done = await runRule(context, rule, { today, zone, reminded })
      result.moved += done.moved
      result.held += done.held
    }
    return result
  },
})
export const recycleByRules = recycling({ toldAtOnce: TOLD_AT_ONCE })

async function runRule(
  context: JobContext,
  rule: StoredRule,
  { reminded, ...day }: Day & { reminded: number },
): Promise<Omit<Result, 'reminded'>> {
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
  return { moved, held: held ? ids.length : 0 }
}

/** When the run before this one began; nothing was told before the first. */
async function nightBefore({ db, id }: JobContext): Promise<string | null> {
  const row = await db
    .selectFrom('job')
    .select('createdAt')
    .where('kind', '=', 'pools.recycle')
    .where('state', '=', 'done')
    .where('id', '<>', id)
    .orderBy('createdAt', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.createdAt ?? null
}

/** The last due day that the run before told of; null where the rule has been changed since, and nobody knows what it does now. */
async function toldUpTo(
  { db }: JobContext,
  { id, remindDays }: StoredRule,
  before: string,
  zone: string,
): Promise<string | null> {
  const { updatedAt } = await db.selectFrom('poolRule').select('updatedAt').where('id', '=', id).executeTakeFirstOrThrow()
  return updatedAt > before ? null : addDays(dateIn(before, zone), remindDays)
}

async function toldOf(tx: WriteTx, ruleId: string, since: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select employee_id as id from notification where kind = 'poolSoon' and at >= ${since} and detail ->> 'rule' = ${ruleId}`.execute(
    tx,
  )
  return new Set(rows.map(({ id }) => id))
}

/**
 * Owners hear so many days before; once, however many customers it is about, and of the days that no run told of because the computer
 * was off. @returns how many customers they heard of
 */
async function remind(
  context: JobContext,
  rule: StoredRule,
  { today, zone, after }: Day & { after: string | null },
  atOnce: number,
): Promise<number> {
  if (rule.remindDays === 0) return 0
  // Whom it takes this very night hears that he was taken.
  const span = { from: after === null || after < today ? today : after, to: addDays(today, rule.remindDays) }
  const soon = await context.scan<Soon[]>('pools.soon', { rule, span, zone })
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
