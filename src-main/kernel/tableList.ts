import type { Entity } from '../../src-shared/kernel/procedure.ts'

export type BusinessTable = {
  readonly name: string
  /** The entity whose live updates, history and rights the rows follow. */
  readonly entity: Entity
  /** The column that names the record of `entity`, when it is not the row itself. */
  readonly recordColumn?: string
  /** Its rows have an owner, `owner_id`, whose they were before a change. */
  readonly owned?: true
}

/**
 * Every table whose rows people own. Triggers, digest, undo, export and the tests read this list; a table that is neither
 * here nor technical fails the schema test.
 */
export const businessTables: readonly BusinessTable[] = [
  { name: 'workspace', entity: 'workspace' },
  { name: 'department', entity: 'department' },
  { name: 'employee', entity: 'employee' },
  { name: 'employment', entity: 'employee', recordColumn: 'employee_id' },
  { name: 'role', entity: 'role' },
  { name: 'role_permission', entity: 'role', recordColumn: 'role_id' },
  { name: 'role_field_right', entity: 'role', recordColumn: 'role_id' },
  { name: 'user_account', entity: 'user' },
  { name: 'user_role', entity: 'user', recordColumn: 'user_id' },
  { name: 'customer', entity: 'customer', owned: true },
  { name: 'contact', entity: 'contact' },
  { name: 'address', entity: 'address' },
  { name: 'follow_up', entity: 'followUp' },
  { name: 'mention', entity: 'followUp', recordColumn: 'follow_up_id' },
  { name: 'file', entity: 'file' },
  { name: 'product_category', entity: 'productCategory' },
  { name: 'product', entity: 'product' },
  { name: 'product_cost', entity: 'product', recordColumn: 'product_id' },
  { name: 'price_list', entity: 'priceList' },
  { name: 'price_list_item', entity: 'priceList', recordColumn: 'price_list_id' },
  { name: 'pipeline', entity: 'pipeline' },
  { name: 'stage', entity: 'stage' },
  { name: 'lost_reason', entity: 'lostReason' },
  { name: 'evaluation_dimension', entity: 'evaluationDimension' },
  { name: 'evaluation_level', entity: 'evaluationDimension', recordColumn: 'dimension_id' },
  { name: 'opportunity', entity: 'opportunity', owned: true },
  { name: 'opportunity_stage', entity: 'opportunity', recordColumn: 'opportunity_id' },
  { name: 'opportunity_line', entity: 'opportunity', recordColumn: 'opportunity_id' },
  { name: 'opportunity_rating', entity: 'opportunity', recordColumn: 'opportunity_id' },
  { name: 'target', entity: 'target' },
  { name: 'source_cost', entity: 'sourceCost' },
  { name: 'sales_order', entity: 'order', owned: true },
  { name: 'order_line', entity: 'order', recordColumn: 'order_id' },
  { name: 'order_person', entity: 'order', recordColumn: 'order_id' },
  { name: 'payment_plan', entity: 'order', recordColumn: 'order_id' },
  { name: 'payment', entity: 'payment' },
  { name: 'payment_allocation', entity: 'payment', recordColumn: 'payment_id' },
  { name: 'refund_request', entity: 'payment', recordColumn: 'payment_id' },
  { name: 'billing_profile', entity: 'billingProfile' },
  { name: 'invoice', entity: 'invoice' },
  { name: 'invoice_line', entity: 'invoice', recordColumn: 'invoice_id' },
  { name: 'quote', entity: 'quote', owned: true },
  { name: 'quote_line', entity: 'quote', recordColumn: 'quote_id' },
  { name: 'approval_flow', entity: 'approvalFlow' },
  { name: 'approval_step', entity: 'approvalFlow', recordColumn: 'flow_id' },
  { name: 'approval', entity: 'approval' },
  { name: 'approval_decision', entity: 'approval', recordColumn: 'approval_id' },
  { name: 'document_template', entity: 'documentTemplate' },
  { name: 'warehouse', entity: 'warehouse' },
  { name: 'stock_level', entity: 'stock' },
  { name: 'stock_move', entity: 'stock', recordColumn: 'level_id' },
  { name: 'stock_reservation', entity: 'order', recordColumn: 'order_id' },
  { name: 'purchase', entity: 'purchase' },
  { name: 'purchase_line', entity: 'purchase', recordColumn: 'purchase_id' },
  { name: 'lead_source', entity: 'leadSource' },
  { name: 'lead_invalid_reason', entity: 'leadReason' },
  { name: 'lead_pool', entity: 'leadPool' },
  { name: 'lead_pool_member', entity: 'leadPool', recordColumn: 'pool_id' },
  { name: 'lead_rule', entity: 'leadRule' },
  { name: 'lead', entity: 'lead', owned: true },
  { name: 'lead_follow_up', entity: 'lead', recordColumn: 'lead_id' },
  { name: 'lead_move', entity: 'lead', recordColumn: 'lead_id' },
  { name: 'tag', entity: 'tag' },
  { name: 'custom_field', entity: 'customField' },
  { name: 'list_view', entity: 'view' },
  { name: 'field_setting', entity: 'customField' },
  { name: 'form_layout', entity: 'layout' },
  { name: 'number_rule', entity: 'numberRule' },
  { name: 'record_tag', entity: 'customer', recordColumn: 'record_id' },
  { name: 'not_duplicate', entity: 'customer', recordColumn: 'first_id' },
  { name: 'record_member', entity: 'customer', recordColumn: 'record_id' },
  { name: 'pool', entity: 'pool' },
  { name: 'pool_member', entity: 'pool', recordColumn: 'pool_id' },
  { name: 'pool_rule', entity: 'poolRule' },
  { name: 'pool_move', entity: 'customer', recordColumn: 'customer_id' },
  { name: 'holding_limit', entity: 'holdingLimit' },
  { name: 'calendar_day', entity: 'calendar' },
  { name: 'calendar_hours', entity: 'calendar' },
]

