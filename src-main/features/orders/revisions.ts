import type BetterSqlite3 from 'better-sqlite3'
import { sql } from 'kysely'
import type { Chronicle, Entry } from '../../kernel/chronicle.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { prepared } from '../../kernel/journal.ts'

/** What commission reads of an order itself, by column. */
const COLUMNS = {
  customerId: 'customer_id',
  ownerId: 'owner_id',
  status: 'status',
  signedOn: 'signed_on',
  deliveredOn: 'delivered_on',
  currency: 'currency',
  linesFen: 'lines_fen',
  discountFen: 'discount_fen',
  totalFen: 'total_fen',
  taxFen: 'tax_fen',
  listFen: 'list_fen',
  costFen: 'cost_fen',
  expenseFen: 'expense_fen',
  deletedAt: 'deleted_at',
} as const
const PERSON = { employeeId: 'employee_id', role: 'role', share: 'share' } as const
const LINE = {
  productId: 'product_id',
  name: 'name',
  unit: 'unit',
  quantity: 'quantity',
  priceFen: 'price_fen',
  discount: 'discount',
  taxRate: 'tax_rate',
  listPriceFen: 'list_price_fen',
  costFen: 'cost_fen',
  amountFen: 'amount_fen',
} as const

const pairs = (columns: Readonly<Record<string, string>>, of: string): string =>
  Object.entries(columns)
    .map(([key, column]) => `'${key}', ${of}${column}`)
    .join(', ')
const listOf = (table: string, columns: Readonly<Record<string, string>>): string =>
  `json((select json_group_array(json(one)) from (select json_object(${pairs(columns, '')}) as one from ${table} where order_id = o.id order by position)))`
/** All of it as JSON, for an order `o`: its own, who has a part in it, what it sells. */
const STATE = `json_object(${pairs(COLUMNS, 'o.')}, 'people', ${listOf('order_person', PERSON)}, 'lines', ${listOf('order_line', LINE)})`

const images = (image: string): string =>
  `json_extract(${image}, ${Object.values(COLUMNS)
    .map((column) => `'$.${column}'`)
    .join(', ')})`
const parts = (table: string): string => `
  select coalesce(j.before ->> 'order_id', p.order_id) from journal j left join ${table} p on p.id = j.row_id
  where j.seq = :seq and coalesce(j.tbl, '') = '${table}'`
/** Orders that a command changed so that their state may be another. */
const TOUCHED = `select id from (
  select row_id as id from journal where seq = :seq and coalesce(tbl, '') = 'sales_order' and (op <> 'u' or ${images('before')} is not ${images('after')})
  union ${parts('order_line')} union ${parts('order_person')}) where id is not null`
const KNOWN = `select order_id as id, became from order_revision where order_id in (select value from json_each(?)) order by order_id, seq, rowid`
const NOW = `select w.value as id, iif(o.id is null, null, ${STATE}) as state from json_each(?) w left join sales_order o on o.id = w.value`
const ADD = `insert into order_revision (id, order_id, seq, recorded_on, was, became, by_employee_id, created_at) values (?, ?, ?, ?, ?, ?, ?, ?)`

type State = Readonly<Record<string, unknown>>
type Read = { readonly id: string; readonly state: string | null }

/** What an order is now; one that is there no more is as it was, and gone. Null where nothing was ever known of it. */
function nowOf({ state }: Read, was: State | undefined, at: string): State | null {
  if (state !== null) return JSON.parse(state) as State
  return was ? { ...was, deletedAt: was['deletedAt'] ?? at } : null
}

function note(raw: BetterSqlite3.Database, { seq, at, day, employeeId, newId }: Entry): void {
  const list = JSON.stringify(
    prepared(raw, TOUCHED)
      .pluck()
      .all({ seq: BigInt(seq) }),
  )
  const known = new Map<string, State>()
  for (const { id, became } of prepared(raw, KNOWN).all(list) as { id: string; became: string }[])
    known.set(id, { ...known.get(id), ...(JSON.parse(became) as State) })
  for (const read of prepared(raw, NOW).all(list) as Read[]) {
    const was = known.get(read.id)
    const now = nowOf(read, was, at)
    if (now === null) continue
    const changed = Object.keys(now).filter((key) => JSON.stringify(was?.[key] ?? null) !== JSON.stringify(now[key]))
    if (changed.length === 0) continue
    const said = (state: State): string => JSON.stringify(Object.fromEntries(changed.map((key) => [key, state[key] ?? null])))
    prepared(raw, ADD).run(newId(), read.id, BigInt(seq), day, was ? said(was) : '{}', said(now), employeeId, at)
  }
}

/** Every change of an order that commission reads, whichever command made it, undo and merges among them. */
export const orderChronicle: Chronicle = { tables: new Set(['sales_order', 'order_line', 'order_person']), note }

/** That orders of this command were known as they are since the day they were signed: for invented ones, which pretend to have been there. */
export async function knownSinceSigned(context: CommandContext, ids: readonly string[]): Promise<void> {
  for (const id of ids)
    await sql`insert into order_revision (id, order_id, seq, recorded_on, was, became, by_employee_id, created_at)
      select ${context.newId()}, o.id, ${BigInt(context.seq)}, o.signed_on, '{}', ${sql.raw(STATE)}, o.owner_id, o.created_at
      from sales_order o where o.id = ${id} and o.signed_on is not null`.execute(context.tx)
}
