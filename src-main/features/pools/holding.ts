import { sql } from 'kysely'
import type { Exclusions, Holding } from '../../../src-shared/features/pools/model.ts'
import { isWithout } from '../../../src-shared/features/pools/limits.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import { dateIn } from '../../../src-shared/kernel/time.ts'
import type { BulkResult } from '../../../src-shared/kernel/list.ts'
import type { CommandContext, StagedContext } from '../../kernel/context.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'

type Db = ReadDb | WriteTx
type Rule = { most: number; without: Exclusions }

/** The limit that holds for somebody: his own, else that of the nearest department above him, else everybody's. */
async function limitOf(db: Db, employeeId: string, today: string): Promise<Rule | null> {
  const { rows } = await sql<{ most: number; without: string }>`
    with recursive above (id, far) as (
      select department_id, 1 from (select m.department_id from employment m where m.employee_id = ${employeeId} and m.valid_from <= ${today}
        order by m.valid_from desc limit 1)
      union all select d.parent_id, above.far + 1 from department d join above on d.id = above.id where above.far < 50)
    select l.most, l.without from holding_limit l left join above a on a.id = l.department_id
    where l.employee_id = ${employeeId} or a.id is not null or (l.employee_id is null and l.department_id is null)
    order by l.employee_id is null, a.far is null, a.far limit 1`.execute(plain(db))
  const [row] = rows
  return row ? { most: row.most, without: JSON.parse(row.without) as Exclusions } : null
}

async function countHeld(db: Db, employeeId: string, { levels = [], statuses = [] }: Exclusions): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from customer t where t.owner_id = ${employeeId} and t.deleted_at is null
      and coalesce(t.level, '') not in (select value from json_each(${JSON.stringify(levels)}))
      and t.status not in (select value from json_each(${JSON.stringify(statuses)}))`.execute(plain(db))
  return rows[0]?.n ?? 0
}

/** What somebody holds of what he may. */
export async function holdingOf(db: Db, employeeId: string, today: string): Promise<Holding> {
  const rule = await limitOf(db, employeeId, today)
  const without = rule?.without ?? {}
  return { held: await countHeld(db, employeeId, without), most: rule?.most ?? null, without }
}

type Counted = { level?: unknown; status?: unknown }
/** How many more customers an owner may get; those that do not count for his limit always find room. */
export class Room {
  readonly #left = new Map<string, { rule: Rule | null; held: number }>()
  readonly #context: Pick<CommandContext, 'tx' | 'now' | 'services'>

  constructor(context: Pick<CommandContext, 'tx' | 'now' | 'services'>) {
    this.#context = context
  }

  /** Takes a place for a customer. @returns what stands in the way, or null. */
  async take(ownerId: string, customer: Counted): Promise<{ held: number; most: number } | null> {
    const known = this.#left.get(ownerId) ?? (await this.#look(ownerId))
    this.#left.set(ownerId, known)
    const { rule } = known
    if (!rule || isWithout(rule.without, customer)) return null
    if (known.held >= rule.most) return { held: known.held, most: rule.most }
    known.held++
    return null
  }

  /** Makes room: a customer of his goes. */
  async leave(ownerId: string, customer: Counted): Promise<void> {
    const known = this.#left.get(ownerId) ?? (await this.#look(ownerId))
    this.#left.set(ownerId, known)
    if (known.rule && !isWithout(known.rule.without, customer)) known.held--
  }

  async #look(ownerId: string): Promise<{ rule: Rule | null; held: number }> {
    const { tx, now, services } = this.#context
    const rule = await limitOf(tx, ownerId, dateIn(now(), services.timeZone()))
    return { rule, held: rule ? await countHeld(tx, ownerId, rule.without) : 0 }
  }
}

/** Those of these rows that an owner has room for, one after the other in their order; the others are too many. */
export async function fitting<Row extends Counted>(
  context: CommandContext,
  ownerId: string,
  rows: readonly Row[],
): Promise<{ fit: Row[]; tooMany: number }> {
  const room = new Room(context)
  const fit: Row[] = []
  for (const row of rows) if ((await room.take(ownerId, row)) === null) fit.push(row)
  return { fit, tooMany: rows.length - fit.length }
}

/** How many more an owner may get, and who does not count for that; null without a limit. */
export async function roomLeft(
  db: Db,
  ownerId: string,
  today: string,
): Promise<{ left: number; without: Exclusions; held: number; most: number } | null> {
  const rule = await limitOf(db, ownerId, today)
  if (!rule) return null
  const held = await countHeld(db, ownerId, rule.without)
  return { left: Math.max(0, rule.most - held), without: rule.without, held, most: rule.most }
}

/** A bulk action that gave an owner nothing because he has no room is refused with the figures, like one alone. */
export async function requireSomeFit(
  context: Pick<StagedContext, 'db' | 'now' | 'services'>,
  ownerId: string,
  { changed, because }: Pick<BulkResult, 'changed' | 'because'>,
): Promise<void> {
  if (changed > 0 || !because?.['holdingFull']) return
  const room = await roomLeft(context.db, ownerId, dateIn(context.now(), context.services.timeZone()))
  throw new Refusal('holdingFull', { held: room?.held ?? 0, most: room?.most ?? 0, name: await nameOf(context.db, ownerId) })
}

/** @throws Refusal holdingFull, with the figures, when an owner has no room for this customer. */
export async function requireRoom(
  context: CommandContext,
  ownerId: string,
  customer: Counted,
  room = new Room(context),
): Promise<void> {
  const full = await room.take(ownerId, customer)
  if (full) throw new Refusal('holdingFull', { ...full, name: await nameOf(context.tx, ownerId) })
}

export async function nameOf(db: Db, employeeId: string): Promise<string> {
  const { rows } = await sql<{ name: string }>`select name from employee where id = ${employeeId}`.execute(plain(db))
  return rows[0]?.name ?? ''
}