/** Machinery: not journaled, not part of the digest. */
export const technicalTables: readonly string[] = [
  'meta',
  'current_command',
  'command',
  'journal',
  'idempotency',
  'session',
  'credential',
  'login_guard',
  'job',
  'schedule',
  'import_run',
  'import_memory',
  'duplicate_run',
  'duplicate_pair',
  'duplicate_group',
  'duplicate_member',
  'user_setting',
  'notification',
  'favourite',
  'recent_record',
  'pool_run',
  'pool_view',
  'work_day',
  'file_upload',
  'file_gone',
  'search_doc',
  'search_index',
  'search_pending',
  'match_key',
  'number_counter',
  'order_revision',
]

/** Rows of these are added and neither changed nor taken away, but by a purge. */
export const addedTables: readonly string[] = ['command', 'journal', 'order_revision']

/** Links by (entity, record id) instead of a foreign key: merge, hand-over, deletion and undo find them here. */
export const looseLinks: readonly { table: string; entityColumn: string; recordColumn: string }[] = [
  { table: 'record_tag', entityColumn: 'entity', recordColumn: 'record_id' },
  { table: 'record_member', entityColumn: 'entity', recordColumn: 'record_id' },
  { table: 'file', entityColumn: 'entity', recordColumn: 'record_id' },
  { table: 'approval', entityColumn: 'subject', recordColumn: 'subject_id' },
]

/**
 * Columns that repeat what rows of another table say, because lists sort by them. Nobody sets them, so taking a command back
 * neither compares nor restores them: they are computed anew from the rows that are there.
 */
export const derivedColumns: readonly { table: string; column: string; from: string; link: string; value: string }[] = [
  {
    table: 'customer',
    column: 'last_follow_up_at',
    from: 'follow_up',
    link: 'customer_id',
    // Those that went into the recycle bin with the customer still count for him there.
    value:
      'select max(f.happened_at) from follow_up f where f.customer_id = customer.id and f.internal = 0 and (f.deleted_at is null or f.deleted_with = customer.id)',
  },
  ...[
    { table: 'sales_order', column: 'received_fen', link: 'order_id', value: 'sum(max(a.amount_fen, 0))' },
    { table: 'sales_order', column: 'refunded_fen', link: 'order_id', value: 'sum(max(-a.amount_fen, 0))' },
    { table: 'payment_plan', column: 'received_fen', link: 'plan_id', value: 'sum(a.amount_fen)' },
    { table: 'payment', column: 'allocated_fen', link: 'payment_id', value: 'sum(a.amount_fen)' },
  ].map(({ table, column, link, value }) => ({
    table,
    column,
    from: 'payment_allocation',
    link,
    value: `select coalesce(${value}, 0) from payment_allocation a where a.${link} = ${table}.id`,
  })),
  ...[
    { table: 'stock_level', column: 'on_hand', link: 'level_id' },
    { table: 'purchase_line', column: 'received', link: 'purchase_line_id' },
    { table: 'purchase', column: 'received', link: 'purchase_id' },
  ].map((one) => ({
    ...one,
    from: 'stock_move',
    value: `select coalesce(sum(m.units), 0) from stock_move m where m.${one.link} = ${one.table}.id`,
  })),
  {
    table: 'stock_level',
    column: 'demand',
    from: 'stock_reservation',
    link: 'level_id',
    value: 'select coalesce(sum(r.wanted), 0) from stock_reservation r where r.level_id = stock_level.id',
  },
]

/** Rows that stand for a place, made by whichever command needs it first: they stay while anything lies there, and nobody misses nothing. */
export const placeTables: ReadonlySet<string> = new Set(['stock_level'])

/** Flags that one row at most carries among those of the same parent; taking something back must not set a second one. */
export const soleFlags: readonly { table: string; column: string; within: string }[] = [
  { table: 'contact', column: 'is_primary', within: 'customer_id' },
  { table: 'billing_profile', column: 'is_default', within: 'customer_id' },
]

/** Columns that say nothing about the business: left out of the digest and of "changed since". */
export const technicalColumns: ReadonlySet<string> = new Set(['version', 'updated_at'])

export const tableOf = (name: string): BusinessTable | undefined => businessTables.find((table) => table.name === name)
