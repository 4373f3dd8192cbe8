import { type Kysely, sql } from 'kysely'

const DAYS: readonly (readonly [table: string, ...columns: string[]])[] = [
  ['employee', 'hired_on', 'left_on'],
  ['opportunity', 'expected_on', 'closed_on'],
  ['quote', 'quoted_on', 'valid_until'],
  ['sales_order', 'signed_on', 'delivered_on', 'starts_on', 'ends_on'],
  ['payment_plan', 'due_on'],
  ['payment', 'received_on'],
  ['invoice', 'requested_on', 'issued_on', 'posted_on'],
  ['purchase', 'expected_on'],
]

/** Days that no calendar has (2026-02-30) were taken from programs; they become the last day of their month, as nothing shows them any more. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [table, ...columns] of DAYS)
    for (const column of columns)
      await sql
        .raw(
          `update ${table} set ${column} = date(substr(${column}, 1, 7) || '-01', '+1 month', '-1 day') where date(${column}) <> ${column}`,
        )
        .execute(db)
}
