import { sql } from 'kysely'
import { type CostFrom, costOn, type ListedPrice, type Price, priceFor } from '../../../src-shared/features/products/rules.ts'
import type { PRODUCT_STATUSES } from '../../../src-shared/features/products/entity.ts'
import type { PriceList } from '../../../src-shared/features/products/model.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { readPriceLists } from './prices.ts'

type Db = ReadDb | WriteTx
/** A product as documents ask for it: what one piece costs this customer and the company on a day, in fen. */
export type Priced = { readonly id: string; readonly price: Price; readonly costFen: number | null }

type ShelfProduct = {
  readonly id: string
  readonly name: string
  readonly unit: string | null
  readonly taxRate: string | null
  readonly priceFen: number | null
  readonly status: (typeof PRODUCT_STATUSES)[number]
  /** 1 for one in the recycle bin. */
  readonly gone: number
}
/** What documents ask of products, read once for all of them: standard prices, price lists, costs from a day on. */
export type Shelf = {
  readonly products: ReadonlyMap<string, ShelfProduct>
  readonly lists: readonly PriceList[]
  readonly items: ReadonlyMap<string, readonly ListedPrice[]>
  readonly costs: ReadonlyMap<string, readonly CostFrom[]>
}

/** The products with these ids, those in the recycle bin too, with all that says what they cost. */
export async function shelfOf(db: Db, productIds: readonly string[]): Promise<Shelf> {
  const wanted = [...new Set(productIds)]
  if (wanted.length === 0) return { products: new Map(), lists: [], items: new Map(), costs: new Map() }
  const among = sql`in (select value from json_each(${JSON.stringify(wanted)}))`
  const { rows: products } = await sql<ShelfProduct>`
    select id, name, unit, tax_rate as "taxRate", price_fen as "priceFen", status, deleted_at is not null as gone from product where id ${among}`.execute(
    plain(db),
  )
  const { rows: items } = await sql<ListedPrice>`
    select price_list_id as "listId", product_id as "productId", price_fen as "priceFen" from price_list_item where product_id ${among}`.execute(
    plain(db),
  )
  const { rows: costs } = await sql<CostFrom & { productId: string }>`
    select product_id as "productId", cost_fen as "costFen", valid_from as "validFrom" from product_cost where product_id ${among}`.execute(
    plain(db),
  )
  return {
    products: new Map(products.map((product) => [product.id, product])),
    lists: items.length === 0 ? [] : await readPriceLists(db),
    items: Map.groupBy(items, ({ productId }) => productId),
    costs: Map.groupBy(costs, ({ productId }) => productId),
  }
}

/**
 * What one piece costs a customer of a level and the company on a day.
 * @param productId one of the shelf
 * @param asked `level`: of the customer, null where he has none; `day`: YYYY-MM-DD
 * @returns fen, null where no price or cost is known by then
 */
export function pricedOn(
  { products, lists, items, costs }: Shelf,
  productId: string,
  { level, day }: { readonly level: string | null; readonly day: string },
): Priced {
  const product = products.get(productId)
  if (!product) throw new Error(`product ${productId} is not on the shelf`)
  return {
    id: productId,
    price: priceFor({ product, lists, items: items.get(productId) ?? [], level, day }),
    costFen: costOn(costs.get(productId) ?? [], day)?.costFen ?? null,
  }
}

/** Those of the products that are there, by id. `level`: of the customer who asks. */
export async function pricesFor(
  db: Db,
  { productIds, level, day }: { productIds: readonly string[]; level: string | null; day: string },
): Promise<Map<string, Priced>> {
  const shelf = await shelfOf(db, productIds)
  const there = [...shelf.products.values()].filter(({ gone }) => gone === 0)
  return new Map(there.map(({ id }) => [id, pricedOn(shelf, id, { level, day })]))
}
