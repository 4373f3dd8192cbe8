import { type Kysely, sql } from 'kysely'

const COLUMNS = 'id, entity, kind, name, owner_id, definition, audience, created_at, updated_at, version'

const statements = [
  // A check cannot be changed where it stands: the table of views is laid anew with the fourth kind.
  `create table list_view_next (
    id text primary key not null, entity text not null,
    kind text not null check (kind in ('table', 'board', 'calendar', 'forecast')),
    name text not null check (length(name) > 0), owner_id text not null references user_account (id),
    definition text not null check (json_valid(definition)), audience text not null check (json_valid(audience)),
    created_at text not null, updated_at text not null, version integer not null default 1) strict`,
  `insert into list_view_next (${COLUMNS}) select ${COLUMNS} from list_view`,
  'drop table list_view',
  'alter table list_view_next rename to list_view',
  'create index list_view_by_owner on list_view (owner_id)',
  // A column of the board: its cards in their order, and its sums without a look at the rows.
  `create index opportunity_board on opportunity (stage_id, stage_entered_at, id, owner_id, customer_id, state, amount, deleted_at)
    where deleted_at is null`,
]

/** Lists that are also shown as a board, a calendar or by months. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
