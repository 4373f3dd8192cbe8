import { sql } from 'kysely'
import type { MyPool, Pool, PoolId, PoolMember, PoolValues } from '../../../src-shared/features/pools/model.ts'
import { type Actor, may } from '../../../src-shared/kernel/actor.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { NotFound } from '../../kernel/errors.ts'
import { actorInPool, customerReach } from '../../kernel/policy.ts'
import { claimsUsed } from './used.ts'

type Db = ReadDb | WriteTx
type Stored = Omit<MyPool, 'isMember' | 'manages' | 'mayClaim' | 'mayAssign' | 'hidden' | 'hides' | 'claimedToday'> & {
  hidden: string
}

/** How many living customers each pool holds: along its own index. */
const CUSTOMERS = sql`(select count(*) from customer c where c.pool_id = p.id and c.deleted_at is null)`

/** The pools that the caller sees, with what is left to him today. */
export async function poolsOf(db: Db, actor: Actor, today: string): Promise<MyPool[]> {
  const seesAll = customerReach(actor, 'read') === 'all'
  const mine = JSON.stringify((actor.pools ?? []).map(({ id }) => id))
  const { rows } = await sql<Stored>`
    select p.id, p.name, p.note, p.hidden, ${CUSTOMERS} as customers, p.daily_claims as "dailyClaims", p.daily_views as "dailyViews",
      p.cooling_days as "coolingDays",
      (select count(*) from pool_view v where v.employee_id = ${actor.employeeId} and v.day = ${today} and v.pool_id = p.id) as "viewedToday"
    from pool p where ${seesAll ? sql`1 = 1` : sql`p.id in (select value from json_each(${mine}))`} order by p.position, p.created_at, p.id`.execute(
    plain(db),
  )
  const used = await claimsUsed(db, { employeeId: actor.employeeId, day: today })
  return rows.map((row) => asMine(actor, { ...row, claimedToday: used.get(row.id) ?? 0 }, seesAll))
}

function asMine(actor: Actor, { hidden: _hidden, ...row }: Stored & Pick<MyPool, 'claimedToday'>, seesAll: boolean): MyPool {
  const sight = actor.pools?.find(({ id }) => id === row.id)
  const manages = sight?.manages ?? false
  const hides = actorInPool(actor, row.id) === actor ? [] : (sight?.hidden ?? [])
  return {
    ...row,
    isMember: sight !== undefined,
    manages,
    mayClaim: sight !== undefined && actor.employeeId !== null && may(actor, 'customers.claim'),
    mayAssign: may(actor, 'customers.assign') && (manages || seesAll),
    hidden: hides.flatMap(ofCustomer),
    hides: [...hides],
    dailyClaims: manages ? null : row.dailyClaims,
    dailyViews: manages || seesAll ? null : row.dailyViews,
  }
}
const ofCustomer = (field: string): string[] => (field.startsWith('customer.') ? [field.slice('customer.'.length)] : [])

export async function choicesOf(db: Db): Promise<{ id: PoolId; name: string }[]> {
  const rows = await (db as ReadDb).selectFrom('pool').select(['id', 'name']).orderBy('position').orderBy('createdAt').execute()
  return rows as { id: PoolId; name: string }[]
}

type SettingsRow = Omit<Pool, 'hidden' | 'members'> & { hidden: string; members: string }
export async function readPools(db: Db, id?: string): Promise<Pool[]> {
  const { rows } = await sql<SettingsRow>`
    select p.id, p.name, p.note, p.hidden, p.daily_claims as "dailyClaims", p.daily_views as "dailyViews", p.cooling_days as "coolingDays",
      ${CUSTOMERS} as customers, (select count(*) from pool_rule r where r.pool_id = p.id) as rules, p.version,
      (select json_group_array(json_object('employeeId', m.employee_id, 'departmentId', m.department_id, 'manages', m.manages, 'name', coalesce(e.name, d.name, '')))
        from pool_member m left join employee e on e.id = m.employee_id left join department d on d.id = m.department_id where m.pool_id = p.id) as members
    from pool p ${id === undefined ? sql`` : sql`where p.id = ${id}`} order by p.position, p.created_at, p.id`.execute(plain(db))
  return rows.map((row) => ({
    ...row,
    hidden: JSON.parse(row.hidden) as string[],
    members: (JSON.parse(row.members) as (Omit<Pool['members'][number], 'manages'> & { manages: number })[])
      .map((member) => ({ ...member, manages: member.manages === 1 }))
      .toSorted((a, b) => Number(b.manages) - Number(a.manages) || a.name.localeCompare(b.name, 'zh')),
  }))
}

