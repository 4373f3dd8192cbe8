import type { PurchaseEdit } from '../../../src-shared/features/purchases/model.ts'
import { requireDraft, requireOpen } from '../../../src-shared/features/purchases/rules.ts'
import { cleanLongText, cleanText } from '../../../src-shared/kernel/cleaning/text.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { updateRow } from '../../kernel/records/write.ts'
import { levelAt, openWarehouse } from '../stock/public.ts'
import { linesOf, purchaseIn, type PurchaseRow } from './store.ts'

/** The one cleaning of purchases, whoever brings them. */
export function clean<Values extends PurchaseEdit>(values: Values): Values {
  const { supplier, note } = values
  return {
    ...values,
    ...(supplier !== undefined && { supplier: (supplier && cleanText(supplier)) || null }),
    ...(note !== undefined && { note: (note && cleanLongText(note)) || null }),
  }
}

/** @returns whether anything was written. @throws Refusal ended | notDraft | pendingApproval | warehouseUnknown | warehouseArchived */
export async function editPurchase(
  context: CommandContext,
  row: PurchaseRow,
  given: PurchaseEdit,
  seenVersion: number,
): Promise<boolean> {
  requireOpen(row)
  const values = clean(given)
  const { warehouseId } = values
  if (warehouseId !== undefined && warehouseId !== row.warehouseId) {
    requireDraft(row)
    await openWarehouse(context.tx, warehouseId)
    for (const { productId } of await linesOf(context.tx, row.id)) await levelAt(context, productId, warehouseId)
  }
  return updateRow(context, purchaseIn(context), row, { values, seenVersion })
}
