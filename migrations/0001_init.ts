import { type Kysely, sql } from 'kysely'

/** What every record that people work with carries: who, when, which version, recycle bin, import flag, custom fields. */
const record = `
  issue text,
  custom text not null default '{}' check (json_valid(custom)),
  created_at text not null,
  created_by text,
  updated_at text not null,
  deleted_at text,
  deleted_with text,
  version integer not null default 1`

const people = [
  `create table workspace (
    id text primary key not null, company text not null, time_zone text not null, language text not null default 'zh-CN',
    phone_area text, matching text not null default 'zh' check (matching in ('zh', 'en')), sample_batch_id text,
    created_at text not null, updated_at text not null, version integer not null default 1) strict`,
  `create table department (
    id text primary key not null, name text not null, parent_id text references department (id), manager_id text references employee (id),
    position integer not null default 0, created_at text not null, updated_at text not null, version integer not null default 1) strict`,
  `create table employee (
    id text primary key not null, name text not null, name_sort text not null default '', phone text, email text, hired_on text, left_on text,
    created_at text not null, updated_at text not null, version integer not null default 1) strict`,
  // Effective-dated: commission and reports ask where somebody worked on a day, not where he works now.
  `create table employment (
    id text primary key not null, employee_id text not null references employee (id), department_id text references department (id),
    manager_id text references employee (id), rank text, team text, valid_from text not null, valid_to text,
    created_at text not null, check (valid_to is null or valid_to > valid_from)) strict`,
  'create unique index employment_start on employment (employee_id, valid_from)',
  `create table role (
    id text primary key not null, name text not null unique, builtin text unique, description text,
    created_at text not null, updated_at text not null, version integer not null default 1) strict`,
  `create table role_permission (
    id text primary key not null, role_id text not null references role (id), permission text not null, scope text not null
    check (scope in ('own', 'department', 'below', 'all'))) strict`,
  'create unique index role_permission_once on role_permission (role_id, permission)',
  `create table role_field_right (
    id text primary key not null, role_id text not null references role (id), entity text not null, field text not null,
    field_right text not null check (field_right in ('hidden', 'masked', 'read', 'write'))) strict`,
  'create unique index role_field_right_once on role_field_right (role_id, entity, field)',
  `create table user_account (
    id text primary key not null, employee_id text unique references employee (id), login text not null, login_key text not null unique,
    disabled_at text, created_at text not null, updated_at text not null, version integer not null default 1) strict`,
  `create table user_role (
    id text primary key not null, user_id text not null references user_account (id), role_id text not null references role (id)) strict`,
  'create unique index user_role_once on user_role (user_id, role_id)',
  'create index user_role_by_role on user_role (role_id)',
  'create index employment_by_department on employment (department_id)',
  'create index employment_by_manager on employment (manager_id)',
  'create index department_by_parent on department (parent_id)',
  'create index department_by_manager on department (manager_id)',
]

