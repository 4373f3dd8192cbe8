import { z } from 'zod'
import { cleanText } from '../../kernel/cleaning/text.ts'
import { QUANTITY } from '../../kernel/documents/lines.ts'
import { idOf } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'
import { ProductId } from '../products/model.ts'
import { MOVE_KINDS } from './entity.ts'

export const WarehouseId = idOf<'warehouse'>()
export type WarehouseId = z.infer<typeof WarehouseId>
export const StockId = idOf<'stock'>()
export type StockId = z.infer<typeof StockId>
export const MoveKind = z.enum(MOVE_KINDS)
export type MoveKind = z.infer<typeof MoveKind>

/** Decimal text, at most four digits after the point; nothing is moved by less than nothing. */
export const Pieces = z
  .string()
  .regex(QUANTITY, 'notAQuantity')
  .refine((text) => !text.startsWith('-'), 'negative')

export const MOST_WAREHOUSES = 100
export const WarehouseName = z.string().overwrite(cleanText).min(1, 'required').max(60)
/** Orders are served from the default one; an archived one takes part in nothing new. */
export const Warehouse = z.strictObject({
  id: WarehouseId,
  name: z.string(),
  isDefault: z.boolean(),
  archived: z.boolean(),
  /** Products that lie in it, or are waited for from it. */
  products: z.number().int(),
  version: z.number().int(),
})
export type Warehouse = z.infer<typeof Warehouse>

const Count = z.number().nullable()
/** A row of the list: pieces of a product in a warehouse. `available`: on hand and kept for nobody; `waiting`: what orders still lack. */
export const Stock = z
  .strictObject({
    id: StockId,
    name: z.string(),
    number: z.string().nullable(),
    spec: z.string().nullable(),
    unit: z.string().nullable(),
    productId: ProductId,
    productName: z.string().nullable(),
    warehouseId: WarehouseId,
    warehouseName: z.string().nullable(),
    onHand: Count,
    reserved: Count,
    available: Count,
    waiting: Count,
    incoming: Count,
    createdAt: Instant,
    updatedAt: Instant,
    createdBy: z.string().nullable(),
    createdByName: z.string().nullable().optional(),
    version: z.number().int(),
  })
  .strip()
export type Stock = z.infer<typeof Stock>

/** One move of a level, quantities as decimal text, below zero for what left. Of a document out of sight neither number nor id is told. */
export const Move = z.strictObject({
  id: z.string(),
  kind: MoveKind,
  quantity: z.string(),
  /** What lay there after it. */
  after: z.string(),
  reason: z.string().nullable(),
  forced: z.boolean(),
  orderId: z.string().nullable(),
  purchaseId: z.string().nullable(),
  doc: z.string().nullable(),
  /** The other warehouse of a transfer. */
  otherName: z.string().nullable(),
  byName: z.string().nullable(),
  at: Instant,
})
export type Move = z.infer<typeof Move>

/** An order that asked for pieces of a level, in the order in which they asked. Out of sight it has no name. */
export const Reservation = z.strictObject({
  orderId: z.string(),
  orderName: z.string().nullable(),
  orderNumber: z.string().nullable(),
  wanted: z.string(),
  kept: z.string(),
})
export type Reservation = z.infer<typeof Reservation>

export const MOST_MOVED = 200
export const MoveLine = z.strictObject({ productId: ProductId, quantity: Pieces })
const Reason = z.string().trim().max(500).nullable().default(null)
/** Moves of several products at once. In a count `quantity` is what was found. `beyond`: more than is free, by right and for a reason. */
export const MoveInput = z.strictObject({
  kind: MoveKind,
  warehouseId: WarehouseId,
  /** Where a transfer goes. */
  toId: WarehouseId.nullable().default(null),
  lines: z.array(MoveLine).min(1).max(MOST_MOVED),
  reason: Reason,
  beyond: z.boolean().default(false),
})
export type MoveInput = z.infer<typeof MoveInput>

/** What of a product an order could have now, from the warehouse that serves orders. Decimal text. */
export const Availability = z.strictObject({
  productId: ProductId,
  stocked: z.boolean(),
  onHand: z.string(),
  reserved: z.string(),
  available: z.string(),
  incoming: z.string(),
})
export type Availability = z.infer<typeof Availability>

/** How an order stands with stock, by product: asked for, kept, and what has left for it. Decimal text. */
export const OrderStock = z.strictObject({
  productId: ProductId,
  name: z.string(),
  unit: z.string().nullable(),
  warehouseName: z.string(),
  wanted: z.string(),
  kept: z.string(),
  short: z.string(),
  sent: z.string(),
})
export type OrderStock = z.infer<typeof OrderStock>

/** What a move of stock may be refused for, wherever it comes from. */
export const STOCK_REFUSALS = ['notEnough', 'stockReasonMissing', 'tooMuch', 'warehouseArchived'] as const
/** By right and for a reason beyond what is there. */
export const Beyond = { beyond: z.boolean().default(false), stockReason: Reason }
