import { sql } from 'kysely'
import { momentOf } from '../../../src-shared/kernel/zoned.ts'
import { plain } from '../../kernel/database.ts'
import type { Due as OwnersDue, DueSpan } from '../../kernel/ownerReminders.ts'
import type { TaskContext } from '../../kernel/tasks.ts'

export const DUE_KINDS = ['dealLate', 'dealStalled'] as const
export type DueKind = (typeof DUE_KINDS)[number]
export type Due = OwnersDue & { readonly kind: DueKind }

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
