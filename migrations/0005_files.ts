import { type Kysely, sql } from 'kysely'

const files = [
  // What hangs on a record; its bytes lie in files/<id> of the data folder. `type` is what the bytes are, whatever the name says.
  `create table file (
    id text primary key not null, entity text not null, record_id text not null, customer_id text not null references customer (id),
    name text not null check (length(name) > 0), type text not null, size integer not null check (size > 0), sha256 text not null,
    author_id text references employee (id), issue text,
    created_at text not null, created_by text, updated_at text not null, deleted_at text, deleted_with text,
    version integer not null default 1) strict`,
  'create index file_by_customer on file (customer_id, created_at)',
  'create index file_by_record on file (entity, record_id)',
  'create index file_by_author on file (author_id)',
  'create index file_deleted on file (deleted_at) where deleted_at is not null and deleted_with is null',
  // Bytes that arrived and hang on nothing yet; after a day they are tidied away.
  `create table file_upload (
    id text primary key not null, user_id text not null, name text not null, type text not null, size integer not null, sha256 text not null,
    created_at text not null) strict`,
  // Bytes of purged rows that are still to be removed: written with the purge, so that a kill between the two leaves a note.
  'create table file_gone (id text primary key not null, created_at text not null) strict',
  'alter table workspace add column file_max_bytes integer not null default 52428800',
  'alter table workspace add column file_quota_bytes integer not null default 21474836480',
]

const said = [
  // Internal words are no contact with the customer; an answer hangs on what it answers.
  'alter table follow_up add column internal integer not null default 0 check (internal in (0, 1))',
  'alter table follow_up add column pinned_at text',
  'alter table follow_up add column reply_to text references follow_up (id)',
  'create index follow_up_by_reply on follow_up (reply_to)',
  `create table mention (
    id text primary key not null, follow_up_id text not null references follow_up (id), employee_id text not null references employee (id),
    created_at text not null) strict`,
  'create unique index mention_once on mention (follow_up_id, employee_id)',
  'create index mention_by_employee on mention (employee_id)',
]

/** Files on records, and what a conversation has beside its words: pins, answers, internal words, colleagues named. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...files, ...said]) await sql.raw(statement).execute(db)
}
