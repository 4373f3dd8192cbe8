import { sql } from 'kysely'
import type { Run } from '../../../src-shared/features/pools/ruleModel.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { insertInto } from '../../kernel/records/write.ts'
import { intoPool } from './moves.ts'
import type { StoredRule } from './ruleStore.ts'
import { dueOf } from './tasks.ts'

/** So many customers a short transaction carries. */
export const CHUNK = 100

/**
 * Puts those of the chunk who are still due into the pool of the rule, and tells their owners. Somebody may have written to a customer
 * since he was found: then he stays.
 */
export async function recycleChunk(
  context: CommandContext,
  { rule, ids, today }: { rule: StoredRule; ids: readonly string[]; today: string },
): Promise<number> {
  const due = dueOf(context, { rule, zone: context.services.timeZone() })
  const { rows } = await sql<{ id: string; ownerId: string }>`
    select t.id, t.owner_id as "ownerId" from json_each(${JSON.stringify(ids)}) w cross join customer t on t.id = w.value where ${due} <= ${today}`.execute(
    context.tx,
  )
  if (rows.length === 0) {
    context.unchanged()
    return 0
  }
  await intoPool(context, rows, { poolId: rule.poolId, kind: 'recycle', ruleId: rule.id, reason: rule.name })
  const [only] = rows
  context.record({
    entity: 'customer',
    id: rows.length === 1 ? (only?.id ?? '') : '',
    action: 'recycled',
    detail: { count: rows.length, poolId: rule.poolId, pool: rule.poolName, rule: rule.name },
  })
  tellOwners(context, rows, { rule: rule.name })
  return rows.length
}

/** Each owner hears once how many of his it is about. */
export function tellOwners(
  context: Pick<CommandContext, 'notify'>,
  rows: readonly { id: string; ownerId: string }[],
  detail: Record<string, unknown>,
): void {
  for (const [ownerId, theirs] of Map.groupBy(rows, (row) => row.ownerId))
    context.notify({
      employeeIds: [ownerId],
      kind: 'recycled',
      entity: 'customer',
      recordId: theirs.length === 1 ? (theirs[0]?.id ?? null) : null,
      many: theirs.length,
      detail,
    })
}

/** A line of the run log; technical, like the jobs it tells of. */
export async function logRun(context: Pick<CommandContext, 'tx'>, rule: StoredRule, run: Omit<Run, 'ruleName'>): Promise<Run> {
  const { byName, batchId, ...rest } = run
  await insertInto(context.tx, 'pool_run', {
    ...rest,
    byName,
    batchId,
    ruleId: rule.id,
    ruleName: rule.name,
    ruleVersion: rule.version,
  })
  return { ...run, ruleName: rule.name }
}
