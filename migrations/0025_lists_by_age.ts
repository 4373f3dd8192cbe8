import { type Kysely, sql } from 'kysely'

/** As all indexes of lists: of who neither lies in the recycle bin nor in a pool. */
const listed = 'where deleted_at is null and pool_id is null'
/** What lists are narrowed by most stands in each, so that two conditions are answered without a look at the rows. */
const besides = ['level', 'status', 'city']
const columns =
  'owner_id id deleted_at pool_id name kind level status source industry province city district phone phone2 email website credit_code created_by created_at updated_at last_follow_up_at next_follow_up_at name_sort custom'.split(
    ' ',
  )

const statements = [
  // Within one value the rows go by age, as a list does that is asked for it: it is read from the beginning and left when the page is full.
  ...['city', 'province', 'industry', 'source'].flatMap((column) => [
    `drop index customer_by_${column}`,
    `create index customer_by_${column} on customer (${[column, 'created_at', 'id', 'owner_id', ...besides.filter((other) => other !== column), 'deleted_at', 'pool_id'].join(', ')}) ${listed}`,
  ]),
  // By owner and then by id: who sees some people's customers looks through theirs alone, and new rows still lengthen it at few places.
  'drop index customer_columns',
  `create index customer_columns on customer (${columns.join(', ')}) ${listed}`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
