import { todayOf } from '../../kernel/clock.ts'
import { employeeState } from '../../kernel/leaving.ts'
import { sql } from 'kysely'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { Selection } from '../../../src-shared/kernel/list.ts'
import type { CommandContext, StagedContext } from '../../kernel/context.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { customerReach } from '../../kernel/policy.ts'
import { type ChunkOutcome, inChunks } from '../../kernel/records/bulk.ts'
import { loadManyForWrite } from '../../kernel/records/write.ts'
import { fitting, requireSomeFit } from './holding.ts'
import { intoPool, outOfPool } from './moves.ts'
import { tellOwners } from './recycle.ts'

/** Gives customers of pools to somebody; what lies in none, or in a pool that is not the caller's to give from, is left and counted. */
export async function assign(context: StagedContext, input: { selection: Selection; ownerId: string }) {
  const result = await inChunks(context, { entity: entityIn(context, 'customer'), selection: input.selection }, (command, ids) =>
    assignChunk(command, ids, input.ownerId),
  )
  await requireSomeFit(context, input.ownerId, result)
  return result
}

async function assignChunk(context: CommandContext, ids: readonly string[], ownerId: string): Promise<ChunkOutcome> {
  await requireHere(context, ownerId)
  const { actor } = context
  const managed =
    customerReach(actor, 'read') === 'all' ? null : (actor.pools ?? []).filter(({ manages }) => manages).map(({ id }) => id)
  const { rows: found } = await sql<{ id: string; poolId: string; level: string | null; status: string }>`
    select t.id, t.pool_id as "poolId", t.level, t.status from json_each(${JSON.stringify(ids)}) w cross join customer t on t.id = w.value
    where t.deleted_at is null and t.pool_id is not null and ${managed === null ? sql`1 = 1` : sql`t.pool_id in (select value from json_each(${JSON.stringify(managed)}))`}`.execute(
    context.tx,
  )
  const { fit: rows, tooMany } = await fitting(context, ownerId, found)
  if (rows.length > 0) {
    await outOfPool(context, rows, { ownerId, kind: 'assign' })
    const [only] = rows
    const recordId = rows.length === 1 ? (only?.id ?? null) : null
    context.record({ entity: 'customer', id: recordId ?? '', action: 'assigned', detail: { count: rows.length, ownerId } })
    context.notify({ employeeIds: [ownerId], kind: 'assigned', entity: 'customer', recordId, many: rows.length })
  } else context.unchanged()
  const because = tooMany > 0 ? { because: { holdingFull: tooMany } } : {}
  return { changed: rows.length, refused: ids.length - rows.length, unchanged: 0, ...because }
}

async function requireHere(context: CommandContext, employeeId: string): Promise<void> {
  const state = await employeeState(context.tx, employeeId, todayOf(context))
  if (state !== 'here') throw new Refusal(state === 'unknown' ? 'employeeUnknown' : 'employeeLeft')
}

/** Puts customers into a pool, those whose release is the caller's; who lies in one already stays there. */
export async function release(context: StagedContext, input: { selection: Selection; poolId: string; reason: string | null }) {
  return inChunks(context, { entity: entityIn(context, 'customer'), selection: input.selection }, (command, ids) =>
    releaseChunk(command, ids, input),
  )
}

async function releaseChunk(
  context: CommandContext,
  ids: readonly string[],
  { poolId, reason }: { poolId: string; reason: string | null },
): Promise<ChunkOutcome> {
  const pool = await context.tx.selectFrom('pool').select('name').where('id', '=', poolId).executeTakeFirst()
  if (!pool) throw new Refusal('poolUnknown')
  const { rows, refused, settled } = await loadManyForWrite(context, entityIn(context, 'customer'), ids, { verbs: ['release'] })
  const free = rows.filter((row) => !row['poolId'])
  if (free.length > 0) {
    await intoPool(
      context,
      free.map((row) => ({ id: row.id, ownerId: row['ownerId'] as string | null })),
      { poolId, kind: 'release', reason },
    )
    context.record({
      entity: 'customer',
      id: free.length === 1 ? (free[0]?.id ?? '') : '',
      action: 'released',
      detail: { count: free.length, poolId, pool: pool.name, ...(reason ? { reason } : {}) },
    })
    // Whose customer somebody else puts into a pool learns it; who does it himself knows.
    const owned = free.flatMap((row) => (typeof row['ownerId'] === 'string' ? [{ id: row.id, ownerId: row['ownerId'] }] : []))
    tellOwners(context, owned, { pool: pool.name })
  } else context.unchanged()
  return { changed: free.length, refused, unchanged: settled + rows.length - free.length }
}
