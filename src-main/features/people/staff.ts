import { sql } from 'kysely'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'

/** Departments in their order, and which one everybody stands in on a day: of who has left, where he stood last. */
export type Staff = {
  readonly departments: readonly { readonly id: string; readonly name: string; readonly parentId: string | null }[]
  readonly departmentOf: ReadonlyMap<string, string | null>
}

export async function staffOf(db: ReadDb | WriteTx, today: string): Promise<Staff> {
  const { rows: departments } = await sql<Staff['departments'][number]>`
    select id, name, parent_id as "parentId" from department order by position, name, id`.execute(plain(db))
  const { rows } = await sql<{ id: string; departmentId: string | null }>`
    select e.id, (select m.department_id from employment m where m.employee_id = e.id and m.valid_from <= ${today}
      order by m.valid_from desc limit 1) as "departmentId" from employee e`.execute(plain(db))
  return { departments, departmentOf: new Map(rows.map(({ id, departmentId }) => [id, departmentId])) }
}

/** The people of a department and of all below it; of none: those who stand in no department. */
export function peopleUnder({ departments, departmentOf }: Staff, department: string | null): string[] {
  const wanted = new Set<string | null>([department])
  // Departments come in no order of the tree, so it is gone through until nothing is added.
  for (let grown = department !== null; grown; ) {
    const before = wanted.size
    for (const { id, parentId } of departments) if (parentId !== null && wanted.has(parentId)) wanted.add(id)
    grown = wanted.size > before
  }
  return [...departmentOf].flatMap(([id, where]) => (wanted.has(where) ? [id] : []))
}
