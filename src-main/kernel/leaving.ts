import { type RawBuilder, sql } from 'kysely'
import { hasLeft } from '../../src-shared/kernel/leaving.ts'
import type { ReadDb, WriteTx } from './database.ts'

/** Whether an employee can be given something on a day. */
export async function employeeState(db: ReadDb | WriteTx, id: string, today: string): Promise<'unknown' | 'left' | 'here'> {
  const row = await (db as ReadDb).selectFrom('employee').select('leftOn').where('id', '=', id).executeTakeFirst()
  if (!row) return 'unknown'
  return hasLeft(row.leftOn, today) ? 'left' : 'here'
}

/** The same of rows of employees, where many are asked for. */
export const leftBy = (today: string, alias = 'e'): RawBuilder<boolean> =>
  sql`(${sql.ref(`${alias}.left_on`)} is not null and ${sql.ref(`${alias}.left_on`)} <= ${today})`

/** Those of a name who are here on a day. */
export async function hereCalled(db: ReadDb | WriteTx, name: string, today: string): Promise<string[]> {
  const rows = await (db as ReadDb).selectFrom('employee').select(['id', 'leftOn']).where('name', '=', name).execute()
  return rows.flatMap(({ id, leftOn }) => (hasLeft(leftOn, today) ? [] : [id]))
}