export async function readPool(db: Db, id: string): Promise<Pool> {
  const [pool] = await readPools(db, id)
  if (!pool) throw new NotFound('pool', id)
  return pool
}

export const nameKey = (name: string): string => name.normalize('NFKC').toLowerCase()

export async function nameIsTaken(tx: WriteTx, name: string, except = ''): Promise<boolean> {
  const row = await tx
    .selectFrom('pool')
    .select('id')
    .where('nameKey', '=', nameKey(name))
    .where('id', '<>', except)
    .executeTakeFirst()
  return row !== undefined
}

const columnsOf = ({ name, note, hidden, dailyClaims, dailyViews, coolingDays }: PoolValues) => ({
  name,
  nameKey: nameKey(name),
  note,
  hidden: JSON.stringify([...new Set(hidden)].toSorted()),
  dailyClaims,
  dailyViews,
  coolingDays,
})

export async function insertPool(context: CommandContext, values: PoolValues): Promise<string> {
  const id = context.newId()
  const at = context.now()
  const { n } = await context.tx
    .selectFrom('pool')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  await context.tx
    .insertInto('pool')
    .values({ id, ...columnsOf(values), position: n, createdAt: at, createdBy: context.actor.userId || null, updatedAt: at })
    .execute()
  await putMembers(context, id, values.members)
  return id
}

export async function updatePool(context: CommandContext, id: string, values: PoolValues): Promise<void> {
  await context.tx
    .updateTable('pool')
    .set((eb) => ({ ...columnsOf(values), updatedAt: context.now(), version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
  await putMembers(context, id, values.members)
}

const keyOf = ({ employeeId, departmentId }: Pick<PoolMember, 'employeeId' | 'departmentId'>): string =>
  `${employeeId} ${departmentId}`

/** Those named stay or come, the others go; who is named twice manages when one of the two says so. */
async function putMembers(context: CommandContext, poolId: string, members: readonly PoolMember[]): Promise<void> {
  const wanted = new Map<string, PoolMember>()
  for (const member of members) {
    const known = wanted.get(keyOf(member))
    wanted.set(keyOf(member), { ...member, manages: member.manages || (known?.manages ?? false) })
  }
  const there = await context.tx.selectFrom('poolMember').selectAll().where('poolId', '=', poolId).execute()
  for (const row of there) {
    const member = wanted.get(keyOf(row))
    if (!member) await context.tx.deleteFrom('poolMember').where('id', '=', row.id).execute()
    else if (Number(member.manages) !== row.manages)
      await context.tx
        .updateTable('poolMember')
        .set({ manages: Number(member.manages) })
        .where('id', '=', row.id)
        .execute()
    wanted.delete(keyOf(row))
  }
  for (const { employeeId, departmentId, manages } of wanted.values())
    await context.tx
      .insertInto('poolMember')
      .values({ id: context.newId(), poolId, employeeId, departmentId, manages: Number(manages), createdAt: context.now() })
      .execute()
}

/** The first of them who is not there. */
export async function unknownMember(tx: WriteTx, members: readonly PoolMember[]): Promise<PoolMember | null> {
  for (const member of members) {
    const table = member.employeeId === null ? 'department' : 'employee'
    const id = member.employeeId ?? member.departmentId ?? ''
    const row = await tx.selectFrom(table).select('id').where('id', '=', id).executeTakeFirst()
    if (!row) return member
  }
  return null
}

export async function deletePool(tx: WriteTx, id: string): Promise<void> {
  await tx.deleteFrom('poolMember').where('poolId', '=', id).execute()
  await tx.deleteFrom('pool').where('id', '=', id).execute()
}

/** Whether anything ever went through a pool: then its history names it, and it stays. */
export async function movedThrough(tx: WriteTx, id: string): Promise<boolean> {
  const row = await tx.selectFrom('poolMove').select('id').where('poolId', '=', id).limit(1).executeTakeFirst()
  return row !== undefined
}

/** Who administers a pool and can sign in: named himself, or by the department he stands in. */
export async function administratorsOf(db: ReadDb | WriteTx, poolId: string, today: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive under (id) as (
      select department_id from pool_member where pool_id = ${poolId} and manages = 1 and department_id is not null
      union select d.id from department d join under on d.parent_id = under.id)
    select distinct e.id from employee e join user_account u on u.employee_id = e.id and u.disabled_at is null
    where e.id in (select employee_id from pool_member where pool_id = ${poolId} and manages = 1 and employee_id is not null)
      or (select m.department_id from employment m where m.employee_id = e.id and m.valid_from <= ${today} order by m.valid_from desc limit 1) in (select id from under)`.execute(
    plain(db),
  )
  return rows.map(({ id }) => id)
}
