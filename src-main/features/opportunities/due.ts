import { sql } from 'kysely'
import { addDays, momentOf } from '../../../src-shared/kernel/zoned.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import type { TaskContext } from '../../kernel/tasks.ts'

export const DUE_KINDS = ['dealLate', 'dealStalled'] as const
export type DueKind = (typeof DUE_KINDS)[number]
/** How many of an owner, and the only one when it is one. */
export type Due = { readonly kind: DueKind; readonly ownerId: string; readonly many: number; readonly first: string }
/** Business dates: from the first, up to and without the last. */
export type DueSpan = { readonly from: string; readonly to: string; readonly zone: string }

const startOf = (date: string, zone: string): string => new Date(momentOf({ date, minutes: 0 }, zone)).toISOString()
const ROTS = sql`strftime('%Y-%m-%dT%H:%M:%fZ', t.stage_entered_at, '+' || s.rot_days || ' days')`

/** Open opportunities whose expected day, or whose stage's patience, ended on one of these days, by owner and kind. */
export async function readDue({ db }: TaskContext, { from, to, zone }: DueSpan): Promise<Due[]> {
  const { rows } = await sql<Due>`
    select 'dealLate' as kind, t.owner_id as "ownerId", count(*) as many, min(t.id) as first from opportunity t
    where t.deleted_at is null and t.state = 'open' and t.owner_id is not null
      and t.expected_on >= ${from} and t.expected_on < ${to} group by t.owner_id
    union all select 'dealStalled', t.owner_id, count(*), min(t.id) from stage s cross join opportunity t on t.stage_id = s.id
    where s.rot_days is not null and t.deleted_at is null and t.state = 'open' and t.owner_id is not null
      and ${ROTS} >= ${startOf(from, zone)} and ${ROTS} < ${startOf(to, zone)} group by t.owner_id
    order by 2, 1`.execute(plain(db))
  return rows
}

/** From which day on nobody has looked: that of the run before, yesterday at the first, never further back than `most` days. */
export async function unlookedFrom(
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
export async function accountsOf(tx: WriteTx, employeeIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await tx
    .selectFrom('userAccount')
    .select(['id', 'employeeId'])
    .where('employeeId', 'in', [...new Set(employeeIds)])
    .where('disabledAt', 'is', null)
    .execute()
  return new Map(rows.flatMap(({ id, employeeId }) => (employeeId === null ? [] : [[employeeId, id] as const])))
}

/** Whom the run of a day has told already, as `<kind> <employee>`. */
export async function toldOn(tx: WriteTx, day: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ key: string }>`
    select kind || ' ' || employee_id as key from notification
    where kind in (${sql.join([...DUE_KINDS])}) and detail ->> 'day' = ${day}`.execute(tx)
  return new Set(rows.map(({ key }) => key))
}
