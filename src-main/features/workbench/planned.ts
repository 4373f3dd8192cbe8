import { sql } from 'kysely'
import type { Planned } from '../../../src-shared/features/workbench/contract.ts'
import type { Span } from '../../../src-shared/features/workbench/period.ts'
import { plannedFilter, startOf } from '../../../src-shared/features/workbench/todo.ts'
import { addDays } from '../../../src-shared/kernel/zoned.ts'
import { plain } from '../../kernel/database.ts'
import { rowsById } from '../../kernel/records/select.ts'
import { whereOf } from '../../kernel/records/where.ts'
import type { Looking } from './figures.ts'

type Found = { id: string; day: string; count: number }

/** Each day is counted whole and shown in part: a full day takes nothing from the ones after it. */
export async function readPlanned(looking: Looking, span: Span, perDay: number): Promise<Planned> {
  const { db, entities, actor, whose, zone } = looking
  const entity = entities.get('customer')
  if (!entity) throw new Error('no entity customer')
  const { where } = await whereOf(db, actor, entity, { filter: plannedFilter(whose, span, zone) }, { counted: true })
  const days: [day: string, from: string, to: string][] = []
  for (let day = span.from; day < span.to; day = addDays(day, 1))
    days.push([day, startOf(day, zone), startOf(addDays(day, 1), zone)])
  const { rows } = await sql<Found>`
    select id, day, n as count from (
      select t.id, t.next_follow_up_at as at, d.value ->> 0 as day, count(*) over (partition by d.value ->> 0) as n,
        row_number() over (partition by d.value ->> 0 order by t.next_follow_up_at, t.id) as place
      from json_each(${JSON.stringify(days)}) d
      cross join customer t on t.next_follow_up_at >= d.value ->> 1 and t.next_follow_up_at < d.value ->> 2 where ${where})
    where place <= ${perDay} order by at, id`.execute(plain(db))
  const ids = rows.map(({ id }) => id)
  const seen = new Map((await rowsById(db, actor, entity, ids)).map((row) => [String(row['id']), row]))
  const counts = new Map(rows.map(({ day, count }) => [day, count]))
  return {
    days: [...counts].map(([day, count]) => ({ day, count })),
    rows: ids.flatMap((id) => {
      const row = seen.get(id)
      return row ? [planOf(row)] : []
    }),
  }
}

const planOf = ({ id, name, ownerName, nextFollowUpAt, version }: Record<string, unknown>): Planned['rows'][number] =>
  ({ id, name, ownerName: ownerName ?? null, nextFollowUpAt, version }) as Planned['rows'][number]
