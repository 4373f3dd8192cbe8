import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import { type EntityDescriptor, findField } from '../../../src-shared/kernel/entity.ts'
import type { DaySpan, Which } from '../../../src-shared/kernel/list.ts'
import { addDays, momentOf } from '../../../src-shared/kernel/zoned.ts'
import { plain, type ReadDb } from '../database.ts'
import { BadInput, Forbidden } from '../errors.ts'
import { mayAskBy } from '../policy.ts'
import { columnSql } from './column.ts'
import { askerOf } from './pools.ts'
import { rowsById } from './select.ts'
import { whereOf } from './where.ts'

type Day = { day: string; count: number; rows: Record<string, unknown>[] }
type DaysAsked = { field: string; span: DaySpan; zone: string; and?: RawBuilder<SqlBool> }

/**
 * Rows by the business day of a date or an instant, only days that have any: each day is counted whole and its first rows are given, so
 * that a full day takes nothing from the ones after it. @throws Forbidden for a field that must not be asked by
 */
export async function daysBy(
  db: ReadDb,
  caller: Actor,
  entity: EntityDescriptor,
  which: Which,
  { field: key, span, zone, and }: DaysAsked,
): Promise<{ days: Day[]; capped: boolean }> {
  const actor = await askerOf(db, caller, entity, which)
  const field = findField(entity, key)
  if (!field || (field.type !== 'date' && field.type !== 'instant')) throw new BadInput('unknownField', ['field', key])
  if (!mayAskBy(actor, entity, key)) throw new Forbidden(`${entity.feature}.fields`, [key])
  const beginOf = (day: string) =>
    field.type === 'date' ? day : new Date(momentOf({ date: day, minutes: 0 }, zone)).toISOString()
  const days = Array.from({ length: span.days }, (_, n) => addDays(span.from, n))
  const stretches = days.map((day) => [day, beginOf(day), beginOf(addDays(day, 1))])
  const { where, capped } = await whereOf(db, actor, entity, which, { counted: true })
  const column = columnSql('t', field)
  const { rows } = await sql<{ id: string; day: string; count: number }>`
    select id, day, n as count from (
      select t.id, ${column} as at, d.value ->> 0 as day, count(*) over (partition by d.value ->> 0) as n,
        row_number() over (partition by d.value ->> 0 order by ${column}, t.id) as place
      from json_each(${JSON.stringify(stretches)}) d
      cross join ${sql.table(entity.table)} t on ${column} >= d.value ->> 1 and ${column} < d.value ->> 2
      where ${where} ${and ? sql`and ${and}` : sql``})
    where place <= ${span.limit} order by day, at, id`.execute(plain(db))
  const known = await rowsById(db, actor, entity, [...new Set(rows.map(({ id }) => id))], { listed: true })
  const byId = new Map(known.map((row) => [String(row['id']), row]))
  const found = new Map<string, Day>()
  for (const { id, day, count } of rows) {
    const at = found.get(day) ?? { day, count, rows: [] }
    found.set(day, at)
    const row = byId.get(id)
    if (row) at.rows.push(row)
  }
  return { days: [...found.values()], capped }
}
