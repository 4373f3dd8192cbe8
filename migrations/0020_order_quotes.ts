import { type Kysely, sql } from 'kysely'

/** An order says which quote it was made of. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table sales_order add column quote_id text references quote (id)').execute(db)
  await sql.raw('create index sales_order_by_quote on sales_order (quote_id)').execute(db)
}
