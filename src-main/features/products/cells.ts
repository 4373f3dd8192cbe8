import { productEntity } from '../../../src-shared/features/products/entity.ts'
import { type NewProduct, ProductEdit } from '../../../src-shared/features/products/model.ts'
import { text } from '../../../src-shared/features/products/text.ts'
import { type Entities, entityIn } from '../../kernel/livingEntities.ts'
import type { CellWriter } from '../../kernel/records/editCells.ts'
import { optionWords } from '../../kernel/records/optionWords.ts'
import { cleanProduct, derivedOf } from './clean.ts'
import { createProduct } from './create.ts'
import { requireCategory, requireStockFree } from './store.ts'
import { STATUS_WORDS } from './words.ts'

const { shape } = ProductEdit
const isOwn = (key: string): key is keyof typeof shape => key in shape && key !== 'custom'
const WORDS = optionWords(productEntity, text, STATUS_WORDS)

/** Cells of products, in the list and pasted into it. */
export const productCells = (context: { readonly entities: Entities }): CellWriter => ({
  entity: entityIn(context, 'product'),
  words: WORDS,
  schemaOf: (key) => (isOwn(key) ? shape[key] : null),
  clean: (values) => cleanProduct(values as ProductEdit),
  over: (_actor, values) => values,
  derived: (values) => derivedOf(values as ProductEdit),
  before: async (command, row, values) => {
    await requireCategory(command.tx, values['categoryId'])
    await requireStockFree(command.tx, row.id, values)
  },
  create: { needs: 'products.write', row: (command, values) => createProduct(command, values as NewProduct) },
})
