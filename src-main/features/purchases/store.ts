import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Purchase, PurchaseLine, PurchaseLineInput } from '../../../src-shared/features/purchases/model.ts'
import { amountOf, type Stage } from '../../../src-shared/features/purchases/rules.ts'
import { quantityOf, unitsOf } from '../../../src-shared/kernel/documents/units.ts'
import { lineAt } from '../../../src-shared/kernel/documents/lines.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import { todayOf } from '../../kernel/clock.ts'
import type { CommandContext, QueryContext } from '../../kernel/context.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { mayAskBy, rowsFor } from '../../kernel/policy.ts'
import { getRow } from '../../kernel/records/select.ts'
import { insertInto, insertRow, loadForWrite, type StoredRow } from '../../kernel/records/write.ts'
import { pricesFor } from '../products/public.ts'
import { levelAt, requireStocked } from '../stock/public.ts'

type Db = ReadDb | WriteTx
export type PurchaseRow = StoredRow & {
  number: string | null
  stage: Stage
  warehouseId: string
  amountFen: number
  ordered: number
  received: number
  mark: string | null
}
export const purchaseIn = (context: Pick<CommandContext, 'entities'>) => entityIn(context, 'purchase')

export const written = async (context: CommandContext, id: string): Promise<Purchase> =>
  (await getRow(context.tx, sees(context), purchaseIn(context), id)) as Purchase
/** Whoever wrote it is told what he wrote, even where an order wrote it for him. */
const sees = ({ actor }: CommandContext) => ({
  ...actor,
  permissions: { ...actor.permissions, 'purchases.read': 'all' as const },
})

export const toChange = async (context: CommandContext, id: string): Promise<PurchaseRow> =>
  (await loadForWrite(context, purchaseIn(context), id, 'read')) as PurchaseRow

/** A line as it is stored, quantities in units. */
export type StoredLine = {
  id: string
  productId: string
  name: string
  orderId: string | null
  units: number
  received: number
  priceFen: number | null
  note: string | null
}
export async function linesOf(db: Db, purchaseId: string): Promise<StoredLine[]> {
  const { rows } = await sql<StoredLine>`
    select l.id, l.product_id as "productId", p.name, l.order_id as "orderId", l.units, l.received, l.price_fen as "priceFen", l.note
    from purchase_line l join product p on p.id = l.product_id where l.purchase_id = ${purchaseId} order by l.position`.execute(
    plain(db),
  )
  return rows
}

/** The very content that is handed in. */
export const markOf = (
  row: Pick<PurchaseRow, 'warehouseId'>,
  lines: readonly Pick<StoredLine, 'productId' | 'units' | 'priceFen'>[],
): string =>
  createHash('sha256')
    .update(JSON.stringify([row.warehouseId, lines.map(({ productId, units, priceFen }) => [productId, units, priceFen])]))
    .digest('hex')
    .slice(0, 32)

export type NewLine = Pick<StoredLine, 'productId' | 'orderId' | 'units' | 'priceFen' | 'note'>

/** What each product costs the company today; one without a cost is left out. */
export async function costsToday(context: CommandContext, productIds: readonly string[]): Promise<Map<string, number>> {
  const known = await pricesFor(context.tx, { productIds: [...productIds], level: null, day: todayOf(context) })
  return new Map([...known].flatMap(([id, { costFen }]) => (costFen === null ? [] : [[id, costFen] as const])))
}

/**
 * Lines as they are to stand: a price that the writer may not see stays as it was, and one that nobody says is today's cost.
 * @throws Refusal lineUnknown | badNumber | productUnknown | notStocked
 */
export async function placed(
  context: CommandContext,
  lines: readonly PurchaseLineInput[],
  stored: readonly StoredLine[],
): Promise<NewLine[]> {
  const byId = new Map<string, StoredLine>(stored.map((line) => [line.id, line]))
  await requireStocked(
    context.tx,
    lines.flatMap(({ id, productId }) => (byId.get(id ?? '')?.productId === productId ? [] : [productId])),
  )
  const costs = await costsToday(
    context,
    lines.map(({ productId }) => productId),
  )
  const mayPrice = mayAskBy(context.actor, purchaseIn(context), 'amountFen')
  return lines.map(({ id, productId, quantity, priceFen, note }) => {
    const before = id === undefined ? undefined : byId.get(id)
    if (id !== undefined && !before) throw new Refusal('lineUnknown')
    const same = before?.productId === productId ? before : undefined
    return {
      productId,
      orderId: same?.orderId ?? null,
      units: unitsOf(quantity),
      priceFen: (mayPrice ? priceFen : same?.priceFen) ?? costs.get(productId) ?? null,
      note: note?.trim() || null,
    }
  })
}

