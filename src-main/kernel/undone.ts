import { sql } from 'kysely'
import { plain, type ReadDb, type WriteTx } from './database.ts'

/** All that was taken back and done again after a command, turn by turn, with how many turns it took. */
const turns = (command: string): string =>
  `with recursive turn(seq, n) as (select ${command}.seq, 0 union all select u.seq, turn.n + 1 from turn cross join command u on u.undoes = turn.seq)`

/**
 * What a command is taken back by, null while it stands: an undo may itself be taken back, and that again, so the number of turns says
 * which it is.
 * @param command the name of the table `command` in the statement around it
 */
export const undoneBy = (command: string) =>
  sql.raw<number | null>(
    `case when exists (select 1 from command u where u.undoes = ${command}.seq) then (${turns(command)} select case when n % 2 = 1 then seq end from turn order by seq desc limit 1) end`,
  )

/**
 * The turn by which a command stands: what was taken back and done again stands by that last doing, and is taken back there. Itself
 * where nothing came after it, or where it is taken back.
 */
export async function standsBy(db: ReadDb | WriteTx, seq: number): Promise<number> {
  const { rows } = await sql<{ seq: number; n: number }>`
    with recursive turn(seq, n) as (values (${BigInt(seq)}, 0) union all select u.seq, turn.n + 1 from turn cross join command u on u.undoes = turn.seq)
    select seq, n from turn order by seq desc limit 1`.execute(plain(db))
  const [last] = rows
  return last && last.n % 2 === 0 ? last.seq : seq
}
