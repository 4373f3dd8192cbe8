import { z } from 'zod'
import { ListInput, page, SumInput, SumResult, Which } from '../../kernel/list.ts'
import { command, query } from '../../kernel/procedure.ts'
import { OrderId } from '../orders/model.ts'
import { NewPurchase, Purchase, PurchaseEdit, PurchaseId, PurchaseLineInputs, PurchaseParts, ReceiveLine } from './model.ts'

const LINES = ['badNumber', 'sumTooLarge', 'productUnknown', 'notStocked', 'lineUnknown'] as const
const WAREHOUSE = ['warehouseUnknown', 'warehouseArchived'] as const
export const CREATE_REFUSALS = [...LINES, ...WAREHOUSE] as const
export const EDIT_REFUSALS = ['notDraft', 'pendingApproval', 'ended', ...WAREHOUSE] as const
export const LINES_REFUSALS = ['notDraft', 'pendingApproval', ...LINES] as const
export const SUBMIT_REFUSALS = ['notDraft', 'pendingApproval', 'noLines', 'priceMissing', 'alreadyPending'] as const
export const RECEIVE_REFUSALS = ['notApproved', 'lineUnknown', 'lineTwice', 'aboveOrdered', 'tooMuch', ...WAREHOUSE] as const
export const CANCEL_REFUSALS = ['pendingApproval', 'ended'] as const

const SHOWS = ['purchase', 'warehouse', 'employee', 'approval', 'product'] as const
const One = z.strictObject({ id: PurchaseId })
const Seen = One.extend({ version: z.number().int() })

export const purchasesContract = {
  list: query('purchases.read', SHOWS).input(ListInput).output(page(Purchase)),
  count: query('purchases.read', SHOWS)
    .input(Which)
    .output(z.strictObject({ count: z.number().int(), capped: z.boolean() })),
  sums: query('purchases.read', SHOWS).input(SumInput).output(SumResult),
  get: query('purchases.read', SHOWS).input(One).output(Purchase),
  parts: query('purchases.read', [...SHOWS, 'order', 'stock', 'approvalFlow'])
    .input(One)
    .output(PurchaseParts),
  /** Those that buy something for one order, the newest first. */
  ofOrder: query('purchases.read', [...SHOWS, 'order'])
    .input(z.strictObject({ orderId: OrderId }))
    .output(z.array(Purchase)),
  create: command('purchases.write', CREATE_REFUSALS).input(NewPurchase).output(Purchase),
  /** Supplier, day and note also of what is agreed on; the warehouse of a draft alone. */
  edit: command('purchases.write', EDIT_REFUSALS)
    .input(Seen.extend({ values: PurchaseEdit }))
    .output(Purchase),
  /** All lines at once, of a draft. */
  setLines: command('purchases.write', LINES_REFUSALS)
    .input(Seen.extend({ lines: PurchaseLineInputs }))
    .output(Purchase),
  /** Hands it in by the flow that is called for; where nobody need be asked it is agreed on. */
  submit: command('purchases.write', SUBMIT_REFUSALS)
    .input(Seen.extend({ note: z.string().trim().max(2000).nullable().default(null) }))
    .output(Purchase),
  /** What has arrived goes into stock, all of it or a part. */
  receive: command('purchases.receive', RECEIVE_REFUSALS)
    .input(Seen.extend({ lines: z.array(ReceiveLine).min(1).max(200) }))
    .output(Purchase),
  /** What has not arrived is not waited for any more. */
  cancel: command('purchases.write', CANCEL_REFUSALS)
    .input(Seen.extend({ reason: z.string().trim().max(2000).nullable().default(null) }))
    .output(Purchase),
}
