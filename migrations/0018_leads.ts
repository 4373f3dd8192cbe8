import { type Kysely, sql } from 'kysely'

const stamps = 'created_at text not null, created_by text, updated_at text not null, version integer not null default 1'
const listed = (table: string): string => `create table ${table} (
  id text primary key not null, name text not null check (length(name) > 0), name_key text not null unique, position integer not null default 0,
  archived_at text, ${stamps}) strict`

const tables = [
  listed('lead_source'),
  listed('lead_invalid_reason'),
  // `cap`: open leads that one member may hold while he claims. `recycle_days`: so long an owner may be silent until a lead comes back.
  `create table lead_pool (
    id text primary key not null, name text not null check (length(name) > 0), name_key text not null unique,
    cap integer check (cap > 0), recycle_days integer check (recycle_days > 0), archived_at text, ${stamps}) strict`,
  `create table lead_pool_member (
    id text primary key not null, pool_id text not null references lead_pool (id), employee_id text not null references employee (id),
    created_at text not null) strict`,
  'create unique index lead_pool_member_once on lead_pool_member (pool_id, employee_id)',
  'create index lead_pool_member_by_employee on lead_pool_member (employee_id)',
  // `pool_id`: where a lead that the rule gave goes back to. `members`: people in their order, each with the regions that are his.
  `create table lead_rule (
    id text primary key not null, name text not null check (length(name) > 0), position integer not null default 0,
    enabled integer not null default 1 check (enabled in (0, 1)), sources text not null default '[]' check (json_valid(sources)),
    places text not null default '[]' check (json_valid(places)), method text not null check (method in ('roundRobin', 'byRegion', 'byLoad')),
    members text not null default '[]' check (json_valid(members)), hours text check (hours is null or json_valid(hours)),
    pool_id text references lead_pool (id), archived_at text, ${stamps}) strict`,
  'create index lead_rule_by_pool on lead_rule (pool_id)',
  `create table lead (
    id text primary key not null, number text, name text not null check (length(name) > 0), name_sort text not null default '',
    company text, person text, title text, phone text, wechat text, email text, province text, city text, district text, address text,
    industry text, campaign text, note text, source_id text references lead_source (id), pool_id text references lead_pool (id),
    home_pool_id text references lead_pool (id), owner_id text references employee (id),
    status text not null default 'new' check (status in ('new', 'contacted', 'qualified', 'converted', 'invalid')),
    arrived_at text not null, assigned_at text, first_follow_up_at text, last_follow_up_at text, next_follow_up_at text,
    invalid_reason_id text references lead_invalid_reason (id), invalid_note text, invalid_at text, converted_at text,
    converted_customer_id text references customer (id), converted_contact_id text references contact (id),
    converted_opportunity_id text references opportunity (id), issue text, custom text not null default '{}' check (json_valid(custom)),
    created_at text not null, created_by text, updated_at text not null, deleted_at text, deleted_with text, version integer not null default 1,
    check (pool_id is null or owner_id is null), check ((status = 'converted') = (converted_at is not null)),
    check ((status = 'invalid') = (invalid_at is not null))) strict`,
  'create unique index lead_number on lead (number) where number is not null',
  'create index lead_by_source on lead (source_id)',
  'create index lead_by_pool on lead (pool_id, created_at)',
  'create index lead_by_home on lead (home_pool_id)',
  'create index lead_by_reason on lead (invalid_reason_id)',
  'create index lead_by_customer on lead (converted_customer_id, id) where converted_customer_id is not null',
  'create index lead_by_contact on lead (converted_contact_id, id) where converted_contact_id is not null',
  'create index lead_by_opportunity on lead (converted_opportunity_id, id) where converted_opportunity_id is not null',
  'create index lead_by_owner on lead (owner_id, created_at, id, pool_id, status, deleted_at)',
  'create index lead_deleted on lead (deleted_at) where deleted_at is not null',
  ...[
    ['created', 'created_at'],
    ['updated', 'updated_at'],
    ['name', 'name_sort'],
    ['status', 'status'],
    ['arrived', 'arrived_at'],
    ['assigned', 'assigned_at'],
    ['last', 'last_follow_up_at'],
    ['next', 'next_follow_up_at'],
    ['province', 'province'],
    ['city', 'city'],
  ].map(
    ([name, column]) =>
      `create index lead_by_${name} on lead (${column}, id, owner_id, pool_id${column === 'status' ? '' : ', status'}, deleted_at) where deleted_at is null`,
  ),
  `create table lead_follow_up (
    id text primary key not null, lead_id text not null references lead (id), kind text not null check (kind in ('call', 'visit', 'wechat', 'email', 'note')),
    text text not null check (length(text) > 0), happened_at text not null, next_at text, author_id text references employee (id), ${stamps}) strict`,
  'create index lead_follow_up_by_lead on lead_follow_up (lead_id, happened_at)',
  'create index lead_follow_up_by_author on lead_follow_up (author_id)',
  // Whose a lead became, why and by whom; `wait`: a rule is for it, and gives it when its hours begin.
  `create table lead_move (
    id text primary key not null, lead_id text not null references lead (id),
    kind text not null check (kind in ('rule', 'wait', 'claim', 'assign', 'transfer', 'release', 'recycle')),
    employee_id text references employee (id), from_employee_id text references employee (id), pool_id text references lead_pool (id),
    rule_id text references lead_rule (id), by_employee_id text references employee (id), created_at text not null) strict`,
  'create index lead_move_by_lead on lead_move (lead_id, created_at)',
  'create index lead_move_by_rule on lead_move (rule_id, employee_id, created_at)',
  'create index lead_move_by_employee on lead_move (employee_id)',
  'create index lead_move_by_from on lead_move (from_employee_id)',
  'create index lead_move_by_pool on lead_move (pool_id)',
  'create index lead_move_by_person on lead_move (by_employee_id)',
]

