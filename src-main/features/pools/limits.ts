import { sql } from 'kysely'
import type { Limit, LimitValues } from '../../../src-shared/features/pools/model.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { NotFound } from '../../kernel/errors.ts'

type Row = Omit<Limit, 'without'> & { without: string }

/** Everybody's first, then those of departments and of people. */
export async function readLimits(db: ReadDb | WriteTx, id?: string): Promise<Limit[]> {
  const { rows } = await sql<Row>`
    select l.id, l.employee_id as "employeeId", l.department_id as "departmentId", coalesce(e.name, d.name) as name, l.most, l.without, l.version
    from holding_limit l left join employee e on e.id = l.employee_id left join department d on d.id = l.department_id
    ${id === undefined ? sql`` : sql`where l.id = ${id}`}
    order by l.employee_id is not null, l.department_id is not null, coalesce(e.name_sort, d.name), l.id`.execute(plain(db))
  return rows.map((row) => ({ ...row, without: JSON.parse(row.without) as Limit['without'] }))
}

export async function readLimit(db: ReadDb | WriteTx, id: string): Promise<Limit> {
  const [limit] = await readLimits(db, id)
  if (!limit) throw new NotFound('holdingLimit', id)
  return limit
}

/** Of one person, of one department, and of everybody there is one each. */
export async function limitIsTaken(tx: WriteTx, { employeeId, departmentId }: LimitValues, except = ''): Promise<boolean> {
  const row = await tx
    .selectFrom('holdingLimit')
    .select('id')
    .where('employeeId', employeeId === null ? 'is' : '=', employeeId)
    .where('departmentId', departmentId === null ? 'is' : '=', departmentId)
    .where('id', '<>', except)
    .executeTakeFirst()
  return row !== undefined
}

const columnsOf = ({ employeeId, departmentId, most, without }: LimitValues) => ({
  employeeId,
  departmentId,
  most,
  without: JSON.stringify(without),
})

export async function insertLimit(context: CommandContext, values: LimitValues): Promise<string> {
  const id = context.newId()
  const at = context.now()
  await context.tx
    .insertInto('holdingLimit')
    .values({ id, ...columnsOf(values), createdAt: at, updatedAt: at })
    .execute()
  return id
}

export async function updateLimit(context: CommandContext, id: string, values: LimitValues): Promise<void> {
  await context.tx
    .updateTable('holdingLimit')
    .set((eb) => ({ ...columnsOf(values), updatedAt: context.now(), version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

export async function deleteLimit(tx: WriteTx, id: string): Promise<void> {
  await tx.deleteFrom('holdingLimit').where('id', '=', id).execute()
}
