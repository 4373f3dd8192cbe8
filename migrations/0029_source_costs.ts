import { type Kysely, sql } from 'kysely'

const statements = [
  // `source`: a word as leads, customers and opportunities say it. Both days belong to the span; `amount_fen` in fen.
  `create table source_cost (
    id text primary key not null,
    source text not null check (length(source) > 0),
    from_on text not null,
    to_on text not null,
    amount_fen integer not null check (amount_fen > 0),
    note text,
    created_at text not null,
    created_by text,
    updated_at text not null,
    version integer not null default 1,
    check (from_on <= to_on)
  ) strict`,
  'create index source_cost_by_days on source_cost (to_on, from_on, id)',
]

/** The roles that every company has; its own it gives these rights itself. */
const RIGHTS = ['admin', 'salesManager', 'finance'].flatMap((builtin) =>
  ['sourceCosts.read', 'sourceCosts.manage'].map((permission) => [builtin, permission] as const),
)
const rights = RIGHTS.map(
  ([builtin, permission]) =>
    `insert into role_permission (id, role_id, permission, scope)
      select upper(hex(randomblob(13))), id, '${permission}', 'all' from role where builtin = '${builtin}'`,
)

/** What sources of leads, customers and opportunities cost. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...statements, ...rights]) await sql.raw(statement).execute(db)
}
