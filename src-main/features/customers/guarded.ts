import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { plain } from '../../kernel/database.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { mayReadKind } from '../../kernel/policy.ts'

const MADE_OUT = "(i.status in ('issued', 'posted') or i.official_number is not null)"
/** What does not go with a customer, by kind: each is what its own deletion is refused for. `{c}` is the customer's id. */
const HELD = {
  payment: 'select p.id from payment p where p.customer_id = {c} and p.deleted_at is null',
  invoice: `select i.id from invoice i where i.customer_id = {c} and i.deleted_at is null and ${MADE_OUT}`,
  order: `select o.id from sales_order o where o.customer_id = {c} and o.deleted_at is null
    and (o.approval = 'pending' or o.received_fen <> o.refunded_fen
      or exists (select 1 from stock_move m where m.order_id = o.id group by m.level_id having sum(m.units) <> 0))`,
  quote: "select q.id from quote q where q.customer_id = {c} and q.deleted_at is null and q.state = 'pending'",
} as const
type Held = keyof typeof HELD
const KINDS = Object.keys(HELD) as Held[]

const of = (kind: Held, customer: RawBuilder<unknown>): RawBuilder<unknown> => {
  const [before = '', after = ''] = HELD[kind].split('{c}')
  return sql`${sql.raw(before)}${customer}${sql.raw(after)}`
}

/** Whether money or papers keep the customer of this id where he is. */
export const isHeld = (customer: RawBuilder<unknown>): RawBuilder<SqlBool> =>
  sql<SqlBool>`(${sql.join(
    KINDS.map((kind) => sql`exists (${of(kind, customer)})`),
    sql` or `,
  )})`

/** Those of the customers whom something keeps. */
export async function heldAmong({ tx }: Pick<CommandContext, 'tx'>, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select c.id from customer c where c.id in (select value from json_each(${JSON.stringify(ids)})) and ${isHeld(sql.ref('c.id'))}`.execute(
    plain(tx),
  )
  return new Set(rows.map(({ id }) => id))
}

/** Those of the customers of whom an invoice was ever made out, wherever it lies: it is never erased. */
export async function invoicedAmong({ tx }: Pick<CommandContext, 'tx'>, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select distinct i.customer_id as id from invoice i
    where i.customer_id in (select value from json_each(${JSON.stringify(ids)})) and ${sql.raw(MADE_OUT)}`.execute(plain(tx))
  return new Set(rows.map(({ id }) => id))
}

/** @throws Refusal moneyHangs (counts: how many of each kind that the caller may see keep the customer) */
export async function refuseHeld(context: CommandContext, id: string): Promise<never> {
  const counts: Partial<Record<Held, number>> = {}
  for (const kind of KINDS) {
    const { rows } = await sql<{ n: number }>`select count(*) as n from (${of(kind, sql.val(id))})`.execute(plain(context.tx))
    const n = rows[0]?.n ?? 0
    if (n > 0 && mayReadKind(context.actor, entityIn(context, kind))) counts[kind] = n
  }
  throw Object.keys(counts).length > 0 ? new Refusal('moneyHangs', { counts }) : new Refusal('moneyHangsUnseen')
}

/** After something was taken back: nobody lies in the recycle bin while money of his stands outside. @throws Refusal customerHolds */
export async function requireSoundCustomers({ tx, seq }: Pick<CommandContext, 'tx' | 'seq'>): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select c.id from customer c join journal j on j.tbl = 'customer' and j.row_id = c.id and j.seq = ${seq}
    where c.deleted_at is not null and c.merged_into_id is null and ${isHeld(sql.ref('c.id'))} limit 1`.execute(plain(tx))
  if (rows.length > 0) throw new Refusal('customerHolds')
}
