import { sql } from 'kysely'
import type { PriceItem, PriceList, PriceListValues } from '../../../src-shared/features/products/model.ts'
import { requireSoundPeriod } from '../../../src-shared/features/products/rules.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { NotFound, Stale } from '../../kernel/errors.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { onCommand, onQuery } from '../../kernel/pipeline.ts'
import { maskOf } from '../../kernel/policy.ts'
import { getRow } from '../../kernel/records/select.ts'
import { livingProducts, nameKey } from './store.ts'

type Db = ReadDb | WriteTx
export async function readPriceLists(db: Db): Promise<PriceList[]> {
  const { rows } = await sql<Omit<PriceList, 'enabled'> & { enabled: number }>`
    select l.id, l.name, l.level, l.valid_from as "validFrom", l.valid_to as "validTo", l.enabled, l.position, l.version,
      (select count(*) from price_list_item i join product p on p.id = i.product_id where i.price_list_id = l.id and p.deleted_at is null) as items
    from price_list l order by l.position, l.valid_from desc, l.id`.execute(plain(db))
  return rows.map((row) => ({ ...row, enabled: row.enabled === 1 }))
}

async function readPriceList(db: Db, id: string): Promise<PriceList> {
  const found = (await readPriceLists(db)).find((one) => one.id === id)
  if (!found) throw new NotFound('priceList', id)
  return found
}

/** @throws Refusal nameTaken | endsBeforeItBegins */
function requireSound(lists: readonly PriceList[], values: PriceListValues, id: string | null): void {
  requireSoundPeriod(values)
  const same = lists.find((one) => one.id !== id && nameKey(one.name) === nameKey(values.name))
  if (same) throw new Refusal('nameTaken', { name: same.name })
}

export async function insertPriceList(
  context: CommandContext,
  values: PriceListValues,
  position: number,
  id = context.newId(),
): Promise<string> {
  const at = context.now()
  await context.tx
    .insertInto('priceList')
    .values({
      ...values,
      id,
      nameKey: nameKey(values.name),
      enabled: values.enabled ? 1 : 0,
      position,
      createdAt: at,
      createdBy: context.actor.userId || null,
      updatedAt: at,
    })
    .execute()
  return id
}

type Item = { id: string; productId: string; priceFen: number }
const itemsOf = (tx: WriteTx, id: string): Promise<Item[]> =>
  tx.selectFrom('priceListItem').select(['id', 'productId', 'priceFen']).where('priceListId', '=', id).execute()

type Said = { productId: string; priceFen: number | null }
/** @returns how many lines came, went or say something else */
export async function writePrices(context: CommandContext, listId: string, prices: readonly Said[]): Promise<number> {
  const there = new Map((await itemsOf(context.tx, listId)).map((item) => [item.productId, item]))
  const at = context.now()
  let changed = 0
  for (const { productId, priceFen } of new Map(prices.map((one) => [one.productId, one])).values()) {
    const item = there.get(productId)
    if ((item?.priceFen ?? null) === priceFen) continue
    changed++
    if (priceFen === null)
      await context.tx
        .deleteFrom('priceListItem')
        .where('id', '=', item?.id ?? '')
        .execute()
    else if (item)
      await context.tx
        .updateTable('priceListItem')
        .set((eb) => ({ priceFen, updatedAt: at, version: eb('version', '+', 1) }))
        .where('id', '=', item.id)
        .execute()
    else
      await context.tx
        .insertInto('priceListItem')
        .values({ id: context.newId(), priceListId: listId, productId, priceFen, createdAt: at, updatedAt: at })
        .execute()
  }
  return changed
}

