import { type Kysely, sql } from 'kysely'

const statements = [
  // `period`: 2026, 2026-Q4 or 2026-11. `kind`: what counts towards it; `amount` in fen.
  `create table target (
    id text primary key not null, kind text not null check (kind in ('won', 'contract', 'received')),
    period text not null check (period glob '[0-9][0-9][0-9][0-9]' or period glob '[0-9][0-9][0-9][0-9]-Q[1-4]' or period glob '[0-9][0-9][0-9][0-9]-[01][0-9]'),
    employee_id text references employee (id), department_id text references department (id), amount integer not null check (amount >= 0),
    created_at text not null, created_by text, updated_at text not null, version integer not null default 1,
    check ((employee_id is null) <> (department_id is null))) strict`,
  'create unique index target_of_person on target (employee_id, kind, period) where employee_id is not null',
  'create unique index target_of_department on target (department_id, kind, period) where department_id is not null',
  'create index target_by_employee on target (employee_id)',
  'create index target_by_department on target (department_id)',
  'create index target_by_period on target (period, kind)',
  // Reports walk the whole history of many opportunities: the stage stands in the index, so its rows are not fetched.
  'drop index opportunity_stage_by_record',
  'create index opportunity_stage_by_record on opportunity_stage (opportunity_id, entered_at, stage_id, left_at)',
]

/** The roles that every company has; its own it gives these rights itself. */
const RIGHTS: readonly (readonly [builtin: string, permission: string, scope: string])[] = [
  ['admin', 'targets.read', 'all'],
  ['admin', 'targets.manage', 'all'],
  ['salesManager', 'targets.read', 'below'],
  ['salesManager', 'targets.manage', 'below'],
  ['sales', 'targets.read', 'own'],
  ['finance', 'targets.read', 'all'],
  ['viewer', 'targets.read', 'department'],
]
const rights = RIGHTS.map(
  ([builtin, permission, scope]) =>
    `insert into role_permission (id, role_id, permission, scope)
      select upper(hex(randomblob(13))), id, '${permission}', '${scope}' from role where builtin = '${builtin}'`,
)

/** What people and departments are to reach. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...statements, ...rights]) await sql.raw(statement).execute(db)
}
