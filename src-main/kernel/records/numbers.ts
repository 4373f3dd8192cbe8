import { sql } from 'kysely'
import type { EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import { numberAs, periodOf, type Reset } from '../../../src-shared/kernel/numberPattern.ts'
import type { CommandContext } from '../context.ts'
import { plain, type ReadDb, type WriteTx } from '../database.ts'
import { envOf } from '../livingEntities.ts'

type Db = ReadDb | WriteTx
export type StoredRule = { pattern: string; reset: Reset; start: number; enabled: number; version: number }

export async function ruleOf(db: Db, entity: string): Promise<StoredRule | null> {
  const { rows } = await sql<StoredRule>`
    select pattern, reset, start, enabled, version from number_rule where entity = ${entity}`.execute(plain(db))
  return rows[0] ?? null
}

const isTaken = async (db: Db, entity: EntityDescriptor, number: string): Promise<boolean> =>
  (await sql`select 1 from ${sql.table(entity.table)} where number = ${number} limit 1`.execute(plain(db))).rows.length > 0

/** What the next records would be numbered, were they made now. */
export async function nextNumbers(
  db: Db,
  entity: EntityDescriptor,
  { pattern, reset, start }: Pick<StoredRule, 'pattern' | 'reset' | 'start'>,
  many: number,
): Promise<string[]> {
  const day = envOf(entity).today()
  const { rows } = await sql<{ last: number }>`
    select last from number_counter where entity = ${entity.name} and period = ${periodOf(reset, day)}`.execute(plain(db))
  const found: string[] = []
  for (let running = Math.max(start, (rows[0]?.last ?? start - 1) + 1); found.length < many; running++) {
    const number = numberAs(pattern, day, running)
    if (!(await isTaken(db, entity, number))) found.push(number)
  }
  return found
}

/**
 * A number for a record, inside the transaction that makes it. The counter is turned on in the same transaction and never back, so that a
 * number whose record was taken back is not given again; one that an import brought along is passed over.
 */
export async function takeNumber(context: CommandContext, entity: EntityDescriptor): Promise<string | null> {
  if (!entity.fields.some(({ single }) => single === true)) return null
  const rule = await ruleOf(context.tx, entity.name)
  if (!rule || rule.enabled === 0) return null
  const day = envOf(entity).today()
  const period = periodOf(rule.reset, day)
  for (;;) {
    const { rows } = await sql<{ last: number }>`
      insert into number_counter (entity, period, last) values (${entity.name}, ${period}, ${rule.start})
      on conflict (entity, period) do update set last = max(last + 1, ${rule.start}) returning last`.execute(plain(context.tx))
    const number = numberAs(rule.pattern, day, rows[0]?.last ?? rule.start)
    if (!(await isTaken(context.tx, entity, number))) return number
  }
}
