import { type Kysely, sql } from 'kysely'

const stamps = 'created_at text not null, created_by text, updated_at text not null, version integer not null default 1'
const added = `issue text, custom text not null default '{}' check (json_valid(custom))`
const buyer = 'tax_number text, address text, phone text, bank text, account text, email text, mail_address text'

const tables = [
  `create table billing_profile (
    id text primary key not null, customer_id text not null references customer (id), title text not null check (length(title) > 0),
    kind text not null default 'enterprise' check (kind in ('enterprise', 'person')), ${buyer},
    is_default integer not null default 0 check (is_default in (0, 1)), ${added}, ${stamps}, deleted_at text, deleted_with text) strict`,
  'create index billing_profile_by_customer on billing_profile (customer_id, created_at)',
  'create index billing_profile_deleted on billing_profile (deleted_at) where deleted_at is not null',
  // What the profile said when it was asked for stands here: it does not follow the profile. Amounts in fen.
  `create table invoice (
    id text primary key not null, number text not null, status text not null default 'requested' check (status in ('requested', 'issued', 'posted', 'void')),
    kind text not null check (kind in ('eGeneral', 'eSpecial', 'general', 'special')), customer_id text references customer (id),
    requester_id text references employee (id), requested_on text not null, amount_fen integer not null check (amount_fen > 0),
    buyer text not null, buyer_kind text not null check (buyer_kind in ('enterprise', 'person')), ${buyer},
    official_number text, issued_on text, posted_on text, express_no text, void_reason text, note text,
    ${added}, ${stamps}, deleted_at text, deleted_with text) strict`,
  'create unique index invoice_number on invoice (number)',
  'create index invoice_by_number on invoice (number, id)',
  'create index invoice_by_customer on invoice (customer_id, requested_on)',
  'create index invoice_by_requester on invoice (requester_id)',
  'create index invoice_by_official on invoice (official_number) where official_number is not null',
  'create index invoice_deleted on invoice (deleted_at) where deleted_at is not null',
  ...[
    ['created', 'created_at'],
    ['updated', 'updated_at'],
    ['requested', 'requested_on'],
    ['issued', 'issued_on'],
    ['amount', 'amount_fen'],
    ['status', 'status'],
  ].map(
    ([name, column]) =>
      `create index invoice_by_${name} on invoice (${column}, id, customer_id${column === 'status' ? '' : ', status'}, deleted_at) where deleted_at is null`,
  ),
  `create table invoice_line (
    id text primary key not null, invoice_id text not null references invoice (id), order_id text not null references sales_order (id),
    amount_fen integer not null check (amount_fen > 0), position integer not null, created_at text not null) strict`,
  'create index invoice_line_by_invoice on invoice_line (invoice_id, position)',
  'create index invoice_line_by_order on invoice_line (order_id, invoice_id, amount_fen)',
]

const AT = '2026-11-23T00:00:00.000Z'
const numbering = `insert into number_rule (id, entity, pattern, reset, start, enabled, created_at, updated_at)
  values ('01KASB000000000000000NR010', 'invoice', 'FP-{YYYY}{MM}-{0000}', 'monthly', 1, 1, '${AT}', '${AT}')`

const SEES = ['invoices.read', 'billing.read']
/** The roles that every company has; its own it gives these rights itself. */
const RIGHTS: Readonly<Record<string, readonly string[]>> = {
  admin: [...SEES, 'billing.write', 'invoices.create', 'invoices.issue'],
  salesManager: [...SEES, 'billing.write', 'invoices.create'],
  sales: [...SEES, 'billing.write', 'invoices.create'],
  finance: [...SEES, 'billing.write', 'invoices.create', 'invoices.issue'],
  viewer: SEES,
}
const rights = Object.entries(RIGHTS).flatMap(([builtin, given]) =>
  given.map(
    (permission) =>
      `insert into role_permission (id, role_id, permission, scope)
        select upper(hex(randomblob(13))), id, '${permission}', 'all' from role where builtin = '${builtin}'`,
  ),
)

/** Whom invoices are made out to; invoices with what of them is for which order. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...tables, numbering, ...rights]) await sql.raw(statement).execute(db)
}
