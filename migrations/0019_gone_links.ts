import { type Kysely, sql } from 'kysely'

const statements = [
  // What a row that is gone was about stands in the journal alone: tags that were taken off a record, claims of a day that were taken back.
  `create index journal_by_gone_tag on journal (before ->> 'record_id') where tbl = 'record_tag' and op = 'd'`,
  `create index journal_by_gone_move on journal (before ->> 'employee_id', before ->> 'day') where tbl = 'pool_move' and op = 'd'`,
]

/** The journal answers for links and moves that are gone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
