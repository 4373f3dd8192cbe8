import { type Kysely, sql } from 'kysely'

const pools = [
  // A pool of customers nobody owns. `hidden`: fields, as `<entity>.<field>`, that its members do not see while the customer lies in it.
  `create table pool (
    id text primary key not null, name text not null check (length(name) > 0), name_key text not null unique, note text,
    hidden text not null default '[]' check (json_valid(hidden)), daily_claims integer check (daily_claims >= 0), daily_views integer check (daily_views >= 0),
    cooling_days integer not null default 0 check (cooling_days >= 0), position integer not null default 0,
    created_at text not null, created_by text, updated_at text not null, version integer not null default 1) strict`,
  `create table pool_member (
    id text primary key not null, pool_id text not null references pool (id), employee_id text references employee (id),
    department_id text references department (id), manages integer not null default 0 check (manages in (0, 1)), created_at text not null,
    check ((employee_id is null) <> (department_id is null))) strict`,
  'create unique index pool_member_employee on pool_member (pool_id, employee_id)',
  'create unique index pool_member_department on pool_member (pool_id, department_id)',
  'create index pool_member_by_employee on pool_member (employee_id)',
  'create index pool_member_by_department on pool_member (department_id)',
  // How many customers somebody may hold; neither employee nor department = everybody else. What does not count stands in `without`.
  `create table holding_limit (
    id text primary key not null, employee_id text references employee (id), department_id text references department (id),
    most integer not null check (most >= 0), without text not null default '{}' check (json_valid(without)),
    created_at text not null, updated_at text not null, version integer not null default 1,
    check (employee_id is null or department_id is null)) strict`,
  'create unique index holding_limit_employee on holding_limit (employee_id)',
  'create unique index holding_limit_department on holding_limit (department_id)',
  // Which customers go back into a pool by themselves, and when. The conditions stand as the page says them.
  `create table pool_rule (
    id text primary key not null, pool_id text not null references pool (id), name text not null check (length(name) > 0),
    basis text not null check (basis in ('followUp', 'deal', 'date')), field text, days integer not null check (days >= 0),
    level_days text not null default '{}' check (json_valid(level_days)),
    without text not null default '{}' check (json_valid(without)), day_kind text not null default 'calendar' check (day_kind in ('calendar', 'working')),
    remind_days integer not null default 0 check (remind_days >= 0), enabled_at text, starts_on text,
    allowed integer not null default 0, position integer not null default 0,
    created_at text not null, created_by text, updated_at text not null, version integer not null default 1) strict`,
  'create index pool_rule_by_pool on pool_rule (pool_id)',
  // Who came out of a pool to whom, and back: daily caps count here, so taking a claim back gives its place back.
  `create table pool_move (
    id text primary key not null, customer_id text not null references customer (id), pool_id text not null references pool (id),
    kind text not null check (kind in ('claim', 'assign', 'release', 'recycle')), employee_id text references employee (id),
    rule_id text references pool_rule (id), reason text, day text not null, created_at text not null, created_by text) strict`,
  'create index pool_move_by_customer on pool_move (customer_id, created_at)',
  'create index pool_move_by_employee on pool_move (employee_id, day, kind, pool_id)',
  'create index pool_move_by_pool on pool_move (pool_id)',
  'create index pool_move_by_rule on pool_move (rule_id)',
  // Collaborators: who else sees a record, and may edit it.
  `create table record_member (
    id text primary key not null, entity text not null, record_id text not null, employee_id text not null references employee (id),
    access text not null check (access in ('read', 'edit')), created_at text not null, created_by text, updated_at text not null,
    version integer not null default 1) strict`,
  'create unique index record_member_once on record_member (entity, record_id, employee_id)',
  'create index record_member_by_employee on record_member (employee_id, entity, record_id, access)',
]

const technical = [
  `create table pool_run (
    id text primary key not null, rule_id text not null, rule_name text not null, rule_version integer not null, at text not null, by_name text,
    state text not null check (state in ('done', 'held', 'failed')), due integer not null default 0, moved integer not null default 0,
    kept integer not null default 0, reminded integer not null default 0, batch_id text, note text) strict`,
  'create index pool_run_by_rule on pool_run (rule_id, at)',
  'create table pool_view (employee_id text not null, day text not null, pool_id text not null, customer_id text not null, primary key (employee_id, day, customer_id)) strict, without rowid',
  // Each working day of the business calendar with its number, so that SQL adds working days by looking one up.
  'create table work_day (day text primary key not null, n integer not null) strict, without rowid',
  'create index work_day_by_number on work_day (n, day)',
  // Until the calendar says otherwise: Monday to Friday.
  `insert into work_day (day, n) with recursive d (day) as (select '2015-01-01' union all select date(day, '+1 day') from d where day < '2041-01-03')
    select day, row_number() over (order by day) - 1 from d where strftime('%w', day) not in ('0', '6')`,
]

const customers = [
  'alter table customer add column pool_id text references pool (id)',
  'alter table customer add column pool_entered_at text',
  'alter table customer add column owner_since text',
  'alter table customer add column last_owner_id text',
  'alter table customer add column won_at text',
  'update customer set owner_since = created_at where owner_id is not null',
  `update customer set won_at = updated_at where status = 'won'`,
  // As in the first schema, over those who lie in no pool: lists show no others unless they name a pool. Its column stands behind
  // deleted_at for the same reason.
  ...[
    ['created', 'created_at, id, owner_id, level, status, city'],
    ['updated', 'updated_at, id, owner_id'],
    ['name', 'name_sort, id, owner_id'],
    ['last', 'last_follow_up_at, id, owner_id'],
    ['next', 'next_follow_up_at, id, owner_id'],
    ['level', 'level, id, owner_id'],
    ['status', 'status, id, owner_id'],
    ['city', 'city, id, owner_id'],
    ['phone', 'phone, id, owner_id'],
  ].flatMap(([name, columns]) => [
    `drop index customer_by_${name}`,
    `create index customer_by_${name} on customer (${columns}, deleted_at, pool_id) where deleted_at is null and pool_id is null`,
  ]),
  'drop index customer_by_owner',
  'create index customer_by_owner on customer (owner_id, created_at, id, level, status, city, deleted_at, pool_id)',
  // A pool's own list, the newest in it first; all rows, because SQLite asks it for the reference before a pool may go.
  // Only of those in a pool: as an index of all it would be taken for "in no pool", which is nearly everybody.
  'create index customer_by_pool on customer (pool_id, pool_entered_at, id, level, status, city, deleted_at) where pool_id is not null',
]

/** Pools of customers, collaborators, what a customer remembers of his owners. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...pools, ...technical, ...customers]) await sql.raw(statement).execute(db)
}
