import { type Actor, may } from '../../../src-shared/kernel/actor.ts'
import { flatRow } from '../../../src-shared/kernel/custom/values.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { Forbidden } from '../../kernel/errors.ts'
import type { RowResult, RowWrite, Values } from '../../kernel/importer.ts'
import { customerReach, reaches } from '../../kernel/policy.ts'
import type { StoredRow } from '../../kernel/records/write.ts'
import { intoPool, Room } from '../pools/public.ts'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Whose a new customer becomes: somebody's, a pool's, or nobody's. */
export type Place = { readonly ownerId: string | null; readonly poolId: string | null }
type Defaults = { readonly owner: unknown; readonly pool: unknown }

/** What the row itself says goes before the defaults; who lies in a pool is owned by nobody. */
export function placeOf(values: Values, { owner, pool }: Defaults): Place {
  const said = text(values['ownerId'])
  const poolId = said === '' ? text(values['poolId']) || text(pool) : ''
  if (poolId !== '') return { ownerId: null, poolId }
  return { ownerId: said || text(owner) || null, poolId: null }
}

type Placed<Row> = { row: Row; place: Place }

/** New customers for whom their owner has room, or whose pool is there; the others are left out and named. */
export async function placedWithin<Row extends RowWrite>(
  context: CommandContext,
  rows: readonly Row[],
  { defaults, ...given }: Defaults & { defaults: Values },
): Promise<{ placed: Placed<Row>[]; left: RowResult[] }> {
  const room = new Room(context)
  const all = rows.map((row) => ({ row, place: placeOf(row.parts.customer?.[0] ?? {}, given) }))
  const pools = await poolsThere(
    context,
    all.map(({ place }) => place.poolId),
  )
  const [placed, left]: [Placed<Row>[], RowResult[]] = [[], []]
  for (const one of all) {
    const { row, place } = one
    const values: Values = { status: 'potential', ...defaults, ...row.parts.customer?.[0] }
    if (place.poolId !== null && !pools.has(place.poolId)) left.push(poolRefused(row.row, 'poolGone'))
    else if (place.ownerId !== null && (await room.take(place.ownerId, values)) !== null)
      left.push({ row: row.row, outcome: 'skipped', reason: 'holdingFull' })
    else placed.push(one)
  }
  return { placed, left }
}

/** Those of these pools that are there; asked at every chunk: one may be gone, or the right, while an import runs. */
async function poolsThere(context: CommandContext, ids: readonly (string | null)[]): Promise<ReadonlySet<string>> {
  const asked = [...new Set(ids.filter((id) => id !== null))]
  if (asked.length === 0) return new Set()
  requirePooling(context.actor)
  const found = await context.tx.selectFrom('pool').select('id').where('id', 'in', asked).execute()
  return new Set(found.map(({ id }) => id))
}

/** @throws Forbidden for who may not put customers into a pool by its own command either. */
function requirePooling(actor: Actor): void {
  if (!may(actor, 'customers.release')) throw new Forbidden('customers.release')
}

/** Lets customers lie in their pools from now on, as whoever puts one there by hand does. */
export async function putIntoPools(
  context: CommandContext,
  rows: readonly { id: string; poolId: string | null }[],
): Promise<void> {
  for (const [poolId, theirs] of Map.groupBy(rows, (row) => row.poolId))
    if (poolId !== null)
      await intoPool(
        context,
        theirs.map(({ id }) => ({ id, ownerId: null })),
        { poolId, kind: 'release' },
      )
}

type PoolReason = 'poolOwned' | 'poolElsewhere' | 'poolDenied' | 'poolGone'

/** The row is not written, and its cell says why. */
export const poolRefused = (row: number, reason: PoolReason): RowResult => ({
  row,
  outcome: 'failed',
  reason,
  fault: { reason, feature: 'customers', fields: ['poolId'] },
})

/**
 * The pool that a customer who is there goes into because his row names it; null where he stays where he is. An owner is never taken
 * from him by a file, nor does he change pools: for both there are commands whose owners and members hear of it.
 */
export async function poolFor(
  context: CommandContext,
  stored: StoredRow,
  named: unknown,
): Promise<{ poolId: string | null } | { reason: PoolReason }> {
  const poolId = text(named)
  if (poolId === '' || poolId === stored['poolId']) return { poolId: null }
  if (stored['ownerId']) return { reason: 'poolOwned' }
  if (stored['poolId']) return { reason: 'poolElsewhere' }
  if (!reaches(customerReach(context.actor, 'release'), null)) return { reason: 'poolDenied' }
  return (await poolsThere(context, [poolId])).has(poolId) ? { poolId } : { reason: 'poolGone' }
}

/** Of customers that this import has made those that are still nobody's: a further row of theirs is written by who brought the first. */
export async function nobodysYet(context: CommandContext, ids: readonly string[]): Promise<StoredRow[]> {
  if (ids.length === 0) return []
  const rows = await context.tx
    .selectFrom('customer')
    .selectAll()
    .where('id', 'in', ids)
    .where('ownerId', 'is', null)
    .where('deletedAt', 'is', null)
    .execute()
  return rows.map((row) => flatRow(row))
}
