import { type Kysely, sql } from 'kysely'

const tables = [
  `create table pipeline (
    id text primary key not null, name text not null check (length(name) > 0), name_key text not null unique, position integer not null default 0,
    archived_at text, created_at text not null, created_by text, updated_at text not null, version integer not null default 1) strict`,
  // `required`: fields of an opportunity that are asked for before it enters the stage.
  `create table stage (
    id text primary key not null, pipeline_id text not null references pipeline (id), name text not null check (length(name) > 0),
    kind text not null check (kind in ('open', 'won', 'lost')), probability integer not null check (probability between 0 and 100),
    rot_days integer check (rot_days > 0), required text not null default '[]' check (json_valid(required)), position integer not null default 0,
    archived_at text, created_at text not null, created_by text, updated_at text not null, version integer not null default 1) strict`,
  'create index stage_by_pipeline on stage (pipeline_id, position)',
  // Opportunities end in one of two ways.
  `create unique index stage_end on stage (pipeline_id, kind) where kind <> 'open'`,
  `create table lost_reason (
    id text primary key not null, name text not null check (length(name) > 0), name_key text not null unique, position integer not null default 0,
    archived_at text, created_at text not null, created_by text, updated_at text not null, version integer not null default 1) strict`,
  // `amount` in fen. `state` repeats the kind of the stage, which never changes, for the indexes of lists.
  `create table opportunity (
    id text primary key not null, number text, name text not null check (length(name) > 0), name_sort text not null default '',
    customer_id text references customer (id), contact_id text references contact (id), owner_id text references employee (id),
    pipeline_id text not null references pipeline (id), stage_id text not null references stage (id),
    state text not null check (state in ('open', 'won', 'lost')), stage_entered_at text not null,
    amount integer check (amount >= 0), currency text not null default 'CNY' check (currency = 'CNY'), expected_on text,
    next_step text, next_at text, source text, competitor text, note text, closed_at text, closed_on text,
    lost_reason_id text references lost_reason (id), lost_note text,
    issue text, custom text not null default '{}' check (json_valid(custom)), created_at text not null, created_by text, updated_at text not null,
    deleted_at text, deleted_with text, version integer not null default 1,
    check ((state = 'open') = (closed_at is null)), check ((closed_at is null) = (closed_on is null))) strict`,
  'create unique index opportunity_number on opportunity (number) where number is not null',
  'create index opportunity_by_customer on opportunity (customer_id, created_at)',
  'create index opportunity_by_contact on opportunity (contact_id)',
  'create index opportunity_by_pipeline on opportunity (pipeline_id)',
  'create index opportunity_by_stage on opportunity (stage_id, state, deleted_at)',
  'create index opportunity_by_reason on opportunity (lost_reason_id)',
  'create index opportunity_by_owner on opportunity (owner_id, created_at, id, customer_id, state, deleted_at)',
  'create index opportunity_deleted on opportunity (deleted_at) where deleted_at is not null',
  ...[
    ['created', 'created_at'],
    ['updated', 'updated_at'],
    ['name', 'name_sort'],
    ['amount', 'amount'],
    ['expected', 'expected_on'],
    ['next', 'next_at'],
    ['entered', 'stage_entered_at'],
    ['closed', 'closed_on'],
    ['state', 'state'],
  ].map(
    ([name, column]) =>
      `create index opportunity_by_${name} on opportunity (${column}, id, owner_id, customer_id${column === 'state' ? '' : ', state'}, deleted_at) where deleted_at is null`,
  ),
  // Each time in a stage: entered, left, by whom. A move closes one row and opens one.
  `create table opportunity_stage (
    id text primary key not null, opportunity_id text not null references opportunity (id), stage_id text not null references stage (id),
    from_stage_id text references stage (id), entered_at text not null, left_at text, by_employee_id text references employee (id),
    created_at text not null, check (left_at is null or left_at >= entered_at)) strict`,
  'create index opportunity_stage_by_record on opportunity_stage (opportunity_id, entered_at)',
  'create unique index opportunity_stage_open on opportunity_stage (opportunity_id) where left_at is null',
  'create index opportunity_stage_by_stage on opportunity_stage (stage_id, entered_at)',
  'create index opportunity_stage_by_from on opportunity_stage (from_stage_id)',
  'create index opportunity_stage_by_person on opportunity_stage (by_employee_id)',
]

const AT = '2026-11-23T00:00:00.000Z'
const PIPELINE = '01KASA00000000000000000000'
const numbered = (kind: string, n: number): string => `01KASA0000000000000000${kind}00${n}`
// What a company begins with, in the language it begins in; all of it is data afterwards.
const STAGES: readonly (readonly [string, 'open' | 'won' | 'lost', number])[] = [
  ['初步接洽', 'open', 10],
  ['需求确认', 'open', 30],
  ['方案报价', 'open', 50],
  ['谈判审核', 'open', 75],
  ['赢单', 'won', 100],
  ['输单', 'lost', 0],
]
const REASONS = ['价格', '竞争对手', '需求取消', '无预算', '联系不上', '其他']

const seeds = [
  `insert into pipeline (id, name, name_key, position, created_at, updated_at) values ('${PIPELINE}', '销售流程', '销售流程', 0, '${AT}', '${AT}')`,
  ...STAGES.map(
    ([name, kind, probability], n) =>
      `insert into stage (id, pipeline_id, name, kind, probability, position, created_at, updated_at)
        values ('${numbered('T', n)}', '${PIPELINE}', '${name}', '${kind}', ${probability}, ${n}, '${AT}', '${AT}')`,
  ),
  ...REASONS.map(
    (name, n) =>
      `insert into lost_reason (id, name, name_key, position, created_at, updated_at)
        values ('${numbered('R', n)}', '${name}', '${name}', ${n}, '${AT}', '${AT}')`,
  ),
]

const scoped = (scope: string, ...verbs: string[]): [string, string][] => verbs.map((verb) => [`opportunities.${verb}`, scope])
const CREATE: [string, string] = ['opportunities.create', 'all']
/** The roles that every company has; its own it gives these rights itself. */
const RIGHTS: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  admin: [...scoped('all', 'read', 'edit', 'delete', 'export', 'transfer', 'purge'), CREATE, ['pipelines.manage', 'all']],
  salesManager: [...scoped('below', 'read', 'edit', 'delete', 'export', 'transfer'), CREATE],
  sales: [...scoped('own', 'read', 'edit', 'delete', 'export'), CREATE],
  service: scoped('all', 'read'),
  finance: scoped('all', 'read', 'export'),
  viewer: scoped('department', 'read'),
}
const rights = Object.entries(RIGHTS).flatMap(([builtin, given]) =>
  given.map(
    ([permission, scope]) =>
      `insert into role_permission (id, role_id, permission, scope)
        select upper(hex(randomblob(13))), id, '${permission}', '${scope}' from role where builtin = '${builtin}'`,
  ),
)

/** Opportunities in pipelines of stages, with the history of each as rows. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...tables, ...seeds, ...rights]) await sql.raw(statement).execute(db)
}
