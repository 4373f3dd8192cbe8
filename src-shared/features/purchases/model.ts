import { z } from 'zod'
import { idOf } from '../../kernel/ids.ts'
import { BusinessDate, Instant } from '../../kernel/time.ts'
import { Fen, ProductId } from '../products/model.ts'
import { Pieces, WarehouseId } from '../stock/model.ts'
import { PURCHASE_STATES } from './entity.ts'

export const PurchaseId = idOf<'purchase'>()
export type PurchaseId = z.infer<typeof PurchaseId>
export const PurchaseLineId = idOf<'purchaseLine'>()
export type PurchaseLineId = z.infer<typeof PurchaseLineId>
export const PurchaseState = z.enum(PURCHASE_STATES)
export type PurchaseState = z.infer<typeof PurchaseState>

const text = (max: number) => z.string().max(max).nullable()
const Some = Pieces.refine((quantity) => /[1-9]/.test(quantity), 'required')

/** A line as people write it: with an id it is one that stands there. Without a price it takes what the product costs today. */
export const PurchaseLineInput = z.strictObject({
  id: PurchaseLineId.optional(),
  productId: ProductId,
  quantity: Some,
  priceFen: Fen.nullable().default(null),
  note: text(500).default(null),
})
export type PurchaseLineInput = z.infer<typeof PurchaseLineInput>
export const PurchaseLineInputs = z.array(PurchaseLineInput).max(200)

export const PurchaseValues = z.strictObject({
  supplier: text(200),
  expectedOn: BusinessDate.nullable(),
  warehouseId: WarehouseId,
  note: text(2000),
})
export const PurchaseEdit = PurchaseValues.partial()
export type PurchaseEdit = z.infer<typeof PurchaseEdit>
export const NewPurchase = PurchaseValues.partial().extend({ lines: PurchaseLineInputs.default([]) })
export type NewPurchase = z.input<typeof NewPurchase>

/** A row as the caller may see it; `progress`: percent of what was ordered that has arrived. */
export const Purchase = z
  .strictObject({
    id: PurchaseId,
    number: z.string(),
    state: PurchaseState,
    supplier: z.string().nullable(),
    goods: z.string().nullable(),
    progress: z.number().nullable(),
    amountFen: z.number().int().nullable(),
    expectedOn: BusinessDate.nullable(),
    warehouseId: WarehouseId.nullable(),
    warehouseName: z.string().nullable(),
    authorId: z.string().nullable(),
    authorName: z.string().nullable(),
    note: z.string().nullable(),
    cancelReason: z.string().nullable(),
    issue: z.string().nullable(),
    createdAt: Instant,
    updatedAt: Instant,
    createdBy: z.string().nullable(),
    createdByName: z.string().nullable().optional(),
    version: z.number().int(),
  })
  .strip()
export type Purchase = z.infer<typeof Purchase>

/** Quantities as decimal text; `priceFen` null where it is not known or not to be known. The order has a name only for who sees it. */
export const PurchaseLine = z.strictObject({
  id: PurchaseLineId,
  productId: ProductId,
  name: z.string(),
  number: z.string().nullable(),
  spec: z.string().nullable(),
  unit: z.string().nullable(),
  quantity: z.string(),
  received: z.string(),
  /** What is still to come. */
  open: z.string(),
  priceFen: z.number().int().nullable(),
  amountFen: z.number().int().nullable(),
  orderId: z.string().nullable(),
  orderName: z.string().nullable(),
  note: z.string().nullable(),
})
export type PurchaseLine = z.infer<typeof PurchaseLine>
/** What a purchase is of; `needsApproval`: handing it in asks somebody first. */
export const PurchaseParts = z.strictObject({ lines: z.array(PurchaseLine), needsApproval: z.boolean() })
export type PurchaseParts = z.infer<typeof PurchaseParts>

export const ReceiveLine = z.strictObject({ lineId: PurchaseLineId, quantity: Some })

/** What an order lacked when it was agreed on, and the purchase that asks for it. */
export const Shortage = z.strictObject({
  purchaseId: PurchaseId,
  number: z.string(),
  lines: z.array(z.strictObject({ name: z.string(), quantity: z.string(), unit: z.string().nullable() })),
})
export type Shortage = z.infer<typeof Shortage>
