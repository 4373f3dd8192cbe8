import { type Kysely, sql } from 'kysely'

const statements = [
  `create table list_view (
    id text primary key not null, entity text not null, kind text not null check (kind in ('table', 'board', 'calendar')),
    name text not null check (length(name) > 0), owner_id text not null references user_account (id),
    definition text not null check (json_valid(definition)), audience text not null check (json_valid(audience)),
    created_at text not null, updated_at text not null, version integer not null default 1) strict`,
  'create index list_view_by_owner on list_view (owner_id)',
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