const customers = [
  `create table customer (
    id text primary key not null, name text not null check (length(name) > 0), name_sort text not null default '', name_core text not null default '',
    kind text not null default 'company' check (kind in ('company', 'person')),
    level text check (level in ('A', 'B', 'C')), status text not null default 'potential' check (status in ('potential', 'active', 'won', 'lost')),
    owner_id text references employee (id), phone text, phone2 text, email text, website text, credit_code text, industry text, source text,
    province text, city text, district text, address text, note text, next_follow_up_at text, last_follow_up_at text,
    ${record}) strict`,
  `create table contact (
    id text primary key not null, customer_id text not null references customer (id), name text not null check (length(name) > 0), name_sort text not null default '',
    title text, phone text, phone2 text, email text, wechat text, is_primary integer not null default 0 check (is_primary in (0, 1)), note text,
    ${record}) strict`,
  `create table address (
    id text primary key not null, customer_id text not null references customer (id), label text not null, recipient text, phone text,
    province text, city text, district text, detail text, ${record}) strict`,
  `create table follow_up (
    id text primary key not null, customer_id text not null references customer (id), contact_id text references contact (id),
    kind text not null check (kind in ('call', 'visit', 'wechat', 'email', 'note')), text text not null,
    happened_at text not null, next_at text, author_id text references employee (id), ${record}) strict`,
  `create table tag (
    id text primary key not null, name text not null, name_key text not null unique, tone text not null default 'ink',
    created_at text not null, updated_at text not null, version integer not null default 1) strict`,
  `create table record_tag (
    id text primary key not null, tag_id text not null references tag (id), entity text not null, record_id text not null, created_at text not null) strict`,
  // Fields that a company adds by itself; their values stand in the column `custom` of each record, by key.
  `create table custom_field (
    id text primary key not null, entity text not null, key text not null, label text not null check (length(label) > 0), label_key text not null,
    type text not null check (type in ('text', 'longText', 'number', 'money', 'date', 'select', 'multiSelect', 'boolean', 'phone', 'email', 'link')),
    options text not null default '[]' check (json_valid(options)), unit text, precision integer check (precision between 0 and 6),
    position integer not null, archived_at text, created_at text not null, updated_at text not null, version integer not null default 1) strict`,
  'create unique index custom_field_key on custom_field (entity, key)',
  'create unique index custom_field_label on custom_field (entity, label_key) where archived_at is null',
  'create unique index record_tag_once on record_tag (entity, record_id, tag_id)',
  'create index record_tag_by_tag on record_tag (tag_id)',
  // Two customers that somebody said are not one: no search for duplicates brings them together again. The lesser id first.
  `create table not_duplicate (
    id text primary key not null, first_id text not null references customer (id), second_id text not null references customer (id),
    created_at text not null, created_by text, check (first_id < second_id)) strict`,
  'create unique index not_duplicate_once on not_duplicate (first_id, second_id)',
  'create index not_duplicate_by_second on not_duplicate (second_id)',
  // Each list order is served by one index over living rows, with the id last so that paging is stable. The owner stands in each
  // so that a salesman's page skips other people's rows inside the index, and deleted_at so that SQLite knows it needs no row.
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
  ].map(([name, columns]) => `create index customer_by_${name} on customer (${columns}, deleted_at) where deleted_at is null`),
  // This one holds all rows: SQLite asks it for the reference before an employee may go, whether or not the customer is deleted.
  'create index customer_by_owner on customer (owner_id, created_at, id, level, status, city, deleted_at)',
  'create index customer_deleted on customer (deleted_at) where deleted_at is not null',
  'create index contact_by_customer on contact (customer_id)',
  'create index contact_by_created on contact (created_at, id, customer_id, deleted_at) where deleted_at is null',
  'create index contact_by_name on contact (name_sort, id, customer_id, deleted_at) where deleted_at is null',
  // What was removed by itself, not with its customer: emptying the recycle bin asks for it by age.
  ...['contact', 'address', 'follow_up'].map(
    (table) => `create index ${table}_deleted on ${table} (deleted_at) where deleted_at is not null and deleted_with is null`,
  ),
  'create index address_by_customer on address (customer_id)',
  'create index follow_up_by_customer on follow_up (customer_id, happened_at)',
  'create index follow_up_by_contact on follow_up (contact_id)',
  'create index follow_up_by_author on follow_up (author_id, happened_at)',
]

const calendar = [
  `create table calendar_day (
    id text primary key not null, day text not null unique, kind text not null check (kind in ('holiday', 'workday')), name text,
    created_at text not null, updated_at text not null, version integer not null default 1) strict`,
  // Working hours as JSON: weekday 1-7 -> [["09:00","12:00"],["13:30","18:00"]]
  `create table calendar_hours (
    id text primary key not null, weekday integer not null unique check (weekday between 1 and 7), spans text not null check (json_valid(spans)),
    updated_at text not null, version integer not null default 1) strict`,
]

