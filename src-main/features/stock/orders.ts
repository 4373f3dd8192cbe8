import { sql } from 'kysely'
import { byProduct, keptFor } from '../../../src-shared/features/stock/rules.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { followRows } from '../../kernel/derived.ts'
import { insertInto } from '../../kernel/records/write.ts'
import { among, levelAt, levelsOf, type NewMove, post, queuesOf, stockedAmong } from './store.ts'
import { defaultWarehouse } from './warehouses.ts'

type Db = ReadDb | WriteTx
/** By product what an order asks for, in units: below zero for what it takes back. */
export type Asked = ReadonlyMap<string, number>

/** What the lines of an order ask of products that are kept in stock. */
export async function askedBy(db: Db, orderId: string): Promise<Asked> {
  const { rows } = await sql<{ productId: string; quantity: string }>`
    select product_id as "productId", quantity from order_line where order_id = ${orderId} and product_id is not null order by position`.execute(
    plain(db),
  )
  const asked = byProduct(rows)
  const products = await stockedAmong(db, [...asked.keys()])
  return new Map([...asked].filter(([id]) => products.get(id)?.stocked === 1))
}

type Reserved = { id: string; levelId: string; productId: string; wanted: number }
/** What an order has asked for so far, the last first. */
export async function reservedBy(db: Db, orderId: string): Promise<Reserved[]> {
  const { rows } = await sql<Reserved>`
    select r.id, r.level_id as "levelId", l.product_id as "productId", r.wanted from stock_reservation r join stock_level l on l.id = r.level_id
    where r.order_id = ${orderId} order by r.position desc, r.id desc`.execute(plain(db))
  return rows
}

/** Asks for what the order wants and has not asked for yet, behind everybody who waits; what it wants less is let go, the last first. */
export async function reserve(context: CommandContext, orderId: string): Promise<void> {
  const asked = await askedBy(context.tx, orderId)
  const reserved = await reservedBy(context.tx, orderId)
  const touched = new Set<string>()
  for (const productId of new Set([...asked.keys(), ...reserved.map((one) => one.productId)])) {
    const own = reserved.filter((one) => one.productId === productId)
    const more = Math.max(0, asked.get(productId) ?? 0) - own.reduce((sum, { wanted }) => sum + wanted, 0)
    if (more > 0) touched.add(await ask(context, { orderId, productId, wanted: more, levelId: own[0]?.levelId }))
    else if (more < 0) for (const levelId of await askLess(context, own, -more)) touched.add(levelId)
  }
  await followRows(context, 'stock_level', [...touched])
}

/** Asks for what the lines say now, where the order asks for anything at all: one that came as it is is left alone. */
export async function keepReserved(context: CommandContext, orderId: string): Promise<void> {
  const reserved = Map.groupBy(await reservedBy(context.tx, orderId), ({ productId }) => productId)
  if (reserved.size === 0) return
  const asked = [...(await askedBy(context.tx, orderId))].filter(([, units]) => units > 0)
  const stands =
    asked.length === reserved.size &&
    asked.every(([id, units]) => units === (reserved.get(id) ?? []).reduce((sum, { wanted }) => sum + wanted, 0))
  if (!stands) await reserve(context, orderId)
}

type Wish = { orderId: string; productId: string; wanted: number; levelId: string | undefined }
async function ask(context: CommandContext, { orderId, productId, wanted, levelId }: Wish): Promise<string> {
  const place = levelId ?? (await levelAt(context, productId, (await defaultWarehouse(context.tx)).id))
  const last = (await queuesOf(context.tx, [place])).get(place)?.at(-1)
  const at = context.now()
  await insertInto(context.tx, 'stock_reservation', {
    id: context.newId(),
    orderId,
    levelId: place,
    wanted,
    position: (last?.position ?? 0) + 1,
    createdAt: at,
    updatedAt: at,
  })
  return place
}

async function askLess(context: CommandContext, own: readonly Reserved[], less: number): Promise<string[]> {
  const touched: string[] = []
  let left = less
  for (const { id, levelId, wanted } of own) {
    if (left === 0) break
    const off = Math.min(left, wanted)
    if (off === wanted) await context.tx.deleteFrom('stockReservation').where('id', '=', id).execute()
    else
      await context.tx
        .updateTable('stockReservation')
        .set((eb) => ({ wanted: wanted - off, updatedAt: context.now(), version: eb('version', '+', 1) }))
        .where('id', '=', id)
        .execute()
    touched.push(levelId)
    left -= off
  }
  return touched
}

/** What is called off, deleted or gone asks for nothing any more. @returns the ids of the rows */
export async function letGo(context: CommandContext, orderIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string; levelId: string }>`
    delete from stock_reservation where order_id ${among(orderIds)} returning id, level_id as "levelId"`.execute(
    plain(context.tx),
  )
  await followRows(context, 'stock_level', [...new Set(rows.map(({ levelId }) => levelId))])
  return rows.map(({ id }) => id)
}

