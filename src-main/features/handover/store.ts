import { leftBy } from '../../kernel/leaving.ts'
import { sql } from 'kysely'
import type { Estate } from '../../../src-shared/features/handover/model.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { Shared } from '../members/public.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { NotFound } from '../../kernel/errors.ts'

type Db = ReadDb | WriteTx
type Named = { id: string; name: string }

const running = (today: string) =>
  sql`(select x.id from employment x where x.employee_id = e.id and x.valid_from <= ${today} order by x.valid_from desc limit 1)`
const here = (today: string) => sql`not ${leftBy(today)}`

export type Leaver = Estate['employee'] & { userId: string | null; login: string | null }
export async function readLeaver(db: Db, id: string): Promise<Leaver> {
  const { rows } = await sql<Leaver>`
    select e.id, e.name, e.left_on as "leftOn", e.version, u.id as "userId", u.login from employee e left join user_account u on u.employee_id = e.id
    where e.id = ${id}`.execute(plain(db))
  const [row] = rows
  if (!row) throw new NotFound('employee', id)
  return row
}

const ofOwner = (id: string) => sql`from customer where owner_id = ${id} and deleted_at is null`

export async function countCustomers(db: Db, id: string): Promise<{ customers: number; planned: number }> {
  const { rows } = await sql<{ customers: number; planned: number }>`
    select count(*) as customers, count(next_follow_up_at) as planned ${ofOwner(id)}`.execute(plain(db))
  return rows[0] ?? { customers: 0, planned: 0 }
}

/** His in the recycle bin, and those whose place another took: brought back or taken apart, they need somebody who is here. */
export async function countBinned(db: Db, id: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from customer where owner_id = ${id} and deleted_at is not null`.execute(plain(db))
  return rows[0]?.n ?? 0
}

export async function countBy(
  db: Db,
  id: string,
  field: 'level' | 'province',
): Promise<{ value: string | null; count: number }[]> {
  const { rows } = await sql<{ value: string | null; count: number }>`
    select ${sql.ref(field)} as value, count(*) as count ${ofOwner(id)} group by 1 order by count desc, value limit 100`.execute(
    plain(db),
  )
  return rows
}

export const departmentsOf = async (db: Db, id: string): Promise<Named[]> =>
  (await sql<Named>`select id, name from department where manager_id = ${id} order by position, name`.execute(plain(db))).rows

/** Those who report to him today and work here. */
export const reportsOf = async (db: Db, id: string, today: string): Promise<Named[]> =>
  (
    await sql<Named>`select e.id, e.name from employee e join employment m on m.id = ${running(today)} where m.manager_id = ${id} and ${here(today)}
      order by e.name_sort, e.id`.execute(plain(db))
  ).rows

/** What has an owner of its own beside customers. */
export type OwnedTable = 'opportunity' | 'quote' | 'sales_order'
/** Those that he owns, those of the recycle bin too. */
export async function countOwned(db: Db, table: OwnedTable, id: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)} where owner_id = ${id}`.execute(
    plain(db),
  )
  return rows[0]?.n ?? 0
}

type Passing = { table: OwnedTable; from: string; to: string; most: number }
/** Passes some of them on. @returns their ids; none when none are left. */
export async function passOwned(context: CommandContext, { table, from, to, most }: Passing): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update ${sql.table(table)} set owner_id = ${to}, updated_at = ${context.now()}, version = version + 1
    where id in (select id from ${sql.table(table)} where owner_id = ${from} order by id limit ${most}) returning id`.execute(
    context.tx,
  )
  return rows.map(({ id }) => id)
}

export async function countTeams(db: Db, id: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from record_member where employee_id = ${id}`.execute(plain(db))
  return rows[0]?.n ?? 0
}

export async function poolsOf(db: Db, id: string): Promise<(Named & { manages: boolean })[]> {
  const { rows } = await sql<Named & { manages: number }>`
    select p.id, p.name, m.manages from pool_member m join pool p on p.id = m.pool_id where m.employee_id = ${id} order by p.position, p.name`.execute(
    plain(db),
  )
  return rows.map((row) => ({ ...row, manages: row.manages === 1 }))
}

/** Views that others use; those nobody else sees stay his own. */
export const viewsOf = async (db: Db, userId: string | null): Promise<Named[]> =>
  (
    await sql<Named>`select id, name from list_view where owner_id = ${userId} and (audience ->> '$.everyone' = 1
      or json_array_length(audience, '$.departments') + json_array_length(audience, '$.roles') + json_array_length(audience, '$.people') > 0)
      order by name`.execute(plain(db))
  ).rows

