import { sql } from 'kysely'
import type { CommandContext } from '../../kernel/context.ts'
import { plain, type WriteTx } from '../../kernel/database.ts'
import type { Asked, Parts, Values, WriteRules } from '../../kernel/importer.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { isCustomKey } from '../../../src-shared/kernel/entity.ts'
import { type Gathered, sharesOfRows } from '../../kernel/records/sheetDocuments.ts'
import type { OpenPlan } from './store.ts'

export const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === ''
export const str = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
export const fen = (value: unknown): number => (typeof value === 'number' ? value : 0)
export const paymentOf = ({ parts }: { readonly parts: Parts }): Values => parts.payment?.[0] ?? {}

/** What an import says of a new payment alone. */
const ONCE: ReadonlySet<string> = new Set([
  'id',
  'number',
  'kind',
  'customerId',
  'refundOf',
  'amountFen',
  'authorId',
  'issue',
  'createdAt',
  'createdBy',
])

/** The number may stand twice by an import: it is flagged then, and not asked for. */
export function askedOfNew(context: Pick<CommandContext, 'entities'>, parts: Parts): Asked {
  const { number: _number, refundOf: _of, ...values } = paymentOf({ parts })
  return [[entityIn(context, 'payment'), values]]
}

export const mappedPlain = (rules: WriteRules): string[] =>
  rules.mapped.flatMap((key) => {
    if (!key.startsWith('payment.')) return []
    const field = key.slice('payment.'.length)
    return ONCE.has(field) && !isCustomKey(field) ? [] : [field]
  })

export type Wanted = { readonly orderId: string; readonly amountFen: number | null; readonly planOn: string | null }
/** One payment out of its rows. */
export function paymentOfRows({ rows }: Gathered): { values: Values; amountFen: number; wanted: Wanted[] } {
  const values: Values = {}
  for (const row of rows)
    for (const [key, value] of Object.entries(paymentOf(row))) if (isEmpty(values[key]) && !isEmpty(value)) values[key] = value
  const { amountFen, shares } = sharesOfRows(
    rows,
    (row) => fen(paymentOf(row)['amountFen']),
    ({ parts }) => parts.allocation ?? [],
  )
  return {
    values,
    amountFen,
    wanted: shares.map(({ said, ...one }) => ({ orderId: String(said['orderId']), planOn: str(said['planOn']), ...one })),
  }
}

export type OpenOrder = { id: string; customerId: string | null; status: string; openFen: number; plans: OpenPlan[] }
/** Orders that money of a chunk is for, with what is open of them and of their plans; counted down as it is placed. */
export async function openOrders(tx: WriteTx, ids: readonly string[]): Promise<Map<string, OpenOrder>> {
  const list = JSON.stringify([...new Set(ids)])
  const { rows } = await sql<Omit<OpenOrder, 'plans'>>`
    select id, customer_id as "customerId", status, total_fen - received_fen + refunded_fen as "openFen" from sales_order
    where id in (select value from json_each(${list})) and deleted_at is null`.execute(plain(tx))
  const { rows: plans } = await sql<OpenPlan>`
    select id, order_id as "orderId", due_on as "dueOn", amount_fen - received_fen as "openFen", void as "isVoid" from payment_plan
    where order_id in (select value from json_each(${list})) and void = 0 order by due_on, position`.execute(plain(tx))
  return new Map(rows.map((row) => [row.id, { ...row, plans: plans.filter(({ orderId }) => orderId === row.id) }]))
}

export async function numbersTaken(tx: WriteTx, numbers: readonly string[]): Promise<Set<string>> {
  if (numbers.length === 0) return new Set()
  const { rows } = await sql<{ number: string }>`
    select number from payment where number in (select value from json_each(${JSON.stringify(numbers)}))`.execute(plain(tx))
  return new Set(rows.map(({ number }) => number))
}

export const referenceKey = (reference: string, method: string): string => `${method} ${reference}`
/** Which of these references living payments have, each with its way. */
export async function referencesTaken(tx: WriteTx, references: readonly string[]): Promise<Set<string>> {
  if (references.length === 0) return new Set()
  const { rows } = await sql<{ reference: string; method: string }>`
    select reference, method from payment where reference in (select value from json_each(${JSON.stringify(references)})) and deleted_at is null`.execute(
    plain(tx),
  )
  return new Set(rows.map(({ reference, method }) => referenceKey(reference, method)))
}

export const PAYMENT_KEYS = [
  'id',
  'number',
  'kind',
  'customerId',
  'refundOf',
  'authorId',
  'receivedOn',
  'amountFen',
  'allocatedFen',
  'method',
  'reference',
  'note',
  'issue',
  'createdAt',
  'createdBy',
  'updatedAt',
] as const
export const ALLOCATION_KEYS = ['id', 'paymentId', 'orderId', 'planId', 'amountFen', 'position', 'createdAt'] as const
