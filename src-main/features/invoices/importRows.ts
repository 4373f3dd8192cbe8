import { sql } from 'kysely'
import { INVOICED } from '../../../src-shared/features/orders/entity.ts'
import { openOf } from '../../../src-shared/features/invoices/rules.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { plain, type WriteTx } from '../../kernel/database.ts'
import type { Asked, Parts, Values } from '../../kernel/importer.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { type Gathered, sharesOfRows } from '../../kernel/records/sheetDocuments.ts'

export const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === ''
export const str = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
const fen = (value: unknown): number => (typeof value === 'number' ? value : 0)
export const invoiceOf = ({ parts }: { readonly parts: Parts }): Values => parts.invoice?.[0] ?? {}

/** The number may stand twice by an import: it is flagged then, and not asked for. */
export function askedOfNew(context: Pick<CommandContext, 'entities'>, parts: Parts): Asked {
  const { number: _number, ...values } = invoiceOf({ parts })
  return [[entityIn(context, 'invoice'), values]]
}

export type Wanted = { readonly orderId: string; readonly amountFen: number | null }
/** One invoice out of its rows. */
export function invoiceOfRows({ rows }: Gathered): { values: Values; amountFen: number; wanted: Wanted[] } {
  const values: Values = {}
  for (const row of rows)
    for (const [key, value] of Object.entries(invoiceOf(row))) if (isEmpty(values[key]) && !isEmpty(value)) values[key] = value
  const { amountFen, shares } = sharesOfRows(
    rows,
    (row) => fen(invoiceOf(row)['amountFen']),
    ({ parts }) => parts.invoiceLine ?? [],
  )
  return { values, amountFen, wanted: shares.map(({ said, ...one }) => ({ orderId: String(said['orderId']), ...one })) }
}

export type OpenOrder = { id: string; customerId: string | null; openFen: number }
/** Orders that invoices of a chunk are for, with what may still be invoiced of them; counted down as they are laid. */
export async function openOrders(tx: WriteTx, ids: readonly string[]): Promise<Map<string, OpenOrder>> {
  const list = JSON.stringify([...new Set(ids)])
  const { rows } = await sql<Omit<OpenOrder, 'openFen'> & { status: string; totalFen: number; invoicedFen: number }>`
    select o.id, o.customer_id as "customerId", o.status, o.total_fen as "totalFen", ${sql.raw(INVOICED.replaceAll('{t}', 'o'))} as "invoicedFen"
    from sales_order o where o.id in (select value from json_each(${list})) and o.deleted_at is null`.execute(plain(tx))
  // Of what nobody agreed to, and of what is called off, nothing can be invoiced.
  const isOn = (status: string): boolean => status === 'confirmed' || status === 'delivered'
  return new Map(
    rows.map(({ id, customerId, status, ...sums }) => [id, { id, customerId, openFen: isOn(status) ? openOf(sums) : 0 }]),
  )
}

export type Placed = { orderId: string; amountFen: number }
/**
 * What of an invoice is for which order: as the rows say it, else what is open of each in their order, and what is left for the last of
 * them. Null where the parts that rows say do not come to the whole.
 */
export function placedOver(
  amountFen: number,
  wanted: readonly Wanted[],
  orders: ReadonlyMap<string, OpenOrder>,
): { placed: Placed[]; isAbove: boolean } | null {
  const parts = new Map<string, number>()
  let left = amountFen
  const open = wanted.filter((one) => one.amountFen === null)
  for (const { orderId, amountFen: said } of wanted) {
    if (said === null) continue
    parts.set(orderId, (parts.get(orderId) ?? 0) + said)
    left -= said
  }
  if (wanted.length > 0 && (left < 0 || (open.length === 0 && left !== 0))) return null
  for (const [at, { orderId }] of open.entries()) {
    const free = Math.max(0, (orders.get(orderId)?.openFen ?? 0) - (parts.get(orderId) ?? 0))
    const part = at === open.length - 1 ? left : Math.min(left, free)
    parts.set(orderId, (parts.get(orderId) ?? 0) + part)
    left -= part
  }
  const placed = [...parts].filter(([, part]) => part > 0).map(([orderId, part]) => ({ orderId, amountFen: part }))
  return { placed, isAbove: placed.some((one) => one.amountFen > (orders.get(one.orderId)?.openFen ?? 0)) }
}

type Numbers = { readonly numbers: Set<string>; readonly officials: Set<string> }
/** Which of these numbers, and of those of the tax office, stand on an invoice; what is void has given up the latter. */
export async function numbersTaken(tx: WriteTx, asked: readonly Values[]): Promise<Numbers> {
  const listed = (key: string): string => JSON.stringify(asked.flatMap((values) => str(values[key]) ?? []))
  const { rows: own } = await sql<{ said: string }>`
    select number as said from invoice where number in (select value from json_each(${listed('number')}))`.execute(plain(tx))
  const { rows: official } = await sql<{ said: string }>`
    select official_number as said from invoice where official_number in (select value from json_each(${listed('officialNumber')}))
      and status <> 'void' and deleted_at is null`.execute(plain(tx))
  return { numbers: new Set(own.map(({ said }) => said)), officials: new Set(official.map(({ said }) => said)) }
}

export const INVOICE_KEYS = [
  'id',
  'number',
  'status',
  'kind',
  'customerId',
  'requesterId',
  'requestedOn',
  'amountFen',
  'buyer',
  'buyerKind',
  'taxNumber',
  'address',
  'phone',
  'bank',
  'account',
  'email',
  'mailAddress',
  'officialNumber',
  'issuedOn',
  'postedOn',
  'expressNo',
  'voidReason',
  'note',
  'issue',
  'createdAt',
  'createdBy',
  'updatedAt',
] as const
export const LINE_KEYS = ['id', 'invoiceId', 'orderId', 'amountFen', 'position', 'createdAt'] as const
