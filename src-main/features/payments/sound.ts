import { sql } from 'kysely'
import { INVOICED } from '../../../src-shared/features/orders/entity.ts'
import { figuresOf } from '../../../src-shared/features/orders/rules.ts'
import { attempt, Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { WriteTx } from '../../kernel/database.ts'
import { plain } from '../../kernel/database.ts'
import { ofTable } from '../../kernel/journal.ts'
import { linesOf, sharesAreWhole } from '../orders/public.ts'
import { standingOf } from './store.ts'

export const MONEY_TABLES: ReadonlySet<string> = new Set([
  'sales_order',
  'order_line',
  'order_person',
  'payment_plan',
  'payment',
  'payment_allocation',
  'invoice',
  'invoice_line',
])

const OF_ORDERS = ['order_line', 'order_person', 'payment_plan', 'payment_allocation', 'invoice_line'] as const

/** The orders and payments whose rows, or whose parts, this command has written so far. */
async function touchedBy(context: CommandContext): Promise<{ orders: string[]; payments: string[] }> {
  const of = (table: string, column: string) => sql`
    select coalesce(j.before ->> ${column}, t.${sql.ref(column)}) as id from journal j left join ${sql.table(table)} t on t.id = j.row_id
    where j.seq = ${context.seq} and ${ofTable(table, 'j')}`
  const own = (table: string) => sql`select row_id as id from journal where seq = ${context.seq} and ${ofTable(table)}`
  const ids = async (parts: readonly ReturnType<typeof of>[]): Promise<string[]> => {
    const { rows } = await sql<{ id: string | null }>`${sql.join(parts, sql` union `)}`.execute(plain(context.tx))
    return rows.flatMap(({ id }) => id ?? [])
  }
  return {
    orders: await ids([
      own('sales_order'),
      sql`select l.order_id as id from invoice_line l where l.invoice_id in (${own('invoice')})`,
      ...OF_ORDERS.map((table) => of(table, 'order_id')),
    ]),
    payments: await ids([own('payment'), of('payment_allocation', 'payment_id')]),
  }
}

type OrderRow = {
  id: string
  status: string
  deletedAt: string | null
  deletedWith: string | null
  linesFen: number
  discountFen: number
  taxFen: number
  listFen: number | null
  costFen: number | null
  keptFen: number
  openFen: number
  unfitPlans: number
  strange: number
  invoicedFen: number
  strangePapers: number
  flaggedPapers: number
}
const among = (ids: readonly string[]) => sql`in (select value from json_each(${JSON.stringify(ids)}))`

async function ordersOf(tx: WriteTx, ids: readonly string[]): Promise<OrderRow[]> {
  const { rows } = await sql<OrderRow>`
    select o.id, o.status, o.deleted_at as "deletedAt", o.deleted_with as "deletedWith", o.lines_fen as "linesFen", o.discount_fen as "discountFen",
      o.tax_fen as "taxFen", o.list_fen as "listFen", o.cost_fen as "costFen", o.received_fen - o.refunded_fen as "keptFen",
      o.total_fen - o.received_fen + o.refunded_fen as "openFen",
      (select count(*) from payment_plan p where p.order_id = o.id
        and (p.received_fen < 0 or p.received_fen > p.amount_fen or (p.void = 1 and p.received_fen <> 0))) as "unfitPlans",
      (select count(*) from payment_allocation a join payment p on p.id = a.payment_id
        where a.order_id = o.id and (p.customer_id is not o.customer_id or (p.deleted_at is not null and p.deleted_with is null))) as strange,
      ${sql.raw(INVOICED.replaceAll('{t}', 'o'))} as "invoicedFen",
      (select count(*) from invoice_line l join invoice i on i.id = l.invoice_id where l.order_id = o.id and i.status <> 'void' and i.deleted_at is null
        and i.issue is null and (i.customer_id is not o.customer_id or i.amount_fen <> (select sum(s.amount_fen) from invoice_line s where s.invoice_id = i.id))) as "strangePapers",
      (select count(*) from invoice_line l join invoice i on i.id = l.invoice_id
        where l.order_id = o.id and i.issue is not null and i.status <> 'void' and (i.deleted_at is null or i.deleted_with is not null)) as "flaggedPapers"
    from sales_order o where o.id ${among(ids)} and o.issue is null`.execute(plain(tx))
  return rows
}

/** Invoices stand on what is agreed, come to no more than it, and are made out to its customer. */
const papersAreSound = ({
  invoicedFen,
  strangePapers,
  flaggedPapers,
  status,
  linesFen,
  discountFen,
  deletedAt,
  deletedWith,
}: OrderRow): boolean =>
  strangePapers === 0 &&
  (invoicedFen === 0 ||
    flaggedPapers > 0 ||
    (invoicedFen <= linesFen - discountFen &&
      (status === 'confirmed' || status === 'delivered') &&
      (deletedAt === null || deletedWith !== null)))

async function isSound(tx: WriteTx, order: OrderRow): Promise<boolean> {
  const { keptFen, openFen, status, deletedAt, deletedWith } = order
  if (keptFen < 0 || openFen < 0 || order.unfitPlans > 0 || order.strange > 0) return false
  if (keptFen !== 0 && (status === 'cancelled' || (deletedAt !== null && deletedWith === null))) return false
  if (!papersAreSound(order)) return false
  const lines = await linesOf(tx, order.id)
  const figures = attempt(() => figuresOf(lines, order.discountFen))
  if (figures instanceof Refusal) return false
  const agrees = (['linesFen', 'taxFen', 'listFen', 'costFen'] as const).every((key) => figures[key] === order[key])
  if (!agrees || lines.some(({ amountFen }, n) => amountFen !== figures.amounts[n])) return false
  return sharesAreWhole(tx, order.id)
}

/**
 * What must hold of orders and money after rows went back: sums are those of their lines, no order has more than it comes to, no payment
 * is for more than it is. Records that an import brought with an issue are as they came.
 * @throws Refusal moneyUnsound: then nothing goes back
 */
export async function requireSoundMoney(context: CommandContext): Promise<void> {
  const { orders, payments } = await touchedBy(context)
  for (const order of await ordersOf(context.tx, orders))
    if (!(await isSound(context.tx, order))) throw new Refusal('moneyUnsound')
  const { rows } = await sql<{ id: string; amountFen: number }>`
    select id, amount_fen as "amountFen" from payment where kind = 'payment' and (issue is null or issue = 'referenceTwice') and deleted_at is null
      and id in (select coalesce(refund_of, id) from payment where id ${among(payments)})
      and not exists (select 1 from payment r where r.refund_of = payment.id and r.issue is not null and r.deleted_at is null)`.execute(
    plain(context.tx),
  )
  for (const payment of rows) {
    const { placed, restFen } = await standingOf(context.tx, payment)
    if (restFen < 0 || placed.some(({ amountFen }) => amountFen < 0)) throw new Refusal('moneyUnsound')
  }
}
