import { type RawBuilder, sql } from 'kysely'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'

/**
 * What somebody claimed on a day, as rows of `id` and `pool_id`. Who takes a claim back has used it all the same: the move is gone
 * then, and stands in the journal alone.
 */
const claimsOf = (employeeId: string | null, day: string): RawBuilder<unknown> => sql`
  select id, pool_id from pool_move where employee_id = ${employeeId} and day = ${day} and kind = 'claim'
  union select row_id, before ->> 'pool_id' from journal where tbl = 'pool_move' and op = 'd'
    and before ->> 'employee_id' = ${employeeId} and before ->> 'day' = ${day} and before ->> 'kind' = 'claim'`

/** How many claims of a day each pool counts for somebody, but for these. */
export async function claimsUsed(
  db: ReadDb | WriteTx,
  { employeeId, day, except = [] }: { employeeId: string | null; day: string; except?: readonly string[] },
): Promise<Map<string, number>> {
  const { rows } = await sql<{ poolId: string; n: number }>`
    select pool_id as "poolId", count(*) as n from (${claimsOf(employeeId, day)})
    where id not in (select value from json_each(${JSON.stringify(except)})) group by pool_id`.execute(plain(db))
  return new Map(rows.map(({ poolId, n }) => [poolId, n]))
}
