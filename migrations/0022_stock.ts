import { type Kysely, sql } from 'kysely'

const stamps = 'created_at text not null, created_by text, updated_at text not null, version integer not null default 1'
const flag = (column: string) => `${column} integer not null default 0 check (${column} in (0, 1))`

// Quantities are whole ten-thousandths of a piece.
const stock = [
  `alter table product add column ${flag('stocked')}`,
  `create table warehouse (
    id text primary key not null, name text not null check (length(name) > 0), name_key text not null unique,
    ${flag('is_default')}, ${flag('archived')}, position integer not null default 0, ${stamps}) strict`,
  // `on_hand` and `demand` repeat what moves and reservations say. Who reserved first is served first.
  `create table stock_level (
    id text primary key not null, product_id text not null references product (id), warehouse_id text not null references warehouse (id),
    on_hand integer not null default 0, demand integer not null default 0 check (demand >= 0), issue text, ${stamps}, deleted_at text,
    reserved integer generated always as (max(0, min(on_hand, demand))) virtual,
    available integer generated always as (on_hand - max(0, min(on_hand, demand))) virtual) strict`,
  'create unique index stock_level_place on stock_level (product_id, warehouse_id)',
  'create index stock_level_by_warehouse on stock_level (warehouse_id)',
  'create index stock_level_by_updated on stock_level (updated_at, id)',
  'create index stock_level_by_created on stock_level (created_at, id)',
  // Append only. `forced`: it went beyond what was free, by right and for the reason given. `other_id`: the other side of a transfer.
  `create table stock_move (
    id text primary key not null, level_id text not null references stock_level (id),
    kind text not null check (kind in ('in', 'out', 'transfer', 'count')), units integer not null check (units <> 0 or kind = 'count'),
    reason text, ${flag('forced')}, order_id text references sales_order (id), purchase_id text references purchase (id),
    purchase_line_id text references purchase_line (id), doc text, other_id text references warehouse (id),
    by_employee_id text references employee (id), created_at text not null,
    check (forced = 0 or length(reason) > 0)) strict`,
  'create index stock_move_by_level on stock_move (level_id, id, units)',
  'create index stock_move_by_order on stock_move (order_id, level_id, units) where order_id is not null',
  'create index stock_move_by_purchase on stock_move (purchase_id, units) where purchase_id is not null',
  'create index stock_move_by_line on stock_move (purchase_line_id, units) where purchase_line_id is not null',
  'create index stock_move_by_other on stock_move (other_id, id) where other_id is not null',
  'create index stock_move_by_person on stock_move (by_employee_id)',
  `create table stock_reservation (
    id text primary key not null, order_id text not null references sales_order (id), level_id text not null references stock_level (id),
    wanted integer not null check (wanted > 0), position integer not null, created_at text not null, updated_at text not null,
    version integer not null default 1) strict`,
  'create index stock_reservation_by_order on stock_reservation (order_id)',
  'create index stock_reservation_by_level on stock_reservation (level_id, position, id, wanted)',
]

const purchases = [
  // `stage` is what people decided, `state` what it comes to with what has arrived; `ordered` and `received` sum its lines.
  `create table purchase (
    id text primary key not null, number text, supplier text, warehouse_id text not null references warehouse (id),
    stage text not null default 'draft' check (stage in ('draft', 'pending', 'approved', 'cancelled')), mark text, expected_on text,
    amount_fen integer not null default 0 check (amount_fen >= 0), ordered integer not null default 0, received integer not null default 0,
    author_id text references employee (id), note text, cancel_reason text, issue text, ${stamps}, deleted_at text,
    state text generated always as (case when stage <> 'approved' then stage when received >= ordered then 'received'
      when received > 0 then 'partial' else 'approved' end) virtual,
    check (stage not in ('pending', 'approved') or mark is not null)) strict`,
  'create unique index purchase_number on purchase (number) where number is not null',
  'create index purchase_by_warehouse on purchase (warehouse_id)',
  'create index purchase_by_author on purchase (author_id)',
  ...[
    ['created', 'created_at'],
    ['updated', 'updated_at'],
    ['expected', 'expected_on'],
    ['amount', 'amount_fen'],
  ].map(([name, column]) => `create index purchase_by_${name} on purchase (${column}, id, deleted_at) where deleted_at is null`),
  `create table purchase_line (
    id text primary key not null, purchase_id text not null references purchase (id), position integer not null,
    product_id text not null references product (id), order_id text references sales_order (id), units integer not null check (units > 0),
    price_fen integer check (price_fen >= 0), received integer not null default 0, note text, created_at text not null,
    updated_at text not null, version integer not null default 1) strict`,
  'create index purchase_line_by_purchase on purchase_line (purchase_id, position)',
  'create index purchase_line_by_product on purchase_line (product_id, purchase_id)',
  'create index purchase_line_by_order on purchase_line (order_id, id) where order_id is not null',
]

const AT = '2026-11-23T00:00:00.000Z'
const FLOW = '01KAST0000000000000000F000'
const seeds = [
  `insert into warehouse (id, name, name_key, is_default, created_at, updated_at)
    values ('01KAST0000000000000000W000', '默认仓库', '默认仓库', 1, '${AT}', '${AT}')`,
  `insert into approval_flow (id, subject, name, position, created_at, updated_at)
    values ('${FLOW}', 'purchase', '采购审批', 0, '${AT}', '${AT}')`,
  `insert into approval_step (id, flow_id, position, kind, level, mode, created_at, updated_at)
    values ('01KAST0000000000000000S000', '${FLOW}', 0, 'manager', 1, 'any', '${AT}', '${AT}')`,
  `insert into number_rule (id, entity, pattern, reset, start, enabled, created_at, updated_at)
    values ('01KAST0000000000000000N000', 'purchase', 'CG-{YYYY}{MM}-{0000}', 'monthly', 1, 1, '${AT}', '${AT}')`,
]

/** The roles that every company has; its own it gives these rights itself. */
const RIGHTS: Readonly<Record<string, readonly string[]>> = {
  admin: [
    'stock.read',
    'stock.move',
    'stock.negative',
    'warehouses.manage',
    'purchases.read',
    'purchases.write',
    'purchases.receive',
  ],
  salesManager: ['stock.read', 'stock.move', 'purchases.read', 'purchases.write', 'purchases.receive'],
  sales: ['stock.read', 'purchases.read'],
  service: ['stock.read'],
  finance: ['stock.read', 'purchases.read'],
  viewer: ['stock.read'],
}
const rights = Object.entries(RIGHTS).flatMap(([builtin, given]) =>
  given.map(
    (permission) =>
      `insert into role_permission (id, role_id, permission, scope)
        select upper(hex(randomblob(13))), id, '${permission}', 'all' from role where builtin = '${builtin}'`,
  ),
)
/** Whoever does not see what products cost does not see it in purchases either. */
const hidden = `insert into role_field_right (id, role_id, entity, field, field_right)
  select upper(hex(randomblob(13))), role_id, 'purchase', 'amountFen', 'hidden' from role_field_right
  where entity = 'product' and field = 'costFen' and field_right = 'hidden'`

/** Warehouses, what lies in them and how it came and went, what is kept for orders; purchase requests with what arrived of them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...stock, ...purchases, ...seeds, ...rights, hidden]) await sql.raw(statement).execute(db)
}
