import { sql } from 'kysely'
import type { ClaimReason, ClaimResult } from '../../../src-shared/features/pools/model.ts'
import type { PoolSight } from '../../../src-shared/kernel/actor.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import { dateIn } from '../../../src-shared/kernel/time.ts'
import { todayOf } from '../../kernel/clock.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { Room } from './holding.ts'
import { outOfPool } from './moves.ts'
import { administratorsOf } from './store.ts'
import { claimsUsed } from './used.ts'

const DAY_MS = 86_400_000

type Row = {
  id: string
  poolId: string | null
  poolEnteredAt: string | null
  lastOwnerId: string | null
  level: string | null
  status: string
  dailyClaims: number | null
  coolingDays: number | null
  /** The pool it was last taken from, and by whom. */
  takenPoolId: string | null
  takenBy: string | null
}
type Refused = { reason: ClaimReason; detail: Record<string, unknown> }
type Bound = Refused & { reason: 'dailyClaims' | 'cooling' }

/** Customers as a claim judges them. */
export const rowsOf = async ({ tx }: CommandContext, ids: readonly string[]): Promise<Row[]> => {
  const { rows } = await sql<Row>`
    select t.id, t.pool_id as "poolId", t.pool_entered_at as "poolEnteredAt", t.last_owner_id as "lastOwnerId", t.level, t.status,
      p.daily_claims as "dailyClaims", p.cooling_days as "coolingDays", m.pool_id as "takenPoolId", e.name as "takenBy"
    from json_each(${JSON.stringify(ids)}) w cross join customer t on t.id = w.value and t.deleted_at is null
    left join pool p on p.id = t.pool_id
    left join pool_move m on m.id = (select l.id from pool_move l where l.customer_id = t.id and l.kind in ('claim', 'assign') order by l.created_at desc, l.id desc limit 1)
    left join employee e on e.id = m.employee_id`.execute(tx)
  return rows
}

/** Takes customers of his pools for the caller: each or, with the reason, not. What he does not see is not there for him. */
export async function claim(context: CommandContext, ids: readonly string[]): Promise<ClaimResult> {
  const { actor } = context
  const ownerId = actor.employeeId
  if (ownerId === null) throw new Refusal<ClaimReason>('notMember')
  const rows = await rowsOf(context, [...new Set(ids)])
  const judge = await judgeFor(context, ownerId)
  const refused: Refused[] = []
  const taken: { id: string; poolId: string }[] = []
  for (const row of rows) {
    const why = await judge(row)
    if (why) refused.push(why)
    else taken.push({ id: row.id, poolId: row.poolId ?? '' })
  }
  for (let missing = new Set(ids).size - rows.length; missing > 0; missing--) refused.push({ reason: 'notInPool', detail: {} })
  const [first] = refused
  if (taken.length === 0 && first) throw new Refusal<ClaimReason>(first.reason, first.detail)
  await outOfPool(context, taken, { ownerId, kind: 'claim' })
  context.record({
    entity: 'customer',
    id: taken.length === 1 ? (taken[0]?.id ?? '') : '',
    action: 'claimed',
    detail: { count: taken.length, ownerId },
  })
  await tellAdministrators(context, taken)
  return { claimed: taken.length, refused: summed(refused) }
}

/** Who looks after a pool hears what was taken from it. */
async function tellAdministrators(context: CommandContext, taken: readonly { id: string; poolId: string }[]): Promise<void> {
  const today = todayOf(context)
  for (const [poolId, theirs] of Map.groupBy(taken, (row) => row.poolId))
    context.notify({
      employeeIds: await administratorsOf(context.tx, poolId, today),
      kind: 'claimed',
      entity: 'customer',
      recordId: theirs.length === 1 ? (theirs[0]?.id ?? null) : null,
      many: theirs.length,
    })
}

type Judge = (row: Row) => Promise<Refused | null>
async function judgeFor(context: CommandContext, ownerId: string): Promise<Judge> {
  const room = new Room(context)
  const used = await claimsUsed(context.tx, { employeeId: ownerId, day: todayOf(context) })
  return async (row) => {
    const sight = sightOf(context, row.poolId ?? row.takenPoolId)
    if (!sight) return { reason: 'notInPool', detail: {} }
    if (row.poolId === null) return { reason: row.takenBy ? 'takenBy' : 'notInPool', detail: { name: row.takenBy ?? '' } }
    const count = used.get(row.poolId) ?? 0
    const bound = boundBy(context, row, { sight, count, ownerId })
    if (bound) return bound
    const full = await room.take(ownerId, row)
    if (full) return { reason: 'holdingFull', detail: { ...full, name: '' } }
    used.set(row.poolId, count + 1)
    return null
  }
}

export const sightOf = ({ actor }: CommandContext, poolId: string | null): PoolSight | undefined =>
  actor.pools?.find(({ id }) => id === poolId)

/** What the pool itself forbids; who administers it is not bound. */
export function boundBy(
  { now, services }: CommandContext,
  row: Row,
  { sight, count, ownerId }: { sight: PoolSight; count: number; ownerId: string },
): Bound | null {
  if (sight.manages) return null
  if (row.dailyClaims !== null && count >= row.dailyClaims)
    return { reason: 'dailyClaims', detail: { used: count, most: row.dailyClaims } }
  const free = Date.parse(row.poolEnteredAt ?? '') + (row.coolingDays ?? 0) * DAY_MS
  if (row.lastOwnerId === ownerId && free > Date.parse(now()))
    return {
      reason: 'cooling',
      detail: { days: row.coolingDays, until: dateIn(new Date(free).toISOString(), services.timeZone()) },
    }
  return null
}

/** Alike reasons are told once; the last one's figures are those that stand now. */
function summed(refused: readonly Refused[]): ClaimResult['refused'] {
  const found = new Map<string, ClaimResult['refused'][number]>()
  for (const { reason, detail } of refused) {
    const key = reason === 'takenBy' ? `takenBy ${String(detail['name'])}` : reason
    found.set(key, { reason, detail, count: (found.get(key)?.count ?? 0) + 1 })
  }
  return [...found.values()]
}