const AT = '2026-11-23T00:00:00.000Z'
// What a company begins with, in the language it begins in; all of it is data afterwards.
const SOURCES = ['官网', '展会', '转介绍', '电话营销', '广告', '其他']
const REASONS = ['空号或错号', '没有需求', '重复线索', '不在服务范围', '同行', '其他']
const named = (table: string, letter: string, names: readonly string[]): string[] =>
  names.map(
    (name, n) => `insert into ${table} (id, name, name_key, position, created_at, updated_at)
      values ('01KASA000000000000000${letter}00${n}', '${name}', '${name}', ${n}, '${AT}', '${AT}')`,
  )
const seeds = [...named('lead_source', 'WS', SOURCES), ...named('lead_invalid_reason', 'WR', REASONS)]

type Given = readonly (readonly [string, string])[]
const scoped = (scope: string, ...verbs: string[]): Given => verbs.map((verb) => [`leads.${verb}`, scope] as const)
const plain = (...names: string[]): Given => names.map((name) => [name, 'all'] as const)
/** The roles that every company has; its own it gives these rights itself. */
const RIGHTS: Readonly<Record<string, Given>> = {
  admin: [
    ...scoped('all', 'read', 'edit', 'delete', 'export', 'transfer', 'purge'),
    ...plain('leads.create', 'leads.assign', 'leads.claim', 'leadPools.manage'),
  ],
  salesManager: [
    ...scoped('below', 'read', 'edit', 'delete', 'export', 'transfer'),
    ...plain('leads.create', 'leads.assign', 'leads.claim'),
  ],
  sales: [...scoped('own', 'read', 'edit', 'delete', 'export'), ...plain('leads.create', 'leads.claim')],
  service: [...scoped('all', 'read'), ...plain('leads.create')],
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
const FIELD_RIGHTS: readonly (readonly [role: string, field: string, right: string])[] = [
  ['viewer', 'phone', 'masked'],
  ['viewer', 'email', 'masked'],
  ['viewer', 'wechat', 'masked'],
  ['finance', 'lastFollowUpAt', 'hidden'],
  ['finance', 'nextFollowUpAt', 'hidden'],
  ['finance', 'firstFollowUpAt', 'hidden'],
]
const fieldRights = FIELD_RIGHTS.map(
  ([builtin, field, right]) =>
    `insert into role_field_right (id, role_id, entity, field, field_right)
      select upper(hex(randomblob(13))), id, 'lead', '${field}', '${right}' from role where builtin = '${builtin}'`,
)

/** Leads with their sources, pools, rules of assignment and follow-ups of their own. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...tables, ...seeds, ...rights, ...fieldRights]) await sql.raw(statement).execute(db)
}
