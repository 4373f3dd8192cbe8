import { type Price, priceFor } from '../../../src-shared/features/products/rules.ts'
import type { ReadDb } from '../../kernel/database.ts'
import { NotFound } from '../../kernel/errors.ts'
import { readPriceLists } from './prices.ts'

type Wanted = { readonly productId: string; readonly level: string | null; readonly day: string }

/** What a customer of a level pays for one piece on a day, and why. @throws NotFound for a product that is not there. */
export async function priceOn(db: ReadDb, { productId, level, day }: Wanted): Promise<Price> {
  const product = await db
    .selectFrom('product')
    .select(['id', 'priceFen'])
    .where('id', '=', productId)
    .where('deletedAt', 'is', null)
    .executeTakeFirst()
  if (!product) throw new NotFound('product', productId)
  const items = await db
    .selectFrom('priceListItem')
    .select(['priceListId as listId', 'productId', 'priceFen'])
    .where('productId', '=', productId)
    .execute()
  return priceFor({ product, lists: await readPriceLists(db), items, level, day })
}
