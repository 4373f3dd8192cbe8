import { type Kysely, sql } from 'kysely'

const statements = [
  // What a conversation was about; it stays the customer's, whatever becomes of the opportunity.
  'alter table follow_up add column opportunity_id text references opportunity (id)',
  'create index follow_up_by_opportunity on follow_up (opportunity_id, happened_at) where opportunity_id is not null',
  // The stages that every company begins with: without days nothing would ever be seen to stall. Who changed one has his own.
  ...[14, 14, 21, 21].map(
    (days, n) =>
      `update stage set rot_days = ${days} where id = '01KASA0000000000000000T00${n}' and kind = 'open' and rot_days is null and version = 1`,
  ),
]

/** Conversations may be about an opportunity. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
