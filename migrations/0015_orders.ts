import { type Kysely, sql } from 'kysely'

const stamps = 'created_at text not null, created_by text, updated_at text not null, version integer not null default 1'
const added = `issue text, custom text not null default '{}' check (json_valid(custom))`
const AMOUNTS = ['total', 'received', 'due'] as const

const tables = [
  // Sums in fen. `total_fen` = `lines_fen` - `discount_fen`; `received_fen` and `refunded_fen` repeat what the allocations say.
  `create table sales_order (
    id text primary key not null, number text, name text not null check (length(name) > 0), name_sort text not null default '',
    customer_id text references customer (id), contact_id text references contact (id), opportunity_id text references opportunity (id),
    owner_id text references employee (id),
    status text not null default 'draft' check (status in ('draft', 'confirmed', 'delivered', 'cancelled')),
    signed_on text, delivered_on text, currency text not null default 'CNY' check (currency = 'CNY'),
    lines_fen integer not null default 0, discount_fen integer not null default 0 check (discount_fen >= 0),
    total_fen integer not null default 0, tax_fen integer not null default 0, list_fen integer, cost_fen integer,
    expense_fen integer check (expense_fen >= 0), received_fen integer not null default 0, refunded_fen integer not null default 0,
    cancel_reason text, note text, ${added}, ${stamps}, deleted_at text, deleted_with text,
    due_fen integer generated always as (iif(status = 'cancelled', 0, total_fen - received_fen + refunded_fen)) virtual,
    check (total_fen = lines_fen - discount_fen)) strict`,
  // Two of the same number only where an import brought them, flagged.
  'create unique index sales_order_number on sales_order (number) where number is not null and issue is null',
  'create index sales_order_by_number on sales_order (number, id)',
  'create index sales_order_by_customer on sales_order (customer_id, created_at)',
  'create index sales_order_by_contact on sales_order (contact_id)',
  'create index sales_order_by_opportunity on sales_order (opportunity_id)',
  'create index sales_order_by_owner on sales_order (owner_id, created_at, id, customer_id, status, deleted_at)',
  'create index sales_order_deleted on sales_order (deleted_at) where deleted_at is not null',
  ...[
    ['created', 'created_at'],
    ['updated', 'updated_at'],
    ['name', 'name_sort'],
    ['status', 'status'],
    ['signed', 'signed_on'],
    ['delivered', 'delivered_on'],
    ...AMOUNTS.map((amount) => [amount, `${amount}_fen`]),
  ].map(
    ([name, column]) =>
      `create index sales_order_by_${name} on sales_order (${column}, id, owner_id, customer_id${column === 'status' ? '' : ', status'}, deleted_at) where deleted_at is null`,
  ),
  // Quantities and rates are decimal text; `list_price_fen` and `cost_fen` are those of one piece on the day of signing.
  `create table order_line (
    id text primary key not null, order_id text not null references sales_order (id), product_id text references product (id),
    name text not null check (length(name) > 0), unit text, quantity text not null, price_fen integer not null check (price_fen >= 0),
    discount text not null default '0', tax_rate text, list_price_fen integer, cost_fen integer, amount_fen integer not null,
    position integer not null, note text, created_at text not null) strict`,
  'create index order_line_by_order on order_line (order_id, position)',
  'create index order_line_by_product on order_line (product_id)',
  // The shares of a role add up to 100.
  `create table order_person (
    id text primary key not null, order_id text not null references sales_order (id), employee_id text not null references employee (id),
    role text not null check (length(role) > 0), share text not null, position integer not null, created_at text not null) strict`,
  'create unique index order_person_once on order_person (order_id, role, employee_id)',
  'create index order_person_by_person on order_person (employee_id)',
  // What an order was and became, as it was known on a day: rows are added and never changed.
  `create table order_revision (
    id text primary key not null, order_id text not null references sales_order (id), recorded_on text not null,
    was text not null check (json_valid(was)), became text not null check (json_valid(became)),
    by_employee_id text references employee (id), created_at text not null) strict`,
  'create index order_revision_by_order on order_revision (order_id, recorded_on, created_at)',
  'create index order_revision_by_person on order_revision (by_employee_id)',
  `create table payment_plan (
    id text primary key not null, order_id text not null references sales_order (id), position integer not null,
    due_on text not null, amount_fen integer not null check (amount_fen > 0), received_fen integer not null default 0,
    void integer not null default 0 check (void in (0, 1)), note text, ${stamps}) strict`,
  'create index payment_plan_by_order on payment_plan (order_id, position)',
  'create index payment_plan_by_due on payment_plan (due_on, order_id) where void = 0',
  // `allocated_fen` repeats what its allocations say: below zero for a refund.
  `create table payment (
    id text primary key not null, number text not null, kind text not null default 'payment' check (kind in ('payment', 'refund')),
    customer_id text references customer (id), refund_of text references payment (id), author_id text references employee (id),
    received_on text not null, amount_fen integer not null check (amount_fen > 0), allocated_fen integer not null default 0,
    method text not null, reference text, note text, ${added}, ${stamps}, deleted_at text, deleted_with text) strict`,
  'create unique index payment_number on payment (number) where issue is null',
  'create index payment_by_number on payment (number, id)',
  'create index payment_by_customer on payment (customer_id, received_on)',
  'create index payment_by_original on payment (refund_of)',
  'create index payment_by_author on payment (author_id)',
  'create index payment_by_reference on payment (reference) where reference is not null',
  'create index payment_deleted on payment (deleted_at) where deleted_at is not null',
  ...[
    ['created', 'created_at'],
    ['updated', 'updated_at'],
    ['day', 'received_on'],
    ['amount', 'amount_fen'],
  ].map(
    ([name, column]) =>
      `create index payment_by_${name} on payment (${column}, id, customer_id, kind, deleted_at) where deleted_at is null`,
  ),
  // What of a payment belongs to which order, and to which of its plans; below zero for what a refund takes back.
  `create table payment_allocation (
    id text primary key not null, payment_id text not null references payment (id), order_id text not null references sales_order (id),
    plan_id text references payment_plan (id), amount_fen integer not null check (amount_fen <> 0), position integer not null,
    created_at text not null) strict`,
  'create index payment_allocation_by_payment on payment_allocation (payment_id, position)',
  'create index payment_allocation_by_order on payment_allocation (order_id, amount_fen)',
  'create index payment_allocation_by_plan on payment_allocation (plan_id)',
]

