import { hasLeft } from '../../../src-shared/kernel/leaving.ts'
import { type RawBuilder, sql } from 'kysely'
import type { Aim, Aimed, Target, TargetCell, TargetKind } from '../../../src-shared/features/targets/model.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { Forbidden } from '../../kernel/errors.ts'
import { type Reach, reaches, reachOf } from '../../kernel/policy.ts'
import { peopleUnder, type Staff, staffOf } from '../people/public.ts'

type Db = ReadDb | WriteTx
type StoredTarget = Omit<Target, 'aim'> & { employeeId: string | null; departmentId: string | null }
export type Person = { id: string; name: string; leftOn: string | null }

const aimOf = ({ employeeId, departmentId }: Pick<StoredTarget, 'employeeId' | 'departmentId'>): Aim =>
  employeeId === null ? { of: 'department', id: departmentId ?? '' } : { of: 'employee', id: employeeId }

/** A department is in reach when all its people, and those below, are. One without people only for who reaches everybody. */
const reachesDepartment = (staff: Staff, reach: Reach, id: string): boolean => {
  if (reach === 'all') return true
  const people = peopleUnder(staff, id)
  return people.length > 0 && people.every((person) => reaches(reach, person))
}
export const inReach = (staff: Staff, reach: Reach, aim: Aim): boolean =>
  aim.of === 'employee' ? reaches(reach, aim.id) : reachesDepartment(staff, reach, aim.id)

/** Whether the actor may set what stands in a row of the table, by its columns as they are stored. */
export async function aimReach({
  tx,
  actor,
  today,
}: Pick<CommandContext, 'tx' | 'actor'> & { today: string }): Promise<(row: Record<string, unknown>) => boolean> {
  const staff = await staffOf(tx, today)
  const reach = reachOf(actor, 'targets.manage')
  const idOf = (value: unknown) => (typeof value === 'string' ? value : null)
  return (row) => inReach(staff, reach, aimOf({ employeeId: idOf(row['employee_id']), departmentId: idOf(row['department_id']) }))
}

export const people = async (db: Db): Promise<Person[]> =>
  (await sql<Person>`select id, name, left_on as "leftOn" from employee order by name_sort, id`.execute(plain(db))).rows

export async function storedTargets(db: Db, kind: TargetKind, which: RawBuilder<unknown>): Promise<Target[]> {
  const { rows } = await sql<StoredTarget>`
    select id, kind, period, employee_id as "employeeId", department_id as "departmentId", amount from target
    where kind = ${kind} and ${which} order by period, id`.execute(plain(db))
  return rows.map(({ employeeId, departmentId, ...row }) => ({ ...row, aim: aimOf({ employeeId, departmentId }) }))
}

/** Everybody in reach in the order of the company: each department with its people behind it. Who has left stands there with what was set. */
export async function readGrid(
  db: ReadDb,
  actor: Actor,
  { year, kind, today }: { year: number; kind: TargetKind; today: string },
): Promise<{ aims: Aimed[]; targets: Target[] }> {
  const [reach, edits] = [reachOf(actor, 'targets.read'), reachOf(actor, 'targets.manage')]
  const staff = await staffOf(db, today)
  const all = await storedTargets(db, kind, sql`substr(period, 1, 4) = ${String(year)}`)
  const targets = all.filter(({ aim }) => inReach(staff, reach, aim))
  const set = new Set(targets.map(({ aim }) => aim.id))
  const shown = (await people(db)).filter(({ id, leftOn }) => reaches(reach, id) && (!hasLeft(leftOn, today) || set.has(id)))
  const aims: Aimed[] = []
  const add = (aim: Aim, name: string, depth: number) => aims.push({ aim, name, depth, mayEdit: inReach(staff, edits, aim) })
  const walk = (parent: string | null, depth: number): void => {
    for (const { id, name } of staff.departments.filter((one) => one.parentId === parent)) {
      const seen = reachesDepartment(staff, reach, id)
      if (seen) add({ of: 'department', id }, name, depth)
      for (const person of shown)
        if (staff.departmentOf.get(person.id) === id) add({ of: 'employee', id: person.id }, person.name, depth + (seen ? 1 : 0))
      walk(id, depth + (seen ? 1 : 0))
    }
  }
  walk(null, 0)
  for (const { id, name } of shown) if ((staff.departmentOf.get(id) ?? null) === null) add({ of: 'employee', id }, name, 0)
  return { aims, targets }
}

const whose = ({ of, id }: Aim): RawBuilder<unknown> =>
  of === 'employee' ? sql`employee_id = ${id}` : sql`department_id = ${id}`

/**
 * Writes the cells that say something new. @returns how many
 * @throws Forbidden for a cell out of reach; `aimUnknown` is left to the caller
 */
export async function writeCells(
  context: CommandContext,
  { kind, cells, today }: { kind: TargetKind; cells: readonly TargetCell[]; today: string },
): Promise<number> {
  const { tx, actor } = context
  const reach = reachOf(actor, 'targets.manage')
  const staff = await staffOf(tx, today)
  if (cells.some(({ aim }) => !inReach(staff, reach, aim))) throw new Forbidden('targets.manage')
  let changed = 0
  for (const { period, aim, amount } of cells) {
    const [stands] = await storedTargets(tx, kind, sql`period = ${period} and ${whose(aim)}`)
    if ((stands?.amount ?? null) === amount) continue
    changed++
    const at = context.now()
    if (amount === null)
      await tx
        .deleteFrom('target')
        .where('id', '=', stands?.id ?? '')
        .execute()
    else if (stands)
      await tx
        .updateTable('target')
        .set((eb) => ({ amount, updatedAt: at, version: eb('version', '+', 1) }))
        .where('id', '=', stands.id)
        .execute()
    else
      await tx
        .insertInto('target')
        .values({
          id: context.newId(),
          kind,
          period,
          employeeId: aim.of === 'employee' ? aim.id : null,
          departmentId: aim.of === 'department' ? aim.id : null,
          amount,
          createdAt: at,
          createdBy: actor.userId || null,
          updatedAt: at,
        })
        .execute()
  }
  return changed
}

/** Which of these nobody is, or no department. */
export async function unknownAims(tx: WriteTx, cells: readonly TargetCell[]): Promise<boolean> {
  const ids = (of: Aim['of']) => [...new Set(cells.flatMap(({ aim }) => (aim.of === of ? [aim.id] : [])))]
  const known = async (table: 'employee' | 'department', wanted: readonly string[]) => {
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from ${sql.table(table)} where id in (select value from json_each(${JSON.stringify(wanted)}))`.execute(
      tx,
    )
    return rows[0]?.n === wanted.length
  }
  return !(await known('employee', ids('employee'))) || !(await known('department', ids('department')))
}

/** What people are to reach month by month, of those asked for and in reach; months without any target are missing. */
export async function monthTargets(
  { db, actor }: { db: ReadDb; actor: Actor },
  owners: readonly string[] | null,
  months: readonly string[],
): Promise<Map<string, number>> {
  const reach = reachOf(actor, 'targets.read')
  const stored = await storedTargets(
    db,
    'won',
    sql`employee_id is not null and period in (select value from json_each(${JSON.stringify(months)}))`,
  )
  const sums = new Map<string, number>()
  for (const { aim, period, amount } of stored)
    if (reaches(reach, aim.id) && (owners === null || owners.includes(aim.id))) sums.set(period, (sums.get(period) ?? 0) + amount)
  return sums
}
