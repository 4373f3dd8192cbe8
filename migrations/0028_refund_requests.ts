import { type Kysely, sql } from 'kysely'

const statements = [
  // What is asked for moves no money: agreed to, it becomes the refund of the same id.
  `create table refund_request (
    id text primary key not null,
    payment_id text not null references payment (id),
    order_id text references sales_order (id),
    amount_fen integer not null check (amount_fen > 0),
    received_on text not null,
    method text not null,
    reference text,
    note text,
    state text not null default 'pending' check (state in ('pending', 'approved', 'rejected', 'withdrawn')),
    requester_id text references employee (id),
    created_at text not null,
    created_by text,
    updated_at text not null,
    version integer not null default 1
  ) strict`,
  'create index refund_request_by_payment on refund_request (payment_id, created_at)',
  'create index refund_request_by_order on refund_request (order_id)',
  'create index refund_request_by_requester on refund_request (requester_id)',
]

/** A refund is asked for and agreed to before money goes back, where a flow says so. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
