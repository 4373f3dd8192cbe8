import { type Kysely, sql } from 'kysely'

const statements = [
  // Whether somebody set the amount himself although there are lines; else it is their sum.
  'alter table opportunity add column amount_by_hand integer not null default 0 check (amount_by_hand in (0, 1))',
  // `quantity` and `discount` (percent taken off) as decimal text, money in fen; a line whose price nobody knows yet comes to nothing known.
  `create table opportunity_line (
    id text primary key not null, opportunity_id text not null references opportunity (id), product_id text references product (id),
    name text not null check (length(name) > 0), unit text, quantity text not null default '1', price_fen integer check (price_fen >= 0),
    discount text not null default '0', amount_fen integer check (amount_fen >= 0), position integer not null default 0,
    created_at text not null, created_by text, updated_at text not null, version integer not null default 1,
    check ((price_fen is null) = (amount_fen is null))) strict`,
  'create index opportunity_line_by_record on opportunity_line (opportunity_id, position, product_id)',
  'create index opportunity_line_by_product on opportunity_line (product_id, opportunity_id)',
]

/** Products of an opportunity as lines. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
