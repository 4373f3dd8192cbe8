import { type Kysely, sql } from 'kysely'

const stamps = 'created_at text not null, created_by text, updated_at text not null, version integer not null default 1'

const tables = [
  // `path` repeats the names from the top down, because lists, exports and imports name a category by it.
  `create table product_category (
    id text primary key not null, name text not null check (length(name) > 0), name_key text not null, path text not null,
    parent_id text references product_category (id), position integer not null default 0, ${stamps}) strict`,
  `create unique index product_category_sibling on product_category (coalesce(parent_id, ''), name_key)`,
  'create index product_category_by_parent on product_category (parent_id)',
  // Rates are decimal text; lists sort by the figure in it, which SQLite works out whenever it is asked.
  `create table product (
    id text primary key not null, name text not null check (length(name) > 0), name_sort text not null default '', number text,
    category_id text references product_category (id), unit text, spec text, barcode text,
    price_fen integer check (price_fen >= 0), tax_rate text check (cast(tax_rate as real) between 0 and 100),
    status text not null default 'onSale' check (status in ('onSale', 'offSale')), description text,
    custom text not null default '{}' check (json_valid(custom)), issue text,
    created_at text not null, created_by text, updated_at text not null, deleted_at text, deleted_with text,
    version integer not null default 1, tax_sort real generated always as (cast(tax_rate as real)) virtual) strict`,
  'create unique index product_number on product (number) where number is not null',
  ...[
    ['created', 'created_at, id'],
    ['updated', 'updated_at, id'],
    ['name', 'name_sort, id'],
    ['listed_number', 'number, id'],
    ['price', 'price_fen, id'],
    ['status', 'status, id'],
  ].map(([name, columns]) => `create index product_by_${name} on product (${columns}, deleted_at) where deleted_at is null`),
  // These hold all rows: SQLite asks the first for the reference before a category may go.
  'create index product_by_category on product (category_id, id, deleted_at)',
  'create index product_deleted on product (deleted_at) where deleted_at is not null',
  `create table product_cost (
    id text primary key not null, product_id text not null references product (id), cost_fen integer not null check (cost_fen >= 0),
    valid_from text not null, note text, ${stamps}) strict`,
  'create unique index product_cost_from on product_cost (product_id, valid_from)',
  `create table price_list (
    id text primary key not null, name text not null check (length(name) > 0), name_key text not null unique,
    level text check (level in ('A', 'B', 'C')), valid_from text not null, valid_to text check (valid_to >= valid_from),
    enabled integer not null default 1 check (enabled in (0, 1)), position integer not null default 0, ${stamps}) strict`,
  `create table price_list_item (
    id text primary key not null, price_list_id text not null references price_list (id), product_id text not null references product (id),
    price_fen integer not null check (price_fen >= 0), created_at text not null, updated_at text not null, version integer not null default 1) strict`,
  'create unique index price_list_item_once on price_list_item (price_list_id, product_id)',
  'create index price_list_item_by_product on price_list_item (product_id)',
]

const WRITES = ['products.write', 'products.prices', 'products.costs']
const GIVEN: readonly (readonly [builtin: string, permissions: readonly string[]])[] = [
  ['admin', WRITES],
  ['salesManager', WRITES],
  ['finance', ['products.costs']],
]
/** Whoever else has a role keeps what things cost out of sight until somebody decides otherwise. */
const SEE_COSTS = ['admin', 'salesManager', 'finance']
const listed = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(', ')

/** Roles of a folder that is in use already get what a new one begins with: everybody reads products. */
const rights = [
  `with wanted (builtin, permission) as (values ${GIVEN.flatMap(([builtin, permissions]) => permissions.map((one) => `('${builtin}', '${one}')`)).join(', ')}),
    given (role_id, permission) as (select id, 'products.read' from role union all select r.id, w.permission from role r join wanted w on w.builtin = r.builtin)
    insert into role_permission (id, role_id, permission, scope)
    select printf('01PR0DVCTS%016d', row_number() over (order by role_id, permission)), role_id, permission, 'all' from given`,
  `insert into role_field_right (id, role_id, entity, field, field_right)
    select printf('01PR0DVCTF%016d', row_number() over (order by r.id, f.value)), r.id, 'product', f.value, 'hidden'
    from role r join json_each('["costFen", "costFrom"]') f where coalesce(r.builtin, '') not in (${listed(SEE_COSTS)})`,
]

/** What a company sells: products in categories, what they cost from which day on, and price lists. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...tables, ...rights]) await sql.raw(statement).execute(db)
}
