import { type Kysely, sql } from 'kysely'

const stamps = 'created_at text not null, created_by text, updated_at text not null, version integer not null default 1'

const approvals = [
  // `conditions`: any of them calls for the flow; none at all means always.
  `create table approval_flow (
    id text primary key not null, subject text not null check (length(subject) > 0), name text not null check (length(name) > 0),
    conditions text not null default '[]' check (json_valid(conditions)), enabled integer not null default 1 check (enabled in (0, 1)),
    position integer not null default 0, ${stamps}) strict`,
  'create index approval_flow_by_subject on approval_flow (subject, position)',
  `create table approval_step (
    id text primary key not null, flow_id text not null references approval_flow (id), position integer not null,
    kind text not null check (kind in ('role', 'manager', 'employee')), role_id text references role (id),
    level integer check (level between 1 and 9), employee_id text references employee (id), mode text not null default 'any' check (mode in ('any', 'all')),
    created_at text not null, updated_at text not null, version integer not null default 1,
    check ((kind = 'role') = (role_id is not null)), check ((kind = 'manager') = (level is not null)),
    check ((kind = 'employee') = (employee_id is not null))) strict`,
  'create unique index approval_step_by_flow on approval_step (flow_id, position)',
  'create index approval_step_by_role on approval_step (role_id)',
  'create index approval_step_by_person on approval_step (employee_id)',
  // What was asked for stands here as it was then: the steps, what it is called, what calls for it. `mark` tells the very content.
  `create table approval (
    id text primary key not null, subject text not null check (length(subject) > 0), subject_id text not null,
    flow_id text not null references approval_flow (id), flow_name text not null, steps text not null check (json_valid(steps)),
    step integer not null default 0, applicant_id text references employee (id),
    status text not null check (status in ('pending', 'approved', 'rejected', 'withdrawn')), title text not null,
    summary text not null check (json_valid(summary)), mark text not null, note text, started_at text not null, ended_at text,
    created_at text not null, updated_at text not null, version integer not null default 1,
    check ((status = 'pending') = (ended_at is null))) strict`,
  'create index approval_by_subject on approval (subject_id, subject, started_at)',
  `create unique index approval_pending on approval (subject, subject_id) where status = 'pending'`,
  `create index approval_open on approval (started_at, id) where status = 'pending'`,
  'create index approval_by_applicant on approval (applicant_id, started_at)',
  'create index approval_by_flow on approval (flow_id)',
  // Append only. `because`: why somebody else than was meant decided; `delegate_of`: whose place he took.
  `create table approval_decision (
    id text primary key not null, approval_id text not null references approval (id), step integer not null,
    approver_id text references employee (id), delegate_of text references employee (id), passed_to text references employee (id),
    decision text not null check (decision in ('approved', 'rejected', 'delegated', 'withdrawn')), because text, note text,
    at text not null, created_at text not null, check ((decision = 'delegated') = (passed_to is not null))) strict`,
  'create index approval_decision_by_approval on approval_decision (approval_id, id)',
  'create index approval_decision_by_person on approval_decision (approver_id, at)',
  'create index approval_decision_by_absent on approval_decision (delegate_of)',
  'create index approval_decision_by_next on approval_decision (passed_to)',
]

