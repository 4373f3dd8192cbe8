import { z } from 'zod'
import { ListInput, page, SumInput, SumResult, Which } from '../../kernel/list.ts'
import { command, query } from '../../kernel/procedure.ts'
import { OrderId } from '../orders/model.ts'
import { ProductId } from '../products/model.ts'
import {
  Availability,
  Move,
  MoveInput,
  OrderStock,
  Reservation,
  Stock,
  STOCK_REFUSALS,
  StockId,
  Warehouse,
  WarehouseId,
  WarehouseName,
} from './model.ts'

export const MOVE_REFUSALS = [
  ...STOCK_REFUSALS,
  'badNumber',
  'nothingMoved',
  'sameWarehouse',
  'warehouseUnknown',
  'productUnknown',
  'notStocked',
  'productTwice',
] as const
export const WAREHOUSE_REFUSALS = ['nameTaken', 'tooMany', 'defaultStays', 'warehouseFull', 'warehouseArchived'] as const

const SHOWS = ['stock', 'product', 'warehouse', 'purchase'] as const
const One = z.strictObject({ id: StockId })
const Page = { offset: z.number().int().min(0).max(1_000_000).default(0), limit: z.number().int().min(1).max(200).default(50) }

export const stockContract = {
  list: query('stock.read', SHOWS).input(ListInput).output(page(Stock)),
  count: query('stock.read', SHOWS)
    .input(Which)
    .output(z.strictObject({ count: z.number().int(), capped: z.boolean() })),
  sums: query('stock.read', SHOWS).input(SumInput).output(SumResult),
  get: query('stock.read', SHOWS).input(One).output(Stock),
  /** How a product came into a warehouse and left it, the newest first. */
  moves: query('stock.read', [...SHOWS, 'order'])
    .input(One.extend(Page))
    .output(page(Move)),
  /** For which orders it is kept, or which still wait for it. */
  reservations: query('stock.read', [...SHOWS, 'order'])
    .input(One)
    .output(z.array(Reservation)),
  /** What of products is free for an order, without what is kept for others; what it is kept itself counts as free. */
  available: query('stock.read', SHOWS)
    .input(z.strictObject({ productIds: z.array(ProductId).min(1).max(500), orderId: OrderId.nullable().default(null) }))
    .output(z.array(Availability)),
  /** How one order stands with stock. */
  ofOrder: query('orders.read', ['order', 'stock', 'product', 'warehouse'])
    .input(z.strictObject({ orderId: OrderId }))
    .output(z.array(OrderStock)),
  /** In, out, from one warehouse to another, or to what a count found. */
  move: command('stock.move', MOVE_REFUSALS).input(MoveInput).output(z.array(Stock)),

  /** In their order, the default one first, archived ones last. */
  warehouses: query('signed-in', ['warehouse', 'stock']).input(z.strictObject({})).output(z.array(Warehouse)),
  createWarehouse: command('warehouses.manage', WAREHOUSE_REFUSALS)
    .input(z.strictObject({ name: WarehouseName }))
    .output(Warehouse),
  /** Another name; the one that serves orders; put aside or taken up again. One that holds anything is not put aside. */
  editWarehouse: command('warehouses.manage', WAREHOUSE_REFUSALS)
    .input(
      z.strictObject({
        id: WarehouseId,
        version: z.number().int(),
        name: WarehouseName.optional(),
        isDefault: z.literal(true).optional(),
        archived: z.boolean().optional(),
      }),
    )
    .output(Warehouse),
  /** Only one that nothing ever lay in. */
  removeWarehouse: command('warehouses.manage', WAREHOUSE_REFUSALS)
    .input(z.strictObject({ id: WarehouseId }))
    .output(z.strictObject({ id: WarehouseId })),
}
