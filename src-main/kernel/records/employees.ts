import type { ReadDb, WriteTx } from '../database.ts'

/** Whether records may be given to somebody: he must be known, and must not have left. */
export async function employeeState(db: ReadDb | WriteTx, id: string): Promise<'unknown' | 'left' | 'here'> {
  const row = await db.selectFrom('employee').select(['id', 'leftOn']).where('id', '=', id).executeTakeFirst()
  if (!row) return 'unknown'
  return row.leftOn === null ? 'here' : 'left'
}
