import { sql } from 'kysely'
import { CONTRACT_DAYS } from '../../../src-shared/features/workbench/todo.ts'
import { addDays } from '../../../src-shared/kernel/zoned.ts'
import { plain } from '../../kernel/database.ts'
import { type Due, type DueSpan, remindJob } from '../../kernel/ownerReminders.ts'
import type { TaskContext, TaskTable } from '../../kernel/tasks.ts'

export const REMIND_ENDS = 'orders.remind'

/** Contracts of running orders that came within reach of their end on one of these days, by owner. */
async function readEnding({ db }: TaskContext, { from, to }: DueSpan): Promise<Due[]> {
  const { rows } = await sql<Due>`
    select 'contractEnding' as kind, t.owner_id as "ownerId", count(*) as many, min(t.id) as first from sales_order t
    where t.deleted_at is null and t.status in ('confirmed', 'delivered') and t.owner_id is not null
      and t.ends_on > ${addDays(from, CONTRACT_DAYS)} and t.ends_on <= ${addDays(to, CONTRACT_DAYS)} group by t.owner_id order by 2`.execute(
    plain(db),
  )
  return rows
}

export const orderTasks: TaskTable = { 'orders.ending': readEnding }

/** Each morning owners hear, once, of contracts that end within the next days. */
export const remindOfEnds = remindJob({
  kind: REMIND_ENDS,
  task: 'orders.ending',
  entity: 'order',
  needs: 'orders.read',
  tells: { contractEnding: 'endsOn' },
})
