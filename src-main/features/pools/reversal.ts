import { sql } from 'kysely'
import type { CommandContext } from '../../kernel/context.ts'
import { todayOf } from '../../kernel/clock.ts'
import { ofTable } from '../../kernel/journal.ts'
import type { MayTouch, Why } from '../../kernel/undo.ts'
import { boundBy, rowsOf, sightOf } from './claim.ts'
import { Room } from './holding.ts'
import { claimsUsed } from './used.ts'
import { look } from './views.ts'

type Moved = {
  id: string
  /** Whose the customer would be, and the pool he would lie in. */
  ownerId: string | null
  poolId: string | null
  /** Whose he is, and the pool he lies in; neither where he is gone. */
  nowOwnerId: string | null
  nowPoolId: string | null
  level: string | null
  status: string
}

/** Customers whose owner a reversal would change, as far as they stand as the command left them; their levels as they would be. */
async function movedBy({ tx }: CommandContext, seq: number): Promise<Moved[]> {
  const { rows } = await sql<Moved>`
    with change as (
      select row_id, first_value(before) over of_row as before, last_value(op) over of_row as op, last_value(after) over of_row as after
      from journal where seq = ${seq} and ${ofTable('customer')}
      window of_row as (partition by row_id order by id rows between unbounded preceding and unbounded following))
    select distinct c.row_id as id, c.before ->> 'owner_id' as "ownerId", c.before ->> 'pool_id' as "poolId", t.owner_id as "nowOwnerId",
      t.pool_id as "nowPoolId", c.before ->> 'level' as level, c.before ->> 'status' as status
    from change c left join customer t on t.id = c.row_id
    where c.before is not null and c.before ->> 'owner_id' is not t.owner_id
      and (t.id is null or (c.op = 'u' and c.after ->> 'owner_id' is t.owner_id and c.after ->> 'pool_id' is t.pool_id))`.execute(
    tx,
  )
  return rows
}

/**
 * What pools and holding limits forbid of taking a command back: who gets a customer has room for him, a claim that is done again is a
 * claim, and who puts one back where looks are counted has looked at him.
 * @returns what stands in the way of reversing a row, or null.
 */
export async function boundsOfReversal(
  context: CommandContext,
  seq: number,
  { isClaim }: { isClaim: boolean },
): Promise<(...row: Parameters<MayTouch>) => Why | null> {
  const moved = await movedBy(context, seq)
  if (moved.length === 0) return () => null
  const bounds = new Map<string, Why>()
  const asClaim = isClaim ? await claimsAgain(context, seq, moved) : null
  const room = new Room(context)
  for (const row of moved) if (row.nowOwnerId !== null) await room.leave(row.nowOwnerId, row)
  for (const row of moved) {
    const why = (await asClaim?.(row)) ?? (row.ownerId !== null && (await room.take(row.ownerId, row)) ? 'holdingFull' : null)
    if (why) bounds.set(row.id, why)
  }
  return (change, current) => {
    if (change.tbl === 'customer') return bounds.get(change.id) ?? null
    const column = MOVES_WITH[change.tbl]
    const row = change.kind === 'deleted' ? change.before : current
    return column !== undefined && bounds.has(String(row?.[column])) ? 'belongsToKept' : null
  }
}

/** What says where a customer went, and who worked on him: it goes with him, or stays. */
const MOVES_WITH: Readonly<Record<string, string>> = { pool_move: 'customer_id', record_member: 'record_id' }

/** The rules of pools for claims of the caller's own that he takes back, or back again; somebody else's are a matter of rights alone. */
async function claimsAgain(
  context: CommandContext,
  seq: number,
  moved: readonly Moved[],
): Promise<(row: Moved) => Promise<Why | null>> {
  const employeeId = context.actor.employeeId
  if (employeeId === null) return async () => null
  const { rows: back } = await sql<{ id: string }>`
    select row_id as id from journal where seq = ${seq} and ${ofTable('pool_move')} and op = 'd'`.execute(context.tx)
  const used = await claimsUsed(context.tx, { employeeId, day: todayOf(context), except: back.map(({ id }) => id) })
  const rows = await rowsOf(
    context,
    moved.map(({ id }) => id),
  )
  const lying = new Map(rows.map((row) => [row.id, row]))
  return async ({ id, ownerId, poolId, nowOwnerId, nowPoolId }) => {
    if (nowOwnerId === employeeId && poolId !== null) return (await look(context, { id, poolId })) ? null : 'dailyViews'
    const row = lying.get(id)
    if (ownerId !== employeeId || nowPoolId === null || !row) return null
    const sight = sightOf(context, nowPoolId)
    if (!sight) return 'noRight'
    const count = used.get(nowPoolId) ?? 0
    used.set(nowPoolId, count + 1)
    return boundBy(context, row, { sight, count, ownerId })?.reason ?? null
  }
}
