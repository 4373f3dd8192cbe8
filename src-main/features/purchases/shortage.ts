import { sql } from 'kysely'
import type { PurchaseId, Shortage } from '../../../src-shared/features/purchases/model.ts'
import { quantityOf } from '../../../src-shared/kernel/documents/units.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { plain, type WriteTx } from '../../kernel/database.ts'
import { levelsOf, standingOf } from '../stock/public.ts'
import { costsToday, insertPurchase, written } from './store.ts'

/** What purchases that are under way still bring for an order, by product. Units. */
async function comingFor(tx: WriteTx, orderId: string): Promise<Map<string, number>> {
  const { rows } = await sql<{ productId: string; units: number }>`
    select l.product_id as "productId", sum(l.units - l.received) as units from purchase_line l join purchase p on p.id = l.purchase_id
    where l.order_id = ${orderId} and l.received < l.units and p.stage <> 'cancelled' group by l.product_id`.execute(plain(tx))
  return new Map(rows.map(({ productId, units }) => [productId, units]))
}

/** Everybody who may see to purchases and can sign in. */
async function buyersOf(tx: WriteTx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct u.employee_id as id from user_account u join user_role x on x.user_id = u.id
    join role_permission p on p.role_id = x.role_id and p.permission = 'purchases.write'
    where u.disabled_at is null and u.employee_id is not null`.execute(plain(tx))
  return rows.map(({ id }) => id)
}

/**
 * What an order lacks and nobody has asked for becomes a purchase request, a draft for those who buy, who are told.
 * @returns what it asks for; null where nothing is missing
 */
export async function requestMissing(context: CommandContext, orderId: string): Promise<Shortage | null> {
  const coming = await comingFor(context.tx, orderId)
  const lacking = (await standingOf(context.tx, orderId)).flatMap(({ levelId, productId, wanted, kept }) => {
    const units = wanted - kept - (coming.get(productId) ?? 0)
    return units > 0 ? [{ levelId, productId, units }] : []
  })
  const [first] = lacking
  if (!first) return null
  const levels = await levelsOf(
    context.tx,
    lacking.map(({ levelId }) => levelId),
  )
  const costs = await costsToday(
    context,
    lacking.map(({ productId }) => productId),
  )
  const id = await insertPurchase(context, {
    values: {},
    derived: { warehouseId: levels.get(first.levelId)?.warehouseId as string },
    lines: lacking.map(({ productId, units }) => ({
      productId,
      orderId,
      units,
      priceFen: costs.get(productId) ?? null,
      note: null,
    })),
  })
  const { number } = await written(context, id)
  context.notify({ employeeIds: await buyersOf(context.tx), kind: 'stockShort', entity: 'purchase', recordId: id })
  return {
    purchaseId: id as PurchaseId,
    number,
    lines: lacking.map(({ levelId, units }) => ({
      name: levels.get(levelId)?.product ?? '',
      quantity: quantityOf(units),
      unit: levels.get(levelId)?.unit ?? null,
    })),
  }
}
