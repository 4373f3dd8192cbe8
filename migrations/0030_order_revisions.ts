import { type Kysely, sql } from 'kysely'

const COLUMNS = [
  ['customerId', 'customer_id'],
  ['ownerId', 'owner_id'],
  ['status', 'status'],
  ['signedOn', 'signed_on'],
  ['deliveredOn', 'delivered_on'],
  ['currency', 'currency'],
  ['linesFen', 'lines_fen'],
  ['discountFen', 'discount_fen'],
  ['totalFen', 'total_fen'],
  ['taxFen', 'tax_fen'],
  ['listFen', 'list_fen'],
  ['costFen', 'cost_fen'],
  ['expenseFen', 'expense_fen'],
  ['deletedAt', 'deleted_at'],
].map(([key, column]) => `'${key}', o.${column}`)
const PEOPLE = `json((select json_group_array(json(one)) from (
  select json_object('employeeId', employee_id, 'role', role, 'share', share) as one from order_person where order_id = o.id order by position)))`
const LINES = `json((select json_group_array(json(one)) from (
  select json_object('productId', product_id, 'name', name, 'unit', unit, 'quantity', quantity, 'priceFen', price_fen, 'discount', discount,
    'taxRate', tax_rate, 'listPriceFen', list_price_fen, 'costFen', cost_fen, 'amountFen', amount_fen) as one
  from order_line where order_id = o.id order by position)))`
const LAST = '(select at from command order by seq desc limit 1)'

const statements = [
  // What an order was and became, as it was known on a day: a row is added for whatever changes it, undo and redo too, and none is ever
  // changed or taken away. So it is no part of the digest, which an undo brings back, and hangs on no order that must be there.
  `create table order_known (
    id text primary key not null, order_id text not null, seq integer not null, recorded_on text not null,
    was text not null check (json_valid(was)), became text not null check (json_valid(became)),
    by_employee_id text references employee (id), created_at text not null) strict`,
  `insert into order_known (id, order_id, seq, recorded_on, was, became, by_employee_id, created_at)
    select r.id, r.order_id, coalesce((select j.seq from journal j where j.tbl = 'order_revision' and j.row_id = r.id and j.op = 'i' order by j.id desc), 0),
      r.recorded_on, r.was, r.became, r.by_employee_id, r.created_at from order_revision r order by r.rowid`,
  'drop table order_revision',
  'alter table order_known rename to order_revision',
  'create index order_revision_by_order on order_revision (order_id, seq)',
  'create index order_revision_by_person on order_revision (by_employee_id)',
  // Merges, lines and what was taken back left no rows until now: how an order stands is known from here on.
  `insert into order_revision (id, order_id, seq, recorded_on, was, became, by_employee_id, created_at)
    select upper(hex(randomblob(13))), o.id, (select max(seq) from command), substr(${LAST}, 1, 10), '{}',
      json_object(${COLUMNS.join(', ')}, 'people', ${PEOPLE}, 'lines', ${LINES}), null, ${LAST} from sales_order o`,
]

/** What an order was on a day is kept beside the journal, whole. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
