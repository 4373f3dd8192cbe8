import { sql } from 'kysely'
import type { LineInput } from '../../../src-shared/features/orders/model.ts'
import {
  type Figures,
  figuresOf,
  type FiguredLine,
  requireCovers,
  requireCoversInvoices,
} from '../../../src-shared/features/orders/rules.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { insertInto } from '../../kernel/records/write.ts'
import { levelsOf, type Placed, placed, type Terms } from './pricing.ts'
import { invoicedOf } from './store.ts'

type Db = ReadDb | WriteTx
export type StoredLine = FiguredLine & {
  id: string
  productId: string | null
  name: string
  unit: string | null
  amountFen: number
  note: string | null
}

export async function linesOf(db: Db, orderId: string): Promise<StoredLine[]> {
  const { rows } = await sql<StoredLine>`
    select id, product_id as "productId", name, unit, quantity, price_fen as "priceFen", discount, tax_rate as "taxRate",
      list_price_fen as "listPriceFen", cost_fen as "costFen", amount_fen as "amountFen", note
    from order_line where order_id = ${orderId} order by position`.execute(plain(db))
  return rows
}

const SAME = [
  'productId',
  'name',
  'unit',
  'quantity',
  'priceFen',
  'discount',
  'taxRate',
  'listPriceFen',
  'costFen',
  'note',
] as const
const isSame = (a: readonly Placed[], b: readonly StoredLine[]): boolean =>
  a.length === b.length && a.every((line, n) => SAME.every((key) => (line[key] ?? null) === (b[n]?.[key] ?? null)))

type Order = {
  readonly id: string
  readonly customerId: string | null
  readonly receivedFen: number
  readonly refundedFen: number
}
/** `lines`: left out, they stay as they stand. */
type Wanted = { readonly lines?: readonly LineInput[]; readonly discountFen: number } & Omit<Terms, 'level'>
export type HeaderFigures = Pick<Figures, 'linesFen' | 'discountFen' | 'totalFen' | 'taxFen' | 'listFen' | 'costFen'>

/** A line as people write it; what it is by list and what it costs stays what it is. */
export const bare = ({ productId, name, unit, quantity, priceFen, discount, taxRate, note }: StoredLine): LineInput => ({
  productId: productId as LineInput['productId'],
  name,
  unit,
  quantity,
  priceFen,
  discount,
  taxRate,
  note,
})

/**
 * Writes the lines of an order, all of them or as they stand with what another day or customer makes of them, and works out what it comes to.
 * @throws Refusal badNumber | sumTooLarge | discountAboveLines | totalNegative | productUnknown | productOffSale | priceOfProduct | listBelowPrice |
 *   totalBelowReceived
 */
export async function writeLines(
  context: CommandContext,
  order: Order,
  { lines, discountFen, ...asked }: Wanted,
): Promise<{ wrote: boolean; figures: HeaderFigures }> {
  const stored = await linesOf(context.tx, order.id)
  const { customerId } = order
  const level = customerId === null ? null : ((await levelsOf(context.tx, [customerId])).get(customerId) ?? null)
  const wanted = await placed(context.tx, lines ?? stored.map(bare), stored, { level, ...asked })
  const { amounts, ...figures } = figuresOf(wanted, discountFen)
  requireCovers(figures.totalFen, order)
  requireCoversInvoices(figures.totalFen, await invoicedOf(context.tx, order.id))
  const wrote = !isSame(wanted, stored)
  if (wrote) await replaceLines(context, order.id, wanted, amounts)
  return { wrote, figures }
}

async function replaceLines(
  context: CommandContext,
  orderId: string,
  lines: readonly Placed[],
  amounts: readonly number[],
): Promise<void> {
  await context.tx.deleteFrom('orderLine').where('orderId', '=', orderId).execute()
  for (const [position, line] of lines.entries()) {
    const { productId, name, unit, quantity, priceFen, discount, taxRate, listPriceFen, costFen, note } = line
    await insertInto(context.tx, 'order_line', {
      id: context.newId(),
      orderId,
      productId,
      name,
      unit,
      quantity,
      priceFen,
      discount,
      taxRate,
      listPriceFen,
      costFen,
      amountFen: amounts[position] ?? 0,
      position,
      note,
      createdAt: context.now(),
    })
  }
}
