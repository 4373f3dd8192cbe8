import { type Kysely, sql } from 'kysely'

/** A file of old invoices or purchases may bring a number that stands already: it comes in flagged, as orders and payments do. */
const statements = [
  'drop index invoice_number',
  'create unique index invoice_number on invoice (number) where issue is null',
  'drop index purchase_number',
  'create unique index purchase_number on purchase (number) where number is not null and issue is null',
  'create index purchase_by_number on purchase (number, id)',
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
