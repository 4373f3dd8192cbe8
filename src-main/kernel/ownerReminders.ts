import { sql } from 'kysely'
import { may } from '../../src-shared/kernel/actor.ts'
import type { NoticeKind } from '../../src-shared/kernel/notices.ts'
import type { Permission } from '../../src-shared/kernel/permissions.ts'
import type { ToldOf } from '../../src-shared/kernel/notices.ts'
import { dateIn } from '../../src-shared/kernel/time.ts'
import { addDays } from '../../src-shared/kernel/zoned.ts'
import type { CommandContext } from './context.ts'
import type { ReadDb, WriteTx } from './database.ts'
import type { JobKind } from './jobKinds.ts'
import { entityIn } from './livingEntities.ts'
import { mayAskBy } from './policy.ts'

/** How many of an owner, and the only one when it is one. */
export type Due = { readonly kind: NoticeKind; readonly ownerId: string; readonly many: number; readonly first: string }
/** Business dates: from the first, up to and without the last. */
export type DueSpan = { readonly from: string; readonly to: string; readonly zone: string }

/** A computer that was off for longer begins anew: what is that old stands on the workbench. */
const MOST_DAYS = 30
/** So many are told in a short transaction. */
const TOLD_AT_ONCE = 100

type Reminder = {
  /** The job by its name, and the task that reads `Due[]` of a `DueSpan`. */
  readonly kind: string
  readonly task: string
  readonly entity: ToldOf
  readonly needs: Permission
  /** What a notice tells by being there, by its kind. */
  readonly tells: Readonly<Partial<Record<NoticeKind, string>>>
}

/** Each morning owners hear, once, of what came due since the run before; however many, it is one notice of a kind. */
export const remindJob = (reminder: Reminder): JobKind<unknown, { told: number }> => ({
  resumable: true,
  run: async (context) => {
    const zone = context.services.timeZone()
    const today = dateIn(context.now(), zone)
    const dayOf = (at: string): string => dateIn(at, zone)
    const from = await unlookedFrom(context.db, reminder.kind, { today, most: MOST_DAYS, dayOf })
    const due = from < today ? await context.scan<Due[]>(reminder.task, { from, to: today, zone } satisfies DueSpan) : []
    let told = 0
    for (let at = 0; at < due.length; at += TOLD_AT_ONCE) {
      await context.checkpoint()
      told += await context.commit((command) => tell(command, reminder, due.slice(at, at + TOLD_AT_ONCE), today))
    }
    return { told }
  },
})

async function tell(command: CommandContext, reminder: Reminder, part: readonly Due[], today: string): Promise<number> {
  // A morning that was cut off and begins again tells nobody twice.
  const known = await toldOn(command.tx, Object.keys(reminder.tells), today)
  const mayKnow = await knowers(command, reminder, part)
  const fresh = part.filter((one) => !known.has(`${one.kind} ${one.ownerId}`) && mayKnow(one))
  for (const { kind, ownerId, many, first } of fresh)
    command.notify({
      employeeIds: [ownerId],
      kind,
      entity: reminder.entity,
      recordId: many === 1 ? first : null,
      many,
      detail: { day: today },
    })
  command.unchanged()
  return fresh.length
}

/** Nobody is told of a day that he may not read. */
async function knowers(command: CommandContext, reminder: Reminder, due: readonly Due[]): Promise<(one: Due) => boolean> {
  const accounts = await accountsOf(
    command.tx,
    due.map(({ ownerId }) => ownerId),
  )
  const entity = entityIn(command, reminder.entity)
  return ({ kind, ownerId }) => {
    const actor = command.services.actorOf(accounts.get(ownerId) ?? '')
    const field = reminder.tells[kind]
    return actor !== null && field !== undefined && may(actor, reminder.needs) && mayAskBy(actor, entity, field)
  }
}

/** From which day on nobody has looked: that of the run before, yesterday at the first, never further back than `most` days. */
async function unlookedFrom(
  db: ReadDb,
  kind: string,
  { today, most, dayOf }: { today: string; most: number; dayOf: (at: string) => string },
): Promise<string> {
  const row = await db
    .selectFrom('job')
    .select('createdAt')
    .where('kind', '=', kind)
    .where('state', '=', 'done')
    .orderBy('createdAt', 'desc')
    .limit(1)
    .executeTakeFirst()
  const from = row ? dayOf(row.createdAt) : addDays(today, -1)
  const furthest = addDays(today, -most)
  return from < furthest ? furthest : from
}

/** The accounts of owners; who has none, or whose is shut, reads nothing. */
async function accountsOf(tx: WriteTx, employeeIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await tx
    .selectFrom('userAccount')
    .select(['id', 'employeeId'])
    .where('employeeId', 'in', [...new Set(employeeIds)])
    .where('disabledAt', 'is', null)
    .execute()
  return new Map(rows.flatMap(({ id, employeeId }) => (employeeId === null ? [] : [[employeeId, id] as const])))
}

/** Whom the run of a day has told already, as `<kind> <employee>`. */
async function toldOn(tx: WriteTx, kinds: readonly string[], day: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ key: string }>`
    select kind || ' ' || employee_id as key from notification
    where kind in (${sql.join([...kinds])}) and detail ->> 'day' = ${day}`.execute(tx)
  return new Set(rows.map(({ key }) => key))
}
