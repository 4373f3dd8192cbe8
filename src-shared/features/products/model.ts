import { z } from 'zod'
import { cleanText } from '../../kernel/cleaning/text.ts'
import { CustomCells, CustomValues } from '../../kernel/custom/model.ts'
import { idOf } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'
import { CustomerValues } from '../customers/model.ts'
import { PRODUCT_STATUSES } from './entity.ts'
import { cleanRate } from './rate.ts'

export const ProductId = idOf<'product'>()
export type ProductId = z.infer<typeof ProductId>
export const CategoryId = idOf<'productCategory'>()
export type CategoryId = z.infer<typeof CategoryId>
export const CostId = idOf<'productCost'>()
export type CostId = z.infer<typeof CostId>
export const PriceListId = idOf<'priceList'>()
export type PriceListId = z.infer<typeof PriceListId>

const text = (max: number) => z.string().max(max).nullable()
/** A calendar day. */
export const Day = z.iso.date('notADay')
/** Fen; beyond a hundred million yuan it is a slip of the hand. */
export const Fen = z.number().int().min(0, 'negative').max(10_000_000_000_00)
const RATE = /^(?:100(?:\.0{1,2})?|\d{1,2}(?:\.\d{1,2})?)$/
/** Percent as decimal text: "13" or "0.5". */
export const TaxRate = z.string().overwrite(cleanRate).regex(RATE, 'notARate')

/** What a person sets. */
export const ProductValues = z.strictObject({
  name: z.string().trim().min(1, 'required').max(200),
  number: text(40),
  categoryId: CategoryId.nullable(),
  unit: text(20),
  spec: text(500),
  barcode: text(60),
  priceFen: Fen.nullable(),
  taxRate: TaxRate.nullable(),
  status: z.enum(PRODUCT_STATUSES),
  /** Whether it lies in warehouses: a service does not. */
  stocked: z.boolean(),
  description: text(20_000),
  /** Fields that the company added, by key; those not named stay as they are. */
  custom: CustomValues,
})
export const NewProduct = ProductValues.partial().required({ name: true })
export type NewProduct = z.infer<typeof NewProduct>
export const ProductEdit = ProductValues.partial()
export type ProductEdit = z.infer<typeof ProductEdit>

/** A product as the caller may see it. `categoryName`: the way down to its category. */
export const Product = ProductValues.extend({
  id: ProductId,
  name: z.string(),
  categoryId: z.string().nullable(),
  categoryName: z.string().nullable(),
  taxRate: z.string().nullable(),
  status: z.enum(PRODUCT_STATUSES).nullable(),
  stocked: z.boolean().nullable(),
  /** What one costs today, and since when. */
  costFen: z.number().int().nullable(),
  costFrom: z.string().nullable(),
  createdAt: Instant,
  updatedAt: Instant,
  createdBy: z.string().nullable(),
  createdByName: z.string().nullable().optional(),
  deletedAt: Instant.nullable(),
  issue: z.string().nullable(),
  custom: CustomCells.optional(),
  customNames: z.record(z.string(), z.string()).optional(),
  version: z.number().int(),
}).strip()
export type Product = z.infer<typeof Product>

/** A slash divides the names of a path. */
export const CategoryName = z
  .string()
  .overwrite(cleanText)
  .min(1, 'required')
  .max(60)
  .refine((name) => !/[/／]/.test(name), 'noSlash')
/** `count`: products that stand in it itself and lie in no recycle bin. */
export const Category = z.strictObject({
  id: CategoryId,
  name: z.string(),
  path: z.string(),
  parentId: CategoryId.nullable(),
  position: z.number().int(),
  count: z.number().int(),
  version: z.number().int(),
})
export type Category = z.infer<typeof Category>

export const Cost = z.strictObject({
  id: CostId,
  costFen: z.number().int(),
  validFrom: z.string(),
  note: z.string().nullable(),
  createdAt: Instant,
  createdByName: z.string().nullable(),
  version: z.number().int(),
})
export type Cost = z.infer<typeof Cost>

export const PriceListValues = z.strictObject({
  name: z.string().overwrite(cleanText).min(1, 'required').max(60),
  /** For customers of this level; null for every customer. */
  level: CustomerValues.shape.level,
  validFrom: Day,
  validTo: Day.nullable(),
  enabled: z.boolean(),
})
export type PriceListValues = z.infer<typeof PriceListValues>
/** `position`: of two lists for the same customers the one that stands higher counts. */
export const PriceList = PriceListValues.extend({
  id: PriceListId,
  validFrom: z.string(),
  validTo: z.string().nullable(),
  position: z.number().int(),
  items: z.number().int(),
  version: z.number().int(),
})
export type PriceList = z.infer<typeof PriceList>

/** A line of a price list beside the product it is about. */
export const PriceItem = z.strictObject({
  productId: ProductId,
  name: z.string(),
  number: z.string().nullable(),
  spec: z.string().nullable(),
  unit: z.string().nullable(),
  standardFen: z.number().int().nullable(),
  priceFen: z.number().int(),
})
export type PriceItem = z.infer<typeof PriceItem>
