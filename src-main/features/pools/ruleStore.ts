import { sql } from 'kysely'
import type { Rule, RuleValues, Run } from '../../../src-shared/features/pools/ruleModel.ts'
import { addDays } from '../../../src-shared/kernel/zoned.ts'
import { dateIn } from '../../../src-shared/kernel/time.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { undoneBy } from '../../kernel/undone.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { NotFound } from '../../kernel/errors.ts'

type Db = ReadDb | WriteTx
type Row = Omit<Rule, 'levelDays' | 'without' | 'enabled'> & { levelDays: string; without: string; allowed: number }
/** `allowed`: as many as somebody confirmed; a night takes no more without being asked for. */
export type StoredRule = Rule & { allowed: number }

export async function readRules(db: Db, id?: string): Promise<StoredRule[]> {
  const { rows } = await sql<Row>`
    select r.id, r.pool_id as "poolId", p.name as "poolName", r.name, r.basis, r.field, r.days, r.level_days as "levelDays", r.without,
      r.day_kind as "dayKind", r.remind_days as "remindDays", r.enabled_at as "enabledAt", r.starts_on as "startsOn", r.allowed, r.version
    from pool_rule r join pool p on p.id = r.pool_id ${id === undefined ? sql`` : sql`where r.id = ${id}`}
    order by r.position, r.created_at, r.id`.execute(plain(db))
  return rows.map((row) => ({
    ...row,
    levelDays: JSON.parse(row.levelDays) as Rule['levelDays'],
    without: JSON.parse(row.without) as Rule['without'],
    enabled: row.enabledAt !== null,
  }))
}

export async function readRule(db: Db, id: string): Promise<StoredRule> {
  const [rule] = await readRules(db, id)
  if (!rule) throw new NotFound('poolRule', id)
  return rule
}

export const shown = ({ allowed: _allowed, ...rule }: StoredRule): Rule => rule

/** A rule acts at the earliest in the night after next: whoever saved it has a day to see what it will do. */
const NIGHTS_BEFORE = 2

function columnsOf(context: CommandContext, values: RuleValues, { before, allowed }: { before: Rule | null; allowed: number }) {
  const at = context.now()
  const { poolId, name, basis, field, days, levelDays, without, dayKind, remindDays, enabled } = values
  return {
    poolId,
    name,
    basis,
    field: basis === 'date' ? field : null,
    days,
    levelDays: JSON.stringify(levelDays),
    without: JSON.stringify(without),
    dayKind,
    remindDays,
    enabledAt: enabled ? (before?.enabledAt ?? at) : null,
    startsOn: enabled ? addDays(dateIn(at, context.services.timeZone()), NIGHTS_BEFORE) : null,
    allowed,
    updatedAt: at,
  }
}

export async function insertRule(context: CommandContext, values: RuleValues, allowed: number): Promise<string> {
  const id = context.newId()
  const { n } = await context.tx
    .selectFrom('poolRule')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  await context.tx
    .insertInto('poolRule')
    .values({
      id,
      ...columnsOf(context, values, { before: null, allowed }),
      position: n,
      createdAt: context.now(),
      createdBy: context.actor.userId || null,
    })
    .execute()
  return id
}

export async function updateRule(context: CommandContext, before: Rule, values: RuleValues, allowed: number): Promise<void> {
  const columns = columnsOf(context, values, { before, allowed })
  await context.tx
    .updateTable('poolRule')
    .set((eb) => ({ ...columns, version: eb('version', '+', 1) }))
    .where('id', '=', before.id)
    .execute()
}

export async function hasRun(tx: WriteTx, id: string): Promise<boolean> {
  const row = await tx.selectFrom('poolMove').select('id').where('ruleId', '=', id).limit(1).executeTakeFirst()
  return row !== undefined
}

export async function deleteRule(tx: WriteTx, id: string): Promise<void> {
  await tx.deleteFrom('poolRule').where('id', '=', id).execute()
}

/** The newest first; of what was taken back no batch is named any more. */
export async function readRuns(db: Db, limit: number): Promise<Run[]> {
  const { rows } = await sql<Run>`
    select r.id, r.rule_name as "ruleName", r.at, r.by_name as "byName", r.state, r.due, r.moved, r.kept, r.reminded,
      case when exists (select 1 from command c where c.batch_id = r.batch_id and c.undoes is null
        and ${undoneBy('c')} is null) then r.batch_id end as "batchId"
    from pool_run r order by r.at desc, r.id desc limit ${limit}`.execute(plain(db))
  return rows
}
