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

/** So many days before a payment is due its owner hears of it. */
const PLAN_DAYS = 3

/** Orders that run with a payment that came within reach of its day, or whose day went by, on one of these days; by owner. */
async function readPlans({ db }: TaskContext, { from, to }: DueSpan): Promise<Due[]> {
  const { rows } = await sql<Due>`
    select x.kind, t.owner_id as "ownerId", count(distinct t.id) as many, min(t.id) as first
    from (
      select 'planDue' as kind, order_id from payment_plan
      where void = 0 and received_fen < amount_fen and due_on > ${addDays(from, PLAN_DAYS)} and due_on <= ${addDays(to, PLAN_DAYS)}
      union all select 'planLate', order_id from payment_plan
      where void = 0 and received_fen < amount_fen and due_on >= ${from} and due_on < ${to}) x
    join sales_order t on t.id = x.order_id
    where t.deleted_at is null and t.status in ('confirmed', 'delivered') and t.owner_id is not null
    group by x.kind, t.owner_id order by x.kind, t.owner_id`.execute(plain(db))
  return rows
}

export const orderTasks: TaskTable = {
  'orders.due': async (context: TaskContext, span: DueSpan): Promise<Due[]> => [
    ...(await readEnding(context, span)),
    ...(await readPlans(context, span)),
  ],
}

/** Each morning owners hear, once, of contracts that end within the next days, of payments that are nearly due, and of those that did not come. */
export const remindOfEnds = remindJob({
  kind: REMIND_ENDS,
  task: 'orders.due',
  entity: 'order',
  needs: 'orders.read',
  tells: { contractEnding: 'endsOn', planDue: 'nextDueOn', planLate: 'overdueFen' },
})
