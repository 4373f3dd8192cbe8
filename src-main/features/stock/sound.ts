import { sql } from 'kysely'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { plain } from '../../kernel/database.ts'
import { ofTable } from '../../kernel/journal.ts'
import { quantityOf } from '../../../src-shared/kernel/documents/units.ts'
import { keepReserved, letGo } from './orders.ts'
import { among, levelsOf, withStock } from './store.ts'

export const STOCK_TABLES: ReadonlySet<string> = new Set([
  'product',
  'stock_move',
  'stock_reservation',
  'sales_order',
  'order_line',
])

type Entry = { id: string; levelId: string; units: number; forced: number }
/** The moves that taking a command back has taken away so far, and those it has put back. */
async function movedBack({ tx, seq }: CommandContext): Promise<{ gone: Entry[]; back: Set<string>; levelIds: string[] }> {
  const { rows } = await sql<Entry & { isGone: number }>`
    select j.row_id as id, j.before ->> 'level_id' as "levelId", j.before ->> 'units' as units, j.before ->> 'forced' as forced, 1 as "isGone"
      from journal j where j.seq = ${seq} and ${ofTable('stock_move', 'j')} and j.op = 'd'
    union all select m.id, m.level_id, m.units, m.forced, 0 from journal j join stock_move m on m.id = j.row_id
      where j.seq = ${seq} and ${ofTable('stock_move', 'j')} and j.op = 'i'`.execute(plain(tx))
  return {
    gone: rows.filter(({ isGone }) => isGone === 1),
    back: new Set(rows.flatMap(({ id, isGone }) => (isGone === 1 ? [] : [id]))),
    levelIds: [...new Set(rows.map(({ levelId }) => levelId))],
  }
}

/** What lay there after each move, by the move. */
function balances(moves: readonly Entry[]): Map<string, number> {
  let there = 0
  return new Map(moves.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(({ id, units }) => [id, (there += units)]))
}

/**
 * Levels from which something left that, told anew, was not there: what came in and has left since does not go back. What fell below
 * nothing by right and for a reason stands as it did.
 */
async function overdrawn(context: CommandContext): Promise<string[]> {
  const { gone, back, levelIds } = await movedBack(context)
  const { rows } = await sql<Entry>`
    select id, level_id as "levelId", units, forced from stock_move where level_id ${among(levelIds)}`.execute(plain(context.tx))
  return levelIds.filter((level) => {
    const now = rows.filter(({ levelId }) => levelId === level)
    const before = balances([...now.filter(({ id }) => !back.has(id)), ...gone.filter(({ levelId }) => levelId === level)])
    const after = balances(now)
    return now.some(({ id, units, forced }) => {
      const left = after.get(id) ?? 0
      if (units >= 0 || left >= 0) return false
      return back.has(id) ? forced === 0 : left < (before.get(id) ?? 0)
    })
  })
}

type TouchedOrder = { id: string; isOpen: number; isBinned: number; status: string; out: number }
async function touchedOrders({ tx, seq }: CommandContext): Promise<TouchedOrder[]> {
  const { rows } = await sql<TouchedOrder>`
    select o.id, o.status, o.status = 'confirmed' and o.deleted_at is null as "isOpen", o.deleted_with is not null as "isBinned",
      exists (select 1 from stock_move m where m.order_id = o.id group by m.level_id having sum(m.units) <> 0) as out
    from sales_order o where o.id in (
      select row_id from journal where seq = ${seq} and ${ofTable('sales_order')}
      union select coalesce(j.before ->> 'order_id', r.order_id) from journal j left join stock_reservation r on r.id = j.row_id
        where j.seq = ${seq} and ${ofTable('stock_reservation', 'j')}
      union select coalesce(j.before ->> 'order_id', l.order_id) from journal j left join order_line l on l.id = j.row_id
        where j.seq = ${seq} and ${ofTable('order_line', 'j')}
      union select coalesce(j.before ->> 'order_id', m.order_id) from journal j left join stock_move m on m.id = j.row_id
        where j.seq = ${seq} and ${ofTable('stock_move', 'j')})`.execute(plain(tx))
  return rows
}

/**
 * What must hold of stock after rows went back: nothing is taken away that has left since, what is not delivered has nothing out, and
 * orders ask for what their lines say as long as they are open.
 * @throws Refusal goodsGone (lacks) | stockUnsound | productHasStock (name): then nothing goes back
 */
export async function requireSoundStock(context: CommandContext): Promise<void> {
  await requireSoundProducts(context)
  const lacks = [...(await levelsOf(context.tx, await overdrawn(context))).values()]
  if (lacks.length > 0)
    throw new Refusal('goodsGone', {
      lacks: lacks.map(({ product, warehouse, onHand }) => `${product} · ${warehouse} ${quantityOf(onHand)}`).join('; '),
    })
  for (const { id, status, isOpen, isBinned, out } of await touchedOrders(context)) {
    if (out === 1 && status !== 'delivered' && isBinned === 0) throw new Refusal('stockUnsound')
    if (isOpen === 0) await letGo(context, [id])
    else await keepReserved(context, id)
  }
}

/** What lies in stock is neither deleted nor said to be kept in none. */
async function requireSoundProducts({ tx, seq }: CommandContext): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select p.id from product p join journal j on j.row_id = p.id where j.seq = ${seq} and ${ofTable('product', 'j')}
      and (p.stocked = 0 or p.deleted_at is not null)`.execute(plain(tx))
  if (rows.length === 0) return
  const ids = rows.map(({ id }) => id)
  const [name] = (await withStock(tx, ids)).values()
  if (name !== undefined) throw new Refusal('productHasStock', { name })
}
