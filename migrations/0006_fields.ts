import { type Kysely, sql } from 'kysely'

const TYPES = [
  'text',
  'longText',
  'number',
  'money',
  'date',
  'time',
  'select',
  'multiSelect',
  'boolean',
  'phone',
  'email',
  'link',
  'customer',
  'formula',
]

const statements = [
  // A check cannot be changed where it stands: the table of definitions is laid anew with the further types.
  `create table custom_field_next (
    id text primary key not null, entity text not null, key text not null, label text not null check (length(label) > 0), label_key text not null,
    type text not null check (type in (${TYPES.map((type) => `'${type}'`).join(', ')})),
    options text not null default '[]' check (json_valid(options)), unit text, precision integer check (precision between 0 and 6), formula text,
    position integer not null, archived_at text, created_at text not null, updated_at text not null, version integer not null default 1) strict`,
  `insert into custom_field_next (id, entity, key, label, label_key, type, options, unit, precision, position, archived_at, created_at, updated_at, version)
    select id, entity, key, label, label_key, type, options, unit, precision, position, archived_at, created_at, updated_at, version from custom_field`,
  'drop table custom_field',
  'alter table custom_field_next rename to custom_field',
  'create unique index custom_field_key on custom_field (entity, key)',
  'create unique index custom_field_label on custom_field (entity, label_key) where archived_at is null',
  // What a company asks of a field, its own or the program's: required, unique, shown when, begun with, explained, and the words offered.
  `create table field_setting (
    id text primary key not null, entity text not null, field text not null, required integer not null default 0 check (required in (0, 1)),
    required_when text check (json_valid(required_when)), visible_when text check (json_valid(visible_when)),
    is_unique integer not null default 0 check (is_unique in (0, 1)), default_value text check (json_valid(default_value)), help text,
    options text not null default '[]' check (json_valid(options)),
    created_at text not null, updated_at text not null, version integer not null default 1) strict`,
  'create unique index field_setting_once on field_setting (entity, field)',
  `create table form_layout (
    id text primary key not null, entity text not null unique, layout text not null check (json_valid(layout)),
    created_at text not null, updated_at text not null, version integer not null default 1) strict`,
  `create table number_rule (
    id text primary key not null, entity text not null unique, pattern text not null, reset text not null check (reset in ('never', 'yearly', 'monthly')),
    start integer not null default 1 check (start >= 0), enabled integer not null default 1 check (enabled in (0, 1)),
    created_at text not null, updated_at text not null, version integer not null default 1) strict`,
  // How far a sequence has come. Technical: undo does not turn it back, so no number is given twice.
  `create table number_counter (
    entity text not null, period text not null, last integer not null, primary key (entity, period)) strict, without rowid`,
  'alter table customer add column number text',
  'create unique index customer_number on customer (number) where number is not null',
  'alter table tag add column archived_at text',
]

/** Fields with rules, the layout of forms, numbers of records, tags that are put aside. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
