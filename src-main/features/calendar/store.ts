import { DEFAULT_HOURS } from '../../../src-shared/features/calendar/rules.ts'
import type { Calendar, CalendarDay, Hours, Span } from '../../../src-shared/features/calendar/model.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { ReadDb } from '../../kernel/database.ts'

/** The calendar as it stands: weekdays that nobody set have the usual hours. */
export async function loadCalendar(db: ReadDb, zone: string): Promise<Calendar> {
  const stored = await db.selectFrom('calendarHours').select(['weekday', 'spans']).execute()
  const byWeekday = new Map(stored.map(({ weekday, spans }) => [weekday, JSON.parse(spans) as Span[]]))
  const days = await db.selectFrom('calendarDay').select(['day', 'kind', 'name']).orderBy('day').execute()
  return {
    zone,
    hours: DEFAULT_HOURS.map(({ weekday, spans }) => ({ weekday, spans: byWeekday.get(weekday) ?? [...spans] })),
    days: days as CalendarDay[],
  }
}

/** Writes the weekdays whose hours differ from what holds now; answers how many. */
export async function writeHours(context: CommandContext, hours: readonly Hours[], zone: string): Promise<number> {
  const now = new Map((await loadCalendar(context.tx, zone)).hours.map(({ weekday, spans }) => [weekday, JSON.stringify(spans)]))
  let changed = 0
  for (const { weekday, spans } of hours) {
    const sorted = JSON.stringify([...spans].sort(([a], [b]) => (a < b ? -1 : 1)))
    if (now.get(weekday) === sorted) continue
    changed++
    await context.tx
      .insertInto('calendarHours')
      .values({ id: context.newId(), weekday, spans: sorted, updatedAt: context.now() })
      .onConflict((conflict) =>
        conflict
          .column('weekday')
          .doUpdateSet((eb) => ({ spans: sorted, updatedAt: context.now(), version: eb('calendarHours.version', '+', 1) })),
      )
      .execute()
  }
  return changed
}

type Written = { id: string; changed: boolean }
export async function writeDay(context: CommandContext, { day, kind, name }: CalendarDay): Promise<Written> {
  const known = await context.tx.selectFrom('calendarDay').selectAll().where('day', '=', day).executeTakeFirst()
  if (!known) {
    const id = context.newId()
    await context.tx
      .insertInto('calendarDay')
      .values({ id, day, kind, name, createdAt: context.now(), updatedAt: context.now() })
      .execute()
    return { id, changed: true }
  }
  if (known.kind === kind && known.name === name) return { id: known.id, changed: false }
  await context.tx
    .updateTable('calendarDay')
    .set({ kind, name, updatedAt: context.now(), version: known.version + 1 })
    .where('id', '=', known.id)
    .execute()
  return { id: known.id, changed: true }
}

/** Adds the days that are not in the calendar yet; what somebody entered stays. */
export async function addMissingDays(context: CommandContext, days: readonly CalendarDay[]): Promise<number> {
  const known = new Set((await context.tx.selectFrom('calendarDay').select('day').execute()).map(({ day }) => day))
  const missing = days.filter(({ day }) => !known.has(day))
  for (const { day, kind, name } of missing)
    await context.tx
      .insertInto('calendarDay')
      .values({ id: context.newId(), day, kind, name, createdAt: context.now(), updatedAt: context.now() })
      .execute()
  return missing.length
}