const AT = '2026-11-23T00:00:00.000Z'
const numbering = [
  ['order', 'DD-{YYYY}{MM}-{0000}'],
  ['payment', 'HK-{YYYY}{MM}-{0000}'],
].map(
  ([entity, pattern], n) =>
    `insert into number_rule (id, entity, pattern, reset, start, enabled, created_at, updated_at)
      values ('01KASB000000000000000NR00${n}', '${entity}', '${pattern}', 'monthly', 1, 1, '${AT}', '${AT}')`,
)

const scoped = (scope: string, ...verbs: string[]): [string, string][] => verbs.map((verb) => [`orders.${verb}`, scope])
const all = (...names: string[]): [string, string][] => names.map((name) => [name, 'all'])
/** The roles that every company has; its own it gives these rights itself. */
const RIGHTS: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  admin: [
    ...scoped('all', 'read', 'edit', 'delete', 'export', 'transfer', 'purge'),
    ...all('orders.create', 'payments.read', 'payments.write'),
  ],
  salesManager: [...scoped('below', 'read', 'edit', 'delete', 'export', 'transfer'), ...all('orders.create', 'payments.read')],
  sales: [...scoped('own', 'read', 'edit', 'delete', 'export'), ...all('orders.create', 'payments.read')],
  service: scoped('all', 'read'),
  finance: [...scoped('all', 'read', 'export'), ...all('payments.read', 'payments.write')],
  viewer: [...scoped('department', 'read'), ...all('payments.read')],
}
const rights = Object.entries(RIGHTS).flatMap(([builtin, given]) =>
  given.map(
    ([permission, scope]) =>
      `insert into role_permission (id, role_id, permission, scope)
        select upper(hex(randomblob(13))), id, '${permission}', '${scope}' from role where builtin = '${builtin}'`,
  ),
)
/** Whoever does not see what products cost does not see it in orders either. */
const hidden = `insert into role_field_right (id, role_id, entity, field, field_right)
  select upper(hex(randomblob(13))), role_id, 'order', 'costFen', 'hidden' from role_field_right
  where entity = 'product' and field = 'costFen' and field_right = 'hidden'`

/** Orders with lines, people and revisions; plans of payment; payments and refunds with what they are for. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...tables, ...numbering, ...rights, hidden]) await sql.raw(statement).execute(db)
}