const technical = [
  'create table meta (key text primary key not null, value text not null) strict',
  // The number of the command that is writing now; null outside a command, which makes every trigger refuse.
  'create table current_command (id integer primary key check (id = 1), seq integer) strict',
  'insert into current_command (id, seq) values (1, null)',
  `create table command (
    seq integer primary key not null, id text not null unique, at text not null, actor_id text, actor_name text not null, origin text not null,
    procedure text not null, action text not null, entity text, record_id text, detail text, batch_id text, undoes integer, irreversible text,
    row_count integer not null, images text not null, previous text not null, hash text not null) strict`,
  'create index command_by_batch on command (batch_id) where batch_id is not null',
  'create index command_by_undoes on command (undoes) where undoes is not null',
  'create index command_by_record on command (entity, record_id)',
  'create index command_by_actor on command (actor_id, seq)',
  `create table journal (
    id integer primary key not null, seq integer not null, tbl text not null, row_id text not null, op text not null check (op in ('i', 'u', 'd')),
    before text, after text) strict`,
  'create index journal_by_row on journal (tbl, row_id)',
  'create index journal_by_seq on journal (seq)',
  `create table idempotency (
    actor text not null, key text not null, procedure text not null, input_hash text not null, seq integer, reply text, at text not null,
    primary key (actor, key)) strict, without rowid`,
  'create index idempotency_by_at on idempotency (at)',
  `create table session (
    id text primary key not null, token_hash text not null unique, user_id text not null, origin text not null, device text not null,
    created_at text not null, last_seen_at text not null, idle_until text not null, expires_at text not null) strict`,
  'create index session_by_user on session (user_id)',
  `create table credential (
    user_id text primary key not null, password_hash text not null, must_change integer not null default 0, changed_at text not null) strict`,
  `create table login_guard (
    key text primary key not null, failures integer not null, last_at text not null, locked_until text) strict`,
  `create table job (
    id text primary key not null, kind text not null, title text not null, owner_id text, owner_name text not null, state text not null
    check (state in ('waiting', 'running', 'paused', 'done', 'failed', 'cancelled', 'interrupted')), input text not null, cursor text, done integer not null default 0,
    total integer, result text, error text, attempt integer not null default 0, run_key text unique, wanted text check (wanted in ('pause', 'cancel')),
    created_at text not null, started_at text, beat_at text, finished_at text) strict`,
  'create index job_by_state on job (state, created_at)',
  `create table schedule (
    id text primary key not null, kind text not null unique, cron text not null, zone text not null, enabled integer not null default 1,
    missed text not null check (missed in ('once', 'skip', 'all')), owner text not null default 'system', next_run_at text, last_run_at text, last_state text,
    last_result text, retries integer not null default 0, max_retries integer not null default 0) strict`,
  `create table import_run (
    id text primary key not null, entity text not null, file_name text not null, file_size integer not null, user_id text, user_name text not null, state text not null,
    batch_id text not null unique, job_id text, mapping text, options text, summary text, rows_read integer not null default 0, created integer not null default 0,
    updated integer not null default 0, skipped integer not null default 0, failed integer not null default 0, created_at text not null,
    started_at text, finished_at text, undone_at text, undo_until text) strict`,
  'create table import_memory (fingerprint text primary key not null, entity text not null, mapping text not null, at text not null) strict',
  // What a search of the whole base found. Ids without reference: a result outlives its customers, and whoever shows it joins them.
  `create table duplicate_run (
    id text primary key not null, user_id text, user_name text not null, state text not null check (state in ('searching', 'done', 'stopped')),
    customers integer not null default 0, compared integer not null default 0, sure integer not null default 0, maybe integer not null default 0,
    created_at text not null, finished_at text) strict`,
  `create table duplicate_pair (
    run_id text not null, first_id text not null, second_id text not null, sure integer not null check (sure in (0, 1)), bits real not null,
    primary key (run_id, first_id, second_id)) strict, without rowid`,
  `create table duplicate_group (
    run_id text not null, n integer not null, sure integer not null check (sure in (0, 1)), score integer not null,
    because text not null check (json_valid(because)), primary key (run_id, n)) strict, without rowid`,
  `create table duplicate_member (
    run_id text not null, n integer not null, customer_id text not null, primary key (run_id, n, customer_id)) strict, without rowid`,
  'create index duplicate_member_by_customer on duplicate_member (customer_id)',
  'create table user_setting (user_id text not null, key text not null, value text not null, primary key (user_id, key)) strict, without rowid',
  // Search keys are derived from business rows in the same transaction; doc ids are own integers because VACUUM may renumber rowids.
  'create table search_doc (id integer primary key not null, entity text not null, record_id text not null, customer_id text, keys text not null) strict',
  'create unique index search_doc_by_record on search_doc (entity, record_id)',
  `create virtual table search_index using fts5 (name, pinyin, initials, digits, scope, content='', contentless_delete=1, detail=full, tokenize="ascii", prefix='1 2 3')`,
  // Documents that are to be brought into the index, or with nulls out of it; until then a search looks through them here.
  'create table search_pending (doc integer primary key not null, name text, pinyin text, initials text, digits text, scope text) strict',
  // Keys are numbers (matching/keyNumber.ts): as text they were most of the base's writing. What a document stands under its own row says.
  'create table match_key (key integer not null, doc integer not null, primary key (key, doc)) strict, without rowid',
]

/** The first schema: people, customers and what hangs on them, the journal, sessions, jobs, import and search. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...people, ...customers, ...calendar, ...technical]) await sql.raw(statement).execute(db)
}