export const priceHandlers = {
  priceLists: onQuery.products.priceLists.handler(({ context }) => readPriceLists(context.db)),

  createPriceList: onCommand.products.createPriceList.handler(async ({ input, context }) => {
    const lists = await readPriceLists(context.tx)
    requireSound(lists, input, null)
    const id = await insertPriceList(context, input, 1 + Math.max(-1, ...lists.map(({ position }) => position)))
    context.record({ entity: 'priceList', id, action: 'priceListCreated' })
    return readPriceList(context.tx, id)
  }),

  editPriceList: onCommand.products.editPriceList.handler(async ({ input, context }) => {
    const lists = await readPriceLists(context.tx)
    const row = await readPriceList(context.tx, input.id)
    if (row.version !== input.version) throw new Stale('priceList', row.id)
    const wanted = {
      name: input.name ?? row.name,
      level: input.level === undefined ? row.level : input.level,
      validFrom: input.validFrom ?? row.validFrom,
      validTo: input.validTo === undefined ? row.validTo : input.validTo,
      enabled: input.enabled ?? row.enabled,
      position: input.position ?? row.position,
    }
    requireSound(lists, wanted, row.id)
    if ((Object.keys(wanted) as (keyof typeof wanted)[]).every((key) => wanted[key] === row[key])) {
      context.unchanged()
      return row
    }
    await context.tx
      .updateTable('priceList')
      .set((eb) => ({
        ...wanted,
        nameKey: nameKey(wanted.name),
        enabled: wanted.enabled ? 1 : 0,
        updatedAt: context.now(),
        version: eb('version', '+', 1),
      }))
      .where('id', '=', row.id)
      .execute()
    context.record({ entity: 'priceList', id: row.id, action: 'priceListEdited' })
    return readPriceList(context.tx, row.id)
  }),

  removePriceList: onCommand.products.removePriceList.handler(async ({ input, context }) => {
    const row = await readPriceList(context.tx, input.id)
    await context.tx.deleteFrom('priceListItem').where('priceListId', '=', row.id).execute()
    await context.tx.deleteFrom('priceList').where('id', '=', row.id).execute()
    context.record({ entity: 'priceList', id: row.id, action: 'priceListRemoved', detail: { name: row.name } })
    return { id: row.id }
  }),

  priceItems: onQuery.products.priceItems.handler(async ({ input, context }) => {
    await readPriceList(context.db, input.id)
    const { rows } = await sql<Omit<PriceItem, 'standardFen' | 'priceFen'> & { priceFen: number | null; ownFen: number }>`
      select p.id as "productId", p.name, p.number, p.spec, p.unit, p.price_fen as "priceFen", i.price_fen as "ownFen"
      from price_list_item i join product p on p.id = i.product_id
      where i.price_list_id = ${input.id} and p.deleted_at is null order by p.name_sort, p.id`.execute(plain(context.db))
    const mask = maskOf(context.actor, entityIn(context, 'product'))
    return rows.map((row): PriceItem => {
      const { productId, name, number, spec, unit, priceFen, ownFen } = mask(row)
      return { productId, name, number, spec, unit, standardFen: priceFen, priceFen: ownFen }
    })
  }),

  setPrices: onCommand.products.setPrices.handler(async ({ input, context }) => {
    const list = await readPriceList(context.tx, input.id)
    const wanted = input.prices.flatMap(({ productId, priceFen }) => (priceFen === null ? [] : [productId]))
    const living = await livingProducts(context.tx, wanted)
    const unknown = wanted.filter((id) => !living.has(id)).length
    if (unknown > 0) throw new Refusal('productUnknown', { count: unknown })
    const changed = await writePrices(context, list.id, input.prices)
    if (changed === 0) context.unchanged()
    else context.record({ entity: 'priceList', id: list.id, action: 'pricesSet', detail: { count: changed } })
    return { changed }
  }),

  pricesOf: onQuery.products.pricesOf.handler(async ({ input, context }) => {
    await getRow(context.db, context.actor, entityIn(context, 'product'), input.id, { deleted: true })
    const rows = await context.db
      .selectFrom('priceListItem')
      .select(['priceListId as listId', 'priceFen'])
      .where('productId', '=', input.id)
      .execute()
    return rows as { listId: PriceList['id']; priceFen: number }[]
  }),
}
