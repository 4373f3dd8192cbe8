import { CompiledQuery, sql } from 'kysely'
import { isWorkingDay } from '../../../src-shared/features/calendar/rules.ts'
import { addDays } from '../../../src-shared/kernel/zoned.ts'
import type { ReadDb, WriteTx } from '../../kernel/database.ts'
import { insertStatements } from '../../kernel/manyRows.ts'
import { loadCalendar } from './store.ts'

const [FROM, DAYS] = ['2015-01-01', 9500]

/** The working days of the business calendar, for SQL to count by; written anew only where the calendar says otherwise now. */
export async function renewWorkDays(tx: WriteTx, zone: string): Promise<number> {
  const calendar = await loadCalendar(tx as unknown as ReadDb, zone)
  const days: string[] = []
  for (let n = 0, day = FROM; n < DAYS; n++, day = addDays(day, 1)) if (isWorkingDay(calendar, day)) days.push(day)
  const { rows } = await sql<{
    days: string
  }>`select json_group_array(day) as days from (select day from work_day order by n)`.execute(tx)
  if (rows[0]?.days === JSON.stringify(days)) return days.length
  await tx.deleteFrom('workDay').execute()
  const values = days.map((day, n) => [day, BigInt(n)])
  for (const [text, given] of insertStatements({ table: 'work_day', columns: ['day', 'n'] }, values))
    await tx.executeQuery(CompiledQuery.raw(text, given))
  return days.length
}
