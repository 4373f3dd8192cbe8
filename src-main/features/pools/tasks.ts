import { sql } from 'kysely'
import type { RuleValues } from '../../../src-shared/features/pools/ruleModel.ts'
import { findField } from '../../../src-shared/kernel/entity.ts'
import { addDays } from '../../../src-shared/kernel/zoned.ts'
import { plain } from '../../kernel/database.ts'
import { type DueRule, dueSql, zoneMinutes } from '../../kernel/poolDue.ts'
import type { TaskContext, TaskTable } from '../../kernel/tasks.ts'

type Asked = {
  rule: Pick<RuleValues, 'basis' | 'field' | 'days' | 'levelDays' | 'without' | 'dayKind'>
  today: string
  zone: string
}
type AskedSoon = {
  rule: Asked['rule'] & { startsOn: string | null }
  span: { from: string; to: string }
  zone: string
}
export type Found = { owned: number; today: number; in7: number; in30: number; first: { id: string; dueOn: string }[] }

/** How many customers of somebody a rule takes on a day; the only one, where it is one. */
export type Soon = { ownerId: string; many: number; first: string }

const FIRST = 50

/** The day a rule would take the customer `t`, as every place works it out. */
export function dueOf({ entities }: Pick<TaskContext, 'entities'>, { rule, zone }: Omit<Asked, 'today'>) {
  const entity = entities.get('customer')
  const field = entity && rule.field !== null ? (findField(entity, rule.field) ?? null) : null
  return sql.raw<string | null>(dueSql(rule as DueRule, field, zoneMinutes(zone)).replaceAll('{t}', 't'))
}

/** Everything about rules that looks at every customer. */
export const poolTasks: TaskTable = {
  'pools.preview': async (context: TaskContext, asked: Asked): Promise<Found> => {
    const due = dueOf(context, asked)
    const [in7, in30] = [addDays(asked.today, 7), addDays(asked.today, 30)]
    const { rows } = await sql<Omit<Found, 'first'>>`
      select count(*) as owned, coalesce(sum(d <= ${asked.today}), 0) as today, coalesce(sum(d <= ${in7}), 0) as in7, coalesce(sum(d <= ${in30}), 0) as in30
      from (select ${due} as d from customer t where t.owner_id is not null and t.deleted_at is null)`.execute(plain(context.db))
    const { rows: first } = await sql<{ id: string; dueOn: string }>`
      select t.id, ${due} as "dueOn" from customer t where t.owner_id is not null and t.deleted_at is null and ${due} <= ${in30}
      order by 2, 1 limit ${FIRST}`.execute(plain(context.db))
    return { ...(rows[0] ?? { owned: 0, today: 0, in7: 0, in30: 0 }), first }
  },

  /** Who is due on a day or before, by id. */
  'pools.due': async (context: TaskContext, asked: Asked): Promise<string[]> => {
    const due = dueOf(context, asked)
    const { rows } = await sql<{ id: string }>`
      select t.id from customer t where t.owner_id is not null and t.deleted_at is null
        and ${due} <= ${asked.today} order by t.id`.execute(plain(context.db))
    return rows.map(({ id }) => id)
  },

  /**
   * Whose customers go after one day and up to another, as their records say it, and how many of each: there are as many lines as
   * owners, not as customers.
   */
  'pools.soon': async (context: TaskContext, { rule, span, zone }: AskedSoon): Promise<Soon[]> => {
    const starts = rule.startsOn ?? ''
    const goesOn = sql`max(${dueOf(context, { rule, zone })}, ${starts})`
    const { rows } = await sql<Soon>`
      select t.owner_id as "ownerId", count(*) as many, min(t.id) as first from customer t
      where t.owner_id is not null and t.deleted_at is null and ${goesOn} > ${span.from} and ${goesOn} <= ${span.to}
      group by t.owner_id order by t.owner_id`.execute(plain(context.db))
    return rows
  },
}
