import { type Kysely, sql } from 'kysely'

const statements = [
  // What was handed in: the mark tells its very content, which stands as long as somebody is asked or has agreed to it.
  `alter table sales_order add column approval text check (approval in ('pending', 'approved'))`,
  'alter table sales_order add column approval_mark text check ((approval is null) = (approval_mark is null))',
]

/** An order is approved before it takes effect, where a flow says so. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
