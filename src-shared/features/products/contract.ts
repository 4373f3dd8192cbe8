import { z } from 'zod'
import { CellBlock, CellsReport } from '../../kernel/cells/model.ts'
import { CUSTOM_REFUSALS } from '../../kernel/custom/values.ts'
import { BulkPreview, BulkResult, ListInput, page, Selection, SumInput, SumResult, Which } from '../../kernel/list.ts'
import { command, query } from '../../kernel/procedure.ts'
import {
  Category,
  CategoryId,
  CategoryName,
  Cost,
  CostId,
  Day,
  Fen,
  NewProduct,
  PriceItem,
  PriceList,
  PriceListId,
  PriceListValues,
  Product,
  ProductEdit,
  ProductId,
  ProductValues,
} from './model.ts'

export const PRODUCT_REFUSALS = ['deleted', 'categoryUnknown', 'hasStock', ...CUSTOM_REFUSALS] as const
export const PRODUCTS_REFUSALS = ['nothingSelected', 'categoryUnknown', 'hasStock', ...CUSTOM_REFUSALS] as const
export const PRODUCTS_RESTORE_REFUSALS = ['nothingSelected', 'uniqueTaken'] as const
export const CATEGORY_REFUSALS = ['nameTaken', 'parentUnknown', 'underItself'] as const
export const CATEGORY_REMOVE_REFUSALS = ['categoryNotEmpty'] as const
export const COST_REFUSALS = ['deleted', 'dayTaken'] as const
export const PRICE_LIST_REFUSALS = ['nameTaken', 'endsBeforeItBegins'] as const
export const PRICE_REFUSALS = ['productUnknown'] as const

const SHOWS = ['product', 'productCategory', 'customField'] as const
const One = z.strictObject({ id: ProductId })
/** What many products may be given at once: neither one name nor one number. */
export const ProductsEdit = ProductValues.omit({ name: true, number: true }).partial()
export type ProductsEdit = z.infer<typeof ProductsEdit>
const Costs = z.array(Cost)
/** At most so many prices of one list are set by one call. */
export const MOST_PRICES = 1000

export const productsContract = {
  list: query('products.read', SHOWS).input(ListInput).output(page(Product)),
  count: query('products.read', SHOWS)
    .input(Which)
    .output(z.strictObject({ count: z.number().int(), capped: z.boolean() })),
  sums: query('products.read', SHOWS).input(SumInput).output(SumResult),
  get: query('products.read', SHOWS).input(One).output(Product),
  create: command('products.write', PRODUCT_REFUSALS).input(NewProduct).output(Product),
  /** `version` is the one the editor saw; fields that somebody else changed since are STALE, others merge silently. */
  edit: command('products.write', PRODUCT_REFUSALS)
    .input(z.strictObject({ id: ProductId, version: z.number().int(), values: ProductEdit }))
    .output(Product),
  /** On and off sale among the rest; up to 500 rows at once, more chunk by chunk under one batch id. */
  editMany: command('products.write', PRODUCTS_REFUSALS)
    .input(z.strictObject({ selection: Selection, values: ProductsEdit }))
    .output(BulkResult),
  /** What `editMany` or `removeMany` would do with a selection; nothing is written. */
  previewMany: query('products.write', [])
    .input(z.strictObject({ act: z.enum(['edit', 'remove']), selection: Selection, values: ProductsEdit.optional() }))
    .output(BulkPreview),
  /** What a block of cells would do, cell by cell; nothing is written. */
  checkCells: query('products.write', []).input(CellBlock).output(CellsReport),
  editCells: command('products.write', PRODUCT_REFUSALS).input(CellBlock).output(CellsReport),
  removeMany: command('products.write', PRODUCTS_REFUSALS)
    .input(z.strictObject({ selection: Selection }))
    .output(BulkResult),
  restoreMany: command('products.write', PRODUCTS_RESTORE_REFUSALS)
    .input(z.strictObject({ selection: Selection }))
    .output(BulkResult),

  /** The whole tree in its order, parents before what lies under them. */
  categories: query('products.read', ['productCategory', 'product']).input(z.strictObject({})).output(z.array(Category)),
  createCategory: command('products.write', CATEGORY_REFUSALS)
    .input(z.strictObject({ name: CategoryName, parentId: CategoryId.nullable() }))
    .output(Category),
  /** Another name, another place in the tree, or another rank among those beside it. */
  editCategory: command('products.write', CATEGORY_REFUSALS)
    .input(
      z.strictObject({
        id: CategoryId,
        version: z.number().int(),
        name: CategoryName.optional(),
        parentId: CategoryId.nullable().optional(),
        position: z.number().int().min(0).max(10_000).optional(),
      }),
    )
    .output(Category),
  removeCategory: command('products.write', CATEGORY_REMOVE_REFUSALS)
    .input(z.strictObject({ id: CategoryId }))
    .output(z.strictObject({ id: CategoryId })),

  /** What a product has cost, the latest first. Only for who may read the field. */
  costs: query('products.read', ['product']).input(One).output(Costs),
  addCost: command('products.costs', COST_REFUSALS)
    .input(
      z.strictObject({
        productId: ProductId,
        costFen: Fen,
        validFrom: Day,
        note: z.string().trim().max(500).nullable().optional(),
      }),
    )
    .output(Costs),
  /** Says a past cost otherwise: on purpose, by itself and written down. */
  editCost: command('products.costs', COST_REFUSALS)
    .input(
      z.strictObject({
        id: CostId,
        version: z.number().int(),
        costFen: Fen.optional(),
        validFrom: Day.optional(),
        note: z.string().trim().max(500).nullable().optional(),
      }),
    )
    .output(Costs),
  removeCost: command('products.costs', COST_REFUSALS)
    .input(z.strictObject({ id: CostId }))
    .output(Costs),

  /** In the order in which they count. */
  priceLists: query('products.read', ['priceList', 'product']).input(z.strictObject({})).output(z.array(PriceList)),
  createPriceList: command('products.prices', PRICE_LIST_REFUSALS).input(PriceListValues).output(PriceList),
  editPriceList: command('products.prices', PRICE_LIST_REFUSALS)
    .input(
      PriceListValues.partial().extend({
        id: PriceListId,
        version: z.number().int(),
        position: z.number().int().min(0).max(10_000).optional(),
      }),
    )
    .output(PriceList),
  /** The list with all its prices. */
  removePriceList: command('products.prices', PRICE_LIST_REFUSALS)
    .input(z.strictObject({ id: PriceListId }))
    .output(z.strictObject({ id: PriceListId })),
  priceItems: query('products.read', ['priceList', 'product'])
    .input(z.strictObject({ id: PriceListId }))
    .output(z.array(PriceItem)),
  /** Prices of a list, each for one product; null takes the product out of it. */
  setPrices: command('products.prices', PRICE_REFUSALS)
    .input(
      z.strictObject({
        id: PriceListId,
        prices: z
          .array(z.strictObject({ productId: ProductId, priceFen: Fen.nullable() }))
          .min(1)
          .max(MOST_PRICES),
      }),
    )
    .output(z.strictObject({ changed: z.number().int() })),
  /** What each list says of one product, whether it is valid today or not. */
  pricesOf: query('products.read', ['priceList', 'product'])
    .input(One)
    .output(z.array(z.strictObject({ listId: PriceListId, priceFen: z.number().int() }))),
}