export type Successor = Named & { left: boolean; userId: string | null }
export async function readSuccessors(db: Db, ids: readonly string[], today: string): Promise<Map<string, Successor>> {
  const { rows } = await sql<Named & { here: number; userId: string | null }>`
    select e.id, e.name, ${here(today)} as here, u.id as "userId" from employee e left join user_account u on u.employee_id = e.id and u.disabled_at is null
    where e.id in (select value from json_each(${JSON.stringify(ids)}))`.execute(plain(db))
  return new Map(rows.map(({ here: isHere, ...row }) => [row.id, { ...row, left: isHere !== 1 }]))
}

export type Owned = { id: string; level: string | null; province: string | null }
/** Customers of somebody in the order of their ids. */
export async function customersAfter(db: Db, ownerId: string, after: string, limit: number, binned = false): Promise<Owned[]> {
  const { rows } = await sql<Owned>`
    select id, level, province from customer where owner_id = ${ownerId} and deleted_at ${binned ? sql`is not null` : sql`is null`} and +id > ${after} order by +id limit ${limit}`.execute(
    plain(db),
  )
  return rows
}

/** Passes customers on; whoever is not the leaver's any more is left alone. @returns how many. */
export async function passOn(context: CommandContext, ids: readonly string[], from: string, to: string): Promise<number> {
  const at = context.now()
  const { numAffectedRows } = await sql`
    update customer set owner_id = ${to}, owner_since = ${at}, last_owner_id = ${from}, updated_at = ${at}, version = version + 1
    where id in (select value from json_each(${JSON.stringify(ids)})) and owner_id = ${from}`.execute(context.tx)
  return Number(numAffectedRows ?? 0n)
}

export async function passDepartments(context: CommandContext, from: string, to: string | null): Promise<number> {
  const { numAffectedRows } = await sql`
    update department set manager_id = ${to}, updated_at = ${context.now()}, version = version + 1 where manager_id = ${from}`.execute(
    context.tx,
  )
  return Number(numAffectedRows ?? 0n)
}

/** His seats in teams, or in pools, go to the successor where he has none yet; else they are given up. */
async function passSeats(
  context: CommandContext,
  seats: { table: 'record_member' | 'pool_member'; same: readonly string[]; own?: boolean; touched: boolean },
  from: string,
  to: string | null,
): Promise<number> {
  const { tx } = context
  const table = sql.table(seats.table)
  const matches = sql.join(
    seats.same.map((column) => sql`o.${sql.ref(column)} = ${sql.ref(`${seats.table}.${column}`)}`),
    sql` and `,
  )
  const taken = sql`exists (select 1 from ${table} o where o.employee_id = ${to} and ${matches})`
  const ownsOf = (entity: Shared, of: string) =>
    sql`(record_member.entity = ${entity} and exists (select 1 from ${sql.table(of)} c where c.id = record_member.record_id and c.owner_id = ${to}))`
  // Whoever owns a record has no seat on it.
  const owns = seats.own ? sql`(${ownsOf('customer', 'customer')} or ${ownsOf('opportunity', 'opportunity')})` : sql`0 = 1`
  const { rows } = await sql<{ n: number }>`select count(*) as n from ${table} where employee_id = ${from}`.execute(tx)
  const touch = seats.touched ? sql`, updated_at = ${context.now()}, version = version + 1` : sql``
  if (to !== null)
    await sql`update ${table} set employee_id = ${to}${touch} where employee_id = ${from} and not ${taken} and not ${owns}`.execute(
      tx,
    )
  await sql`delete from ${table} where employee_id = ${from}`.execute(tx)
  return rows[0]?.n ?? 0
}

export const passTeams = (context: CommandContext, from: string, to: string | null): Promise<number> =>
  passSeats(context, { table: 'record_member', same: ['entity', 'record_id'], own: true, touched: true }, from, to)

export async function passPools(context: CommandContext, from: string, to: string | null): Promise<number> {
  // Who is a member already becomes an administrator of what the leaver looked after.
  if (to !== null)
    await sql`update pool_member set manages = 1 where employee_id = ${to} and manages = 0
      and exists (select 1 from pool_member o where o.pool_id = pool_member.pool_id and o.employee_id = ${from} and o.manages = 1)`.execute(
      context.tx,
    )
  return passSeats(context, { table: 'pool_member', same: ['pool_id'], touched: false }, from, to)
}

export async function passViews(context: CommandContext, ids: readonly string[], toUserId: string): Promise<number> {
  const { numAffectedRows } = await sql`
    update list_view set owner_id = ${toUserId}, updated_at = ${context.now()}, version = version + 1
    where id in (select value from json_each(${JSON.stringify(ids)}))`.execute(context.tx)
  return Number(numAffectedRows ?? 0n)
}

export async function closeAccount(context: CommandContext, userId: string): Promise<void> {
  const at = context.now()
  await sql`update user_account set disabled_at = ${at}, updated_at = ${at}, version = version + 1 where id = ${userId} and disabled_at is null`.execute(
    context.tx,
  )
}
