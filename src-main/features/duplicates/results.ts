import { sql } from 'kysely'
import type { JobContext } from '../../kernel/jobKinds.ts'
import type { FoundGroup } from './groupTask.ts'
import type { FoundPair } from './walkTask.ts'

type WriteDb = JobContext['technical']

/** Rows of one write: few enough that nobody waits behind it. */
export const ROWS_AT_ONCE = 500

export async function storePairs(db: WriteDb, runId: string, pairs: readonly FoundPair[]): Promise<void> {
  for (let from = 0; from < pairs.length; from += ROWS_AT_ONCE) {
    const some = pairs
      .slice(from, from + ROWS_AT_ONCE)
      .map(({ first, second, sure, bits }) => [first, second, sure ? 1 : 0, bits])
    await sql`insert into duplicate_pair (run_id, first_id, second_id, sure, bits)
      select ${runId}, value ->> 0, value ->> 1, value ->> 2, value ->> 3 from json_each(${JSON.stringify(some)}) where true on conflict do nothing`.execute(
      db,
    )
  }
}

/** `from`: the number of the first of them. */
export async function storeGroups(db: WriteDb, runId: string, from: number, groups: readonly FoundGroup[]): Promise<void> {
  const rows = groups.map(({ sure, score, because }, index) => [from + index, sure ? 1 : 0, score, JSON.stringify(because)])
  const members = groups.flatMap((group, index) => group.members.map((id) => [from + index, id]))
  for (let at = 0; at < members.length; at += ROWS_AT_ONCE)
    await sql`insert into duplicate_member (run_id, n, customer_id)
      select ${runId}, value ->> 0, value ->> 1 from json_each(${JSON.stringify(members.slice(at, at + ROWS_AT_ONCE))}) where true on conflict do nothing`.execute(
      db,
    )
  await sql`insert into duplicate_group (run_id, n, sure, score, because)
    select ${runId}, value ->> 0, value ->> 1, value ->> 2, value ->> 3 from json_each(${JSON.stringify(rows)}) where true on conflict do nothing`.execute(
    db,
  )
}

type Clearable = 'duplicate_pair' | 'duplicate_group' | 'duplicate_member'
const KEY: Readonly<Record<Clearable, string>> = {
  duplicate_pair: 'run_id, first_id, second_id',
  duplicate_group: 'run_id, n',
  duplicate_member: 'run_id, n, customer_id',
}

/** Takes the rows of a run away a few at a time. */
async function clear(db: WriteDb, table: Clearable, runId: string): Promise<void> {
  const key = sql.raw(KEY[table])
  while (true) {
    const { numAffectedRows } = await sql`delete from ${sql.table(table)}
      where (${key}) in (select ${key} from ${sql.table(table)} where run_id = ${runId} limit ${ROWS_AT_ONCE})`.execute(db)
    if (Number(numAffectedRows ?? 0) < ROWS_AT_ONCE) return
  }
}

export const clearPairs = (db: WriteDb, runId: string): Promise<void> => clear(db, 'duplicate_pair', runId)

export async function clearGroups(db: WriteDb, runId: string): Promise<void> {
  await clear(db, 'duplicate_member', runId)
  await clear(db, 'duplicate_group', runId)
}

/** A run with all it found, itself last: after a kill it is still known what there is to take away. */
export async function removeRun(db: WriteDb, runId: string): Promise<void> {
  await clearPairs(db, runId)
  await clearGroups(db, runId)
  await db.deleteFrom('duplicateRun').where('id', '=', runId).execute()
}

/** Only the newest result is kept; runs that never ended go with the others. */
export async function removeRunsBut(db: WriteDb, runId: string): Promise<void> {
  const others = await db.selectFrom('duplicateRun').select('id').where('id', '<>', runId).execute()
  for (const { id } of others) await removeRun(db, id)
}
