import { sql } from 'kysely'
import type { WriteTx } from './database.ts'

/**
 * Work that is done whole or not at all inside a transaction that goes on.
 * @throws what `work` throws, with nothing left of what it wrote
 */
export async function wholeOrNot<Done>(tx: WriteTx, work: () => Promise<Done>): Promise<Done> {
  await sql`savepoint one_row`.execute(tx)
  try {
    const done = await work()
    await sql`release one_row`.execute(tx)
    return done
  } catch (error) {
    await sql`rollback to one_row`.execute(tx)
    await sql`release one_row`.execute(tx)
    throw error
  }
}
