import type { NewProduct } from '../../../src-shared/features/products/model.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { insertRow } from '../../kernel/records/write.ts'
import { derivedOf } from './clean.ts'
import { requireCategory } from './store.ts'

/** Cleaned values as a new product. @returns its id. @throws Refusal categoryUnknown, or what the company asks of products */
export async function createProduct(context: CommandContext, values: Omit<NewProduct, 'custom'>): Promise<string> {
  await requireCategory(context.tx, values.categoryId)
  return insertRow(context, entityIn(context, 'product'), values, derivedOf(values))
}