const quotes = [
  // Money in fen. `root_id`: the first version, for all of them, though it may be gone. `mark` tells the content that was handed in or sent: what stands behind it changes no more.
  `create table quote (
    id text primary key not null, number text, name text not null check (length(name) > 0), name_sort text not null default '',
    customer_id text references customer (id), contact_id text references contact (id), opportunity_id text references opportunity (id),
    owner_id text references employee (id), state text not null default 'draft'
      check (state in ('draft', 'pending', 'approved', 'sent', 'accepted', 'rejected')),
    root_id text not null, version_no integer not null default 1 check (version_no >= 1),
    superseded integer not null default 0 check (superseded in (0, 1)), quoted_on text not null, valid_until text, currency text not null default 'CNY' check (currency = 'CNY'),
    lines_fen integer not null default 0, discount_fen integer not null default 0 check (discount_fen >= 0), total_fen integer not null default 0,
    tax_fen integer not null default 0, list_fen integer not null default 0, cost_fen integer, below_cost integer not null default 0 check (below_cost in (0, 1)),
    discount_bp integer not null default 0, mark text, note text, terms text, sent_at text, decided_at text, reason text,
    issue text, custom text not null default '{}' check (json_valid(custom)), created_at text not null, created_by text, updated_at text not null,
    deleted_at text, deleted_with text, version integer not null default 1,
    check (total_fen = lines_fen - discount_fen), check ((state = 'draft') = (mark is null))) strict`,
  'create unique index quote_number on quote (number) where number is not null',
  'create unique index quote_version on quote (root_id, version_no)',
  'create index quote_by_customer on quote (customer_id, created_at)',
  'create index quote_by_contact on quote (contact_id)',
  'create index quote_by_opportunity on quote (opportunity_id, created_at)',
  'create index quote_by_owner on quote (owner_id, created_at, id, customer_id, deleted_at)',
  'create index quote_deleted on quote (deleted_at) where deleted_at is not null',
  ...[
    ['created', 'created_at'],
    ['updated', 'updated_at'],
    ['name', 'name_sort'],
    ['total', 'total_fen'],
    ['valid', 'valid_until'],
    ['quoted', 'quoted_on'],
    ['sent', 'sent_at'],
  ].map(
    ([name, column]) =>
      `create index quote_by_${name} on quote (${column}, id, owner_id, customer_id, superseded, deleted_at) where deleted_at is null`,
  ),
  `create table quote_line (
    id text primary key not null, quote_id text not null references quote (id), position integer not null, product_id text references product (id),
    name text not null check (length(name) > 0), spec text, unit text, quantity text not null, price_fen integer not null check (price_fen >= 0),
    discount text not null default '0', tax_rate text, list_price_fen integer, cost_fen integer, amount_fen integer not null, note text,
    created_at text not null, updated_at text not null, version integer not null default 1) strict`,
  'create unique index quote_line_by_quote on quote_line (quote_id, position)',
  'create index quote_line_by_product on quote_line (product_id)',
  // What a printed document says around its lines, one for each kind.
  `create table document_template (
    id text primary key not null, kind text not null unique check (length(kind) > 0), title text not null, head text not null default '',
    intro text not null default '', terms text not null default '', signature text not null default '', created_at text not null, created_by text,
    updated_at text not null, version integer not null default 1) strict`,
]

const AT = '2026-11-23T00:00:00.000Z'
const FLOW = '01KATA0000000000000000F000'
const TERMS =
  '1. 以上价格含税，报价在有效期内有效。\n2. 付款方式：合同签订后预付 30%，发货前付 60%，验收后付 10%。\n3. 交货期：收到预付款后 15 个工作日。'
const seeds = [
  `insert into approval_flow (id, subject, name, conditions, position, created_at, updated_at)
    values ('${FLOW}', 'quote', '报价折扣审批', '[{"kind":"discountAtLeast","percent":"10"},{"kind":"belowCost"}]', 0, '${AT}', '${AT}')`,
  `insert into approval_step (id, flow_id, position, kind, level, mode, created_at, updated_at)
    values ('01KATA0000000000000000S000', '${FLOW}', 0, 'manager', 1, 'any', '${AT}', '${AT}')`,
  `insert into number_rule (id, entity, pattern, reset, start, enabled, created_at, updated_at)
    values ('01KATA0000000000000000N000', 'quote', 'BJ-{YYYY}{MM}-{0000}', 'monthly', 1, 1, '${AT}', '${AT}')`,
  `insert into document_template (id, kind, title, head, intro, terms, signature, created_at, updated_at)
    values ('01KATA0000000000000000D000', 'quote', '报价单', '', '感谢贵司的垂询，现就下列产品报价如下：', '${TERMS}', '供方（盖章）\n需方（盖章）', '${AT}', '${AT}')`,
]

const scoped = (scope: string, ...verbs: string[]): [string, string][] => verbs.map((verb) => [`quotes.${verb}`, scope])
const CREATE: [string, string] = ['quotes.create', 'all']
/** The roles that every company has; its own it gives these rights itself. */
const RIGHTS: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  admin: [...scoped('all', 'read', 'edit', 'delete', 'export', 'transfer', 'purge'), CREATE, ['approvals.manage', 'all']],
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

/** Approvals of any kind of record in ordered steps; quotes in versions with their lines; what printed documents say. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...approvals, ...quotes, ...seeds, ...rights]) await sql.raw(statement).execute(db)
}
