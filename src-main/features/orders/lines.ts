import { sql } from 'kysely'
import type { CustomerId } from '../../../src-shared/features/customers/model.ts'
import type { LineInput, ProposedPrice } from '../../../src-shared/features/orders/model.ts'
import {
  type Figures,
  figuresOf,
  type FiguredLine,
  requireCovers,
  requireCoversInvoices,
} from '../../../src-shared/features/orders/rules.ts'
import { type CostFrom, costOn, type ListedPrice, priceFor, type RuledList } from '../../../src-shared/features/products/rules.ts'
import type { CommandContext, QueryContext } from '../../kernel/context.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { mayAskBy } from '../../kernel/policy.ts'
import { getRow } from '../../kernel/records/select.ts'
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

type ProductRow = { id: string; name: string; unit: string | null; taxRate: string | null; priceFen: number | null; gone: number }
const among = (ids: readonly string[]) => sql`in (select value from json_each(${JSON.stringify(ids)}))`

async function productsOf(db: Db, ids: readonly string[]): Promise<Map<string, ProductRow>> {
  const { rows } = await sql<ProductRow>`
    select id, name, unit, tax_rate as "taxRate", price_fen as "priceFen", deleted_at is not null as gone from product where id ${among(ids)}`.execute(
    plain(db),
  )
  return new Map(rows.map((row) => [row.id, row]))
}

async function costRows(db: Db, ids: readonly string[]): Promise<Map<string, CostFrom[]>> {
  const { rows } = await sql<CostFrom & { productId: string }>`
    select product_id as "productId", cost_fen as "costFen", valid_from as "validFrom" from product_cost where product_id ${among(ids)}`.execute(
    plain(db),
  )
  return Map.groupBy(rows, ({ productId }) => productId)
}

/** What each of these products cost on a day; one without a cost by then is left out. */
async function costsOn(db: Db, ids: readonly string[], day: string): Promise<Map<string, number>> {
  const costs = [...(await costRows(db, ids))].flatMap(([id, all]) => {
    const cost = costOn(all, day)
    return cost ? [[id, cost.costFen] as const] : []
  })
  return new Map(costs)
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
 * @throws Refusal badNumber | sumTooLarge | discountAboveLines | totalNegative | productUnknown | priceOfProduct | listBelowPrice |
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

type Asked = { readonly customerId: CustomerId | null; readonly day: string; readonly productIds: readonly string[] }
/** What products cost a customer on a day, with the reason; what one must not know is null. */
export async function proposedPrices(context: QueryContext, { customerId, day, productIds }: Asked): Promise<ProposedPrice[]> {
  const { db, actor } = context
  const level = customerId === null ? null : (await getRow(db, actor, entityIn(context, 'customer'), customerId))['level']
  const { rows: lists } = await sql<RuledList & { enabled: number | boolean }>`
    select id, name, level, valid_from as "validFrom", valid_to as "validTo", enabled, position from price_list where enabled = 1`.execute(
    plain(db),
  )
  const { rows: items } = await sql<ListedPrice>`
    select price_list_id as "listId", product_id as "productId", price_fen as "priceFen" from price_list_item where product_id ${among(productIds)}`.execute(
    plain(db),
  )
  const products = await productsOf(db, productIds)
  const product = entityIn(context, 'product')
  const seesCost = mayAskBy(actor, product, 'costFen')
  const seesPrice = mayAskBy(actor, product, 'priceFen')
  const costs = seesCost ? await costsOn(db, productIds, day) : new Map<string, number>()
  return productIds.flatMap((id): ProposedPrice[] => {
    const row = products.get(id)
    if (!row || row.gone === 1) return []
    const asked = { product: row, lists: lists.map((list) => ({ ...list, enabled: true })), items, day }
    const { priceFen, because } = priceFor({ ...asked, level: typeof level === 'string' ? level : null })
    return [
      {
        productId: id as ProposedPrice['productId'],
        name: row.name,
        unit: row.unit,
        taxRate: row.taxRate,
        priceFen: seesPrice ? priceFen : null,
        listFen: seesPrice ? row.priceFen : null,
        costFen: costs.get(id) ?? null,
        because,
      },
    ]
  })
}
