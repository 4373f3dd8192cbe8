import { type Kysely, sql } from 'kysely'

const statements = [
  // What somebody is told in person. Ids without reference: a notice outlives its record, and whoever shows it asks the policy anew.
  `create table notification (
    id text primary key not null, employee_id text not null, kind text not null, entity text not null, record_id text, many integer not null default 1,
    by_name text not null, detail text not null default '{}' check (json_valid(detail)), seq integer not null, batch_id text,
    at text not null, read_at text) strict`,
  'create index notification_by_employee on notification (employee_id, id)',
  'create index notification_unread on notification (employee_id, id) where read_at is null',
  'create index notification_by_seq on notification (seq)',
  'create index notification_by_batch on notification (batch_id, employee_id) where batch_id is not null',
  'create index notification_by_at on notification (at)',
  // Records and views that somebody keeps at hand, in his own order, and the ones he opened last.
  `create table favourite (
    user_id text not null, entity text not null, record_id text not null, position integer not null, at text not null,
    primary key (user_id, entity, record_id)) strict, without rowid`,
  `create table recent_record (
    user_id text not null, entity text not null, record_id text not null, at text not null,
    primary key (user_id, entity, record_id)) strict, without rowid`,
  'create index recent_record_by_at on recent_record (user_id, at)',
  // What a period brought, whoever did it.
  'create index follow_up_by_happened on follow_up (happened_at, author_id, customer_id, id) where deleted_at is null',
  'create index customer_by_won on customer (won_at, id, owner_id, pool_id) where won_at is not null and deleted_at is null',
]

/** What stands around every page: notices, favourites, and the records opened last. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
