import { sql } from 'kysely'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'

type Db = ReadDb | WriteTx

/** Who stands in the place of a customer `c` now: himself, or the last of those who took it one after the other. */
export const HEIR = `iif(c.merged_into_id is null, c.id, (
  with recursive heir (id, n) as (
    select c.merged_into_id, 1
    union all select m.merged_into_id, n + 1 from heir join customer m on m.id = heir.id where m.merged_into_id is not null and n < 100)
  select id from heir order by n desc limit 1))`

/** Customers in whose place another stands now, one after the other: A, then B that took its place, then C that took B's. */
export async function successorsOf(db: Db, id: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive chain (id, n) as (
      select merged_into_id, 1 from customer where id = ${id} and merged_into_id is not null
      union all select c.merged_into_id, n + 1 from chain join customer c on c.id = chain.id where c.merged_into_id is not null and n < 100)
    select id from chain order by n`.execute(plain(db))
  return rows.map((row) => row.id)
}

/** Everybody whose place a customer took, directly or not. */
export async function predecessorsOf(db: Db, id: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive gone (id) as (
      select id from customer where merged_into_id = ${id} union select c.id from gone join customer c on c.merged_into_id = gone.id)
    select id from gone`.execute(plain(db))
  return rows.map((row) => row.id)
}
