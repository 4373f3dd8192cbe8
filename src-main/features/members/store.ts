import { leftBy } from '../../kernel/leaving.ts'
import { sql } from 'kysely'
import type { Access, Member } from '../../../src-shared/features/members/contract.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'

/** Kinds of records that are worked on by others beside their owners. */
export type Shared = 'customer' | 'opportunity'
type Place = { kind: Shared; id: string }

/** Whose a record is, and in which pool it lies. */
export async function readPlace(
  db: ReadDb,
  kind: Shared,
  id: string,
): Promise<{ ownerId: string | null; poolId: string | null }> {
  const pool = kind === 'customer' ? sql`pool_id` : sql`null`
  const { rows } = await sql<{ ownerId: string | null; poolId: string | null }>`
    select owner_id as "ownerId", ${pool} as "poolId" from ${sql.table(kind)} where id = ${id}`.execute(plain(db))
  return rows[0] ?? { ownerId: null, poolId: null }
}

/** The team of a record, who was added first at the top. */
export async function readTeam(db: ReadDb | WriteTx, { kind, id }: Place, today: string): Promise<Member[]> {
  const { rows } = await sql<Omit<Member, 'left'> & { left: number }>`
    select m.employee_id as "employeeId", e.name, d.name as "departmentName", m.access, m.created_at as "addedAt",
      (select coalesce(b.name, u.login) from user_account u left join employee b on b.id = u.employee_id where u.id = m.created_by) as "addedByName",
      ${leftBy(today)} as "left"
    from record_member m join employee e on e.id = m.employee_id
    left join department d on d.id = (select p.department_id from employment p where p.employee_id = e.id and p.valid_from <= ${today} order by p.valid_from desc limit 1)
    where m.entity = ${kind} and m.record_id = ${id} order by m.created_at, m.id`.execute(plain(db))
  return rows.map((row) => ({ ...row, left: row.left === 1 }))
}

/** @returns what changed: the employee is new, got another access, or had it already. */
export async function putMember(
  context: CommandContext,
  { kind, id, employeeId, access }: Place & { employeeId: string; access: Access },
): Promise<'added' | 'changed' | 'same'> {
  const at = context.now()
  const known = await memberOf(context.tx, { kind, id }, employeeId)
  if (known?.access === access) return 'same'
  if (known) {
    await context.tx
      .updateTable('recordMember')
      .set((eb) => ({ access, updatedAt: at, version: eb('version', '+', 1) }))
      .where('id', '=', known.id)
      .execute()
    return 'changed'
  }
  await context.tx
    .insertInto('recordMember')
    .values({
      id: context.newId(),
      entity: kind,
      recordId: id,
      employeeId,
      access,
      createdAt: at,
      createdBy: context.actor.userId || null,
      updatedAt: at,
    })
    .execute()
  return 'added'
}

export const memberOf = (tx: WriteTx, { kind, id }: Place, employeeId: string) =>
  tx
    .selectFrom('recordMember')
    .select(['id', 'access'])
    .where('entity', '=', kind)
    .where('recordId', '=', id)
    .where('employeeId', '=', employeeId)
    .executeTakeFirst()

/** Takes everybody off these customers: in a pool nobody is a collaborator. */
export async function disbandTeams(tx: WriteTx, customerIds: readonly string[]): Promise<void> {
  await sql`delete from record_member where entity = 'customer' and record_id in (select value from json_each(${JSON.stringify(customerIds)}))`.execute(
    tx,
  )
}

export async function removeMember(tx: WriteTx, id: string): Promise<void> {
  await tx.deleteFrom('recordMember').where('id', '=', id).execute()
}
