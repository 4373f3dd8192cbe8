import { sql } from 'kysely'
import { costOn, type ListedPrice, type Price, priceFor } from '../../../src-shared/features/products/rules.ts'
import type { ReadDb, WriteTx } from '../../kernel/database.ts'
import { readPriceLists } from './prices.ts'

type Db = ReadDb | WriteTx
/** A product as documents ask for it: what one piece costs this customer and the company on a day, in fen. */
export type Priced = { readonly id: string; readonly price: Price; readonly costFen: number | null }

/** Those of the products that are there, by id. `level`: of the customer who asks. */
export async function pricesFor(
  db: Db,
  { productIds, level, day }: { productIds: readonly string[]; level: string | null; day: string },
): Promise<Map<string, Priced>> {
  const ids = sql`(select value from json_each(${JSON.stringify(productIds)}))`
  const { rows: products } = await sql<{ id: string; priceFen: number | null }>`
    select id, price_fen from product where id in ${ids} and deleted_at is null`.execute(db)
  const { rows: items } = await sql<ListedPrice>`
    select price_list_id as list_id, product_id, price_fen from price_list_item where product_id in ${ids}`.execute(db)
  const { rows: costs } = await sql<{ productId: string; costFen: number; validFrom: string }>`
    select product_id, cost_fen, valid_from from product_cost where product_id in ${ids}`.execute(db)
  const lists = await readPriceLists(db)
  return new Map(
    products.map((product) => [
      product.id,
      {
        id: product.id,
        price: priceFor({ product, lists, items, level, day }),
        costFen:
          costOn(
            costs.filter(({ productId }) => productId === product.id),
            day,
          )?.costFen ?? null,
      },
    ]),
  )
}