/** What has left for an order less what came back, by level; levels that are even again are left out. Units, above zero for what left. */
export async function sentFor(db: Db, orderId: string): Promise<{ levelId: string; productId: string; units: number }[]> {
  const { rows } = await sql<{ levelId: string; productId: string; units: number }>`
    select m.level_id as "levelId", l.product_id as "productId", -sum(m.units) as units from stock_move m join stock_level l on l.id = m.level_id
    where m.order_id = ${orderId} group by m.level_id having sum(m.units) <> 0 order by m.level_id`.execute(plain(db))
  return rows
}

export type Beyond = { readonly beyond: boolean; readonly reason: string | null }
const ON_STOCK_ALONE: Beyond = { beyond: false, reason: null }
type Document = { readonly id: string; readonly number: string | null; readonly name: string }
const docOf = ({ number, name }: Document): string => number ?? name

async function send(context: CommandContext, order: Document, asked: Asked, { beyond, reason }: Beyond): Promise<void> {
  const places = new Map<string, string>()
  for (const { productId, levelId } of await sentFor(context.tx, order.id)) places.set(productId, levelId)
  for (const { productId, levelId } of await reservedBy(context.tx, order.id)) places.set(productId, levelId)
  const moves: NewMove[] = []
  for (const [productId, units] of asked)
    if (units !== 0)
      moves.push({
        levelId: places.get(productId) ?? (await levelAt(context, productId, (await defaultWarehouse(context.tx)).id)),
        kind: units > 0 ? 'out' : 'in',
        units: -units,
        orderId: order.id,
        doc: docOf(order),
      })
  await post(context, moves, { beyond, reason, orderId: order.id })
}

/** What the order asks for leaves the stock, first what is kept for it. @throws those of `post` */
export async function sendOut(context: CommandContext, order: Document, how: Beyond = ON_STOCK_ALONE): Promise<void> {
  await send(context, order, await askedBy(context.tx, order.id), how)
  await letGo(context, [order.id])
}

/** Of an order that was delivered more or less leaves, by what its lines asked before and ask now. */
export async function sendDifference(context: CommandContext, order: Document, before: Asked): Promise<void> {
  const now = await askedBy(context.tx, order.id)
  const ids = [...new Set([...before.keys(), ...now.keys()])]
  await send(context, order, new Map(ids.map((id) => [id, (now.get(id) ?? 0) - (before.get(id) ?? 0)])), ON_STOCK_ALONE)
}

/** What left for an order comes back, where it left from. */
export async function takeBack(context: CommandContext, order: Document): Promise<void> {
  const moves = (await sentFor(context.tx, order.id)).map(
    ({ levelId, units }): NewMove => ({ levelId, kind: units > 0 ? 'in' : 'out', units, orderId: order.id, doc: docOf(order) }),
  )
  await post(context, moves, { ...ON_STOCK_ALONE, orderId: order.id })
}

/** How an order stands by level: what it asks for, what is kept of it and what has left. Units. */
export type Standing = { levelId: string; productId: string; wanted: number; kept: number; sent: number }
export async function standingOf(db: Db, orderId: string): Promise<Standing[]> {
  const reserved = await reservedBy(db, orderId)
  const sent = await sentFor(db, orderId)
  const ids = [...new Set([...reserved, ...sent].map(({ levelId }) => levelId))]
  const [levels, queues] = [await levelsOf(db, ids), await queuesOf(db, ids)]
  return ids.flatMap((levelId) => {
    const level = levels.get(levelId)
    if (!level) return []
    return [
      {
        levelId,
        productId: level.productId,
        wanted: reserved.reduce((sum, one) => sum + (one.levelId === levelId ? one.wanted : 0), 0),
        kept: keptFor(level.onHand, queues.get(levelId) ?? []).get(orderId) ?? 0,
        sent: sent.find((one) => one.levelId === levelId)?.units ?? 0,
      },
    ]
  })
}

/** Orders of which something has left: they are called off before they are deleted. */
export async function withGoodsOut(db: Db, orderIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ orderId: string }>`
    select order_id as "orderId" from stock_move where order_id ${among(orderIds)} group by order_id, level_id having sum(units) <> 0`.execute(
    plain(db),
  )
  return new Set(rows.map(({ orderId }) => orderId))
}

/** Orders that go for good: what left for them has left. @returns the ids of the rows that go with them */
export async function forgetOrders(context: CommandContext, orderIds: readonly string[]): Promise<string[]> {
  const gone = await letGo(context, orderIds)
  await sql`update stock_move set order_id = null, doc = null where order_id ${among(orderIds)}`.execute(context.tx)
  await sql`update purchase_line set order_id = null, updated_at = ${context.now()}, version = version + 1 where order_id ${among(orderIds)}`.execute(
    context.tx,
  )
  return gone
}