/** Writes the whole set of lines. @returns what they come to. @throws Refusal sumTooLarge */
export async function writeLines(
  context: CommandContext,
  purchase: { id: string; warehouseId: string },
  lines: readonly NewLine[],
): Promise<{ amountFen: number; ordered: number }> {
  const at = context.now()
  await context.tx.deleteFrom('purchaseLine').where('purchaseId', '=', purchase.id).execute()
  for (const [position, line] of lines.entries()) {
    await insertInto(context.tx, 'purchase_line', {
      id: context.newId(),
      purchaseId: purchase.id,
      position,
      ...line,
      createdAt: at,
      updatedAt: at,
    })
    // Where it is on its way to is a place in the stock from now on.
    await levelAt(context, line.productId, purchase.warehouseId)
  }
  return { amountFen: amountOf(lines), ordered: lines.reduce((sum, { units }) => sum + units, 0) }
}

export async function put(context: CommandContext, id: string, values: Readonly<Record<string, unknown>>): Promise<void> {
  await context.tx
    .updateTable('purchase')
    .set((eb) => ({ ...values, updatedAt: context.now(), version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

type Head = {
  supplier?: string | null | undefined
  expectedOn?: string | null | undefined
  note?: string | null | undefined
  warehouseId?: string
}
/** A draft with its lines. `derived`: what the program says itself, which no field right is held against. @returns its id */
export async function insertPurchase(
  context: CommandContext,
  { values, derived, lines }: { values: Partial<Head>; derived: Partial<Head>; lines: readonly NewLine[] },
): Promise<string> {
  const id = context.newId()
  const warehouseId = (values.warehouseId ?? derived.warehouseId) as string
  await insertRow(
    context,
    purchaseIn(context),
    values,
    { number: id.slice(-10), ...derived, authorId: context.actor.employeeId },
    id,
  )
  await put(context, id, await writeLines(context, { id, warehouseId }, lines))
  return id
}

type ReadLine = StoredLine & { number: string | null; spec: string | null; unit: string | null; orderName: string | null }
/** The lines of a purchase as the reader may see them. */
export async function readLines(context: QueryContext, purchaseId: string): Promise<PurchaseLine[]> {
  const order = entityIn(context, 'order')
  const seesPrices = mayAskBy(context.actor, entityIn(context, 'purchase'), 'amountFen')
  const { rows } = await sql<ReadLine & { seen: number | null }>`
    select l.id, l.product_id as "productId", p.name, p.number, p.spec, p.unit, l.order_id as "orderId", coalesce(t.number, t.name) as "orderName",
      l.units, l.received, l.price_fen as "priceFen", l.note, ${rowsFor(context.actor, order, 't')} as seen
    from purchase_line l join product p on p.id = l.product_id left join sales_order t on t.id = l.order_id
    where l.purchase_id = ${purchaseId} order by l.position`.execute(plain(context.db))
  return rows.map(({ units, received, seen, priceFen, ...line }) => ({
    ...(line as unknown as PurchaseLine),
    ...((line.orderId === null || seen !== 1) && { orderId: null, orderName: null }),
    quantity: quantityOf(units),
    received: quantityOf(received),
    open: quantityOf(Math.max(0, units - received)),
    priceFen: seesPrices ? priceFen : null,
    amountFen: seesPrices && priceFen !== null ? lineAt(quantityOf(units), priceFen) : null,
  }))
}

/** Ids of the purchases that buy something for an order, the newest first. */
export async function idsOfOrder(db: Db, orderId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct purchase_id as id from purchase_line where order_id = ${orderId} order by id desc limit 100`.execute(
    plain(db),
  )
  return rows.map(({ id }) => id)
}
