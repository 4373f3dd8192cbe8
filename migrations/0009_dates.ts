import { type Kysely, sql } from 'kysely'

const statements = [
  // YYYY-MM-DD, or --MM-DD where nobody knows the year.
  'alter table contact add column birthday text',
  // Birthdays come round: they are looked for by month and day alone.
  `create index contact_by_birthday on contact (substr(birthday, -5), customer_id, id) where birthday is not null and deleted_at is null`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
