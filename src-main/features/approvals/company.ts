import { sql } from 'kysely'
import { dateIn } from '../../../src-shared/kernel/time.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { ReadDb, WriteTx } from '../../kernel/database.ts'

/** The day in the zone of the company. */
export const todayOf = (context: Pick<CommandContext, 'now' | 'services'>): string =>
  dateIn(context.now(), context.services.timeZone())

/** Somebody of the company. `here`: works here and can sign in. `managers`: who stands above him, the nearest first. */
export type Member = {
  readonly id: string
  readonly name: string
  readonly here: boolean
  readonly isAdmin: boolean
  readonly roleIds: readonly string[]
  readonly managers: readonly string[]
}
type Row = {
  id: string
  name: string
  here: number
  isAdmin: number
  roleIds: string
  managerId: string | null
  departmentId: string | null
}
type Department = { id: string; parentId: string | null; managerId: string | null }

/** Everybody on a day with his roles and who stands above him: his own manager, else the head of his department or of the nearest one above. */
export async function readCompany(db: ReadDb | WriteTx, today: string): Promise<Map<string, Member>> {
  const { rows } = await sql<Row>`
    select e.id, e.name, m.manager_id, m.department_id, (u.id is not null and u.disabled_at is null and coalesce(e.left_on > ${today}, 1)) as here,
      exists (select 1 from user_role x join role r on r.id = x.role_id where x.user_id = u.id and r.builtin = 'admin') as is_admin,
      (select json_group_array(x.role_id) from user_role x where x.user_id = u.id) as role_ids
    from employee e left join employment m on m.id = (
      select x.id from employment x where x.employee_id = e.id and x.valid_from <= ${today} order by x.valid_from desc limit 1)
    left join user_account u on u.employee_id = e.id
    order by e.name_sort, e.id`.execute(db)
  const { rows: departments } = await sql<Department>`select id, parent_id, manager_id from department`.execute(db)
  const byId = new Map(departments.map((one) => [one.id, one]))
  const people = new Map(rows.map((row) => [row.id, row]))
  const headOf = (departmentId: string | null, except: string): string | null => {
    const seen = new Set<string>()
    for (let at = departmentId; at !== null && !seen.has(at); at = byId.get(at)?.parentId ?? null) {
      seen.add(at)
      const head = byId.get(at)?.managerId ?? null
      if (head !== null && head !== except) return head
    }
    return null
  }
  const managersOf = (id: string): string[] => {
    const found: string[] = []
    let at = people.get(id)
    while (at) {
      const next: string | null = at.managerId ?? headOf(at.departmentId, at.id)
      if (next === null || next === id || found.includes(next)) break
      found.push(next)
      at = people.get(next)
    }
    return found
  }
  return new Map(
    rows.map(({ id, name, here, isAdmin, roleIds }) => [
      id,
      { id, name, here: here === 1, isAdmin: isAdmin === 1, roleIds: JSON.parse(roleIds) as string[], managers: managersOf(id) },
    ]),
  )
}
