import { sql } from 'kysely'
import { dateIn } from '../../../src-shared/kernel/time.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { insertStatements } from '../../kernel/manyRows.ts'
import { disbandTeams } from '../members/public.ts'
import { CompiledQuery } from 'kysely'

type Move = { poolId: string; kind: 'claim' | 'assign' | 'release' | 'recycle'; ruleId?: string | null; reason?: string | null }
const MOVE = ['id', 'customer_id', 'pool_id', 'kind', 'employee_id', 'rule_id', 'reason', 'day', 'created_at', 'created_by']

/** Puts customers into a pool: nobody's from now on, without a team, and remembering whose they were. */
export async function intoPool(
  context: CommandContext,
  rows: readonly { id: string; ownerId: string | null }[],
  move: Move,
): Promise<void> {
  const at = context.now()
  const ids = rows.map(({ id }) => id)
  await disbandTeams(context.tx, ids)
  await sql`update customer set last_owner_id = coalesce(owner_id, last_owner_id), owner_id = null, owner_since = null, pool_id = ${move.poolId},
    pool_entered_at = ${at}, updated_at = ${at}, version = version + 1 where id in (select value from json_each(${JSON.stringify(ids)}))`.execute(
    context.tx,
  )
  await note(
    context,
    rows.map(({ id, ownerId }) => ({ id, employeeId: ownerId, poolId: move.poolId })),
    { ...move, at },
  )
}

/** Gives customers of pools to somebody. */
export async function outOfPool(
  context: CommandContext,
  rows: readonly { id: string; poolId: string }[],
  { ownerId, kind }: { ownerId: string; kind: 'claim' | 'assign' },
): Promise<void> {
  const at = context.now()
  const ids = JSON.stringify(rows.map(({ id }) => id))
  await sql`update customer set owner_id = ${ownerId}, owner_since = ${at}, pool_id = null, pool_entered_at = null, updated_at = ${at},
    version = version + 1 where id in (select value from json_each(${ids}))`.execute(context.tx)
  await note(
    context,
    rows.map(({ id, poolId }) => ({ id, employeeId: ownerId, poolId })),
    { kind, at },
  )
}

async function note(
  context: CommandContext,
  rows: readonly { id: string; employeeId: string | null; poolId: string }[],
  { kind, ruleId = null, reason = null, at }: Omit<Move, 'poolId'> & { at: string },
): Promise<void> {
  const day = dateIn(at, context.services.timeZone())
  const by = context.actor.userId || null
  const values = rows.map(({ id, employeeId, poolId }) => [
    context.newId(),
    id,
    poolId,
    kind,
    employeeId,
    ruleId,
    reason,
    day,
    at,
    by,
  ])
  for (const [text, given] of insertStatements({ table: 'pool_move', columns: MOVE }, values))
    await context.tx.executeQuery(CompiledQuery.raw(text, given))
}
