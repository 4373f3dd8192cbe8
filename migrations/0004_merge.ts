import { type Kysely, sql } from 'kysely'

/**
 * A merged customer keeps its row, so that old links and the history still resolve and the merge can be taken back; whose place it
 * gave up stands in it. A session may look at the program as somebody else.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [
    'alter table customer add column merged_into_id text references customer (id)',
    'create index customer_by_merged on customer (merged_into_id)',
    'alter table session add column looks_as text',
  ])
    await sql.raw(statement).execute(db)
}
