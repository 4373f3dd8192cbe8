import { type Kysely, sql } from 'kysely'

/** As all indexes of lists: of who neither lies in the recycle bin nor in a pool. */
const listed = 'where deleted_at is null and pool_id is null'
const columns =
  'id owner_id deleted_at pool_id name kind level status source industry province city district phone phone2 email website credit_code created_by created_at updated_at last_follow_up_at next_follow_up_at name_sort custom'.split(
    ' ',
  )

const statements = [
  // Lists are ordered and narrowed by these as often as by those that had an index from the beginning.
  ...['source', 'industry', 'province'].map(
    (column) => `create index customer_by_${column} on customer (${column}, id, owner_id, deleted_at, pool_id) ${listed}`,
  ),
  // What no index of its own serves (rare conditions, orders by other columns, sums) is looked through here: a fifth of the table, in the
  // order of ids, so that new rows only lengthen it.
  `create index customer_columns on customer (${columns.join(', ')}) ${listed}`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
