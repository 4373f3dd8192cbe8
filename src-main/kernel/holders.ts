import { sql } from 'kysely'
import type { Permission } from '../../src-shared/kernel/permissions.ts'
import { plain, type ReadDb, type WriteTx } from './database.ts'
import { leftBy } from './leaving.ts'

/**
 * The employees who can sign in and hold a permission by one of their roles; administrators, who hold every one, only where nobody
 * else does: they would be told of everything.
 */
export async function holdersOf(db: ReadDb | WriteTx, permission: Permission, today: string): Promise<string[]> {
  const { rows } = await sql<{ id: string; isAdmin: number }>`
    select e.id, min(coalesce(r.builtin, '') = 'admin') as "isAdmin"
    from user_account u join employee e on e.id = u.employee_id join user_role ur on ur.user_id = u.id join role r on r.id = ur.role_id
    where u.disabled_at is null and not ${leftBy(today)}
      and (r.builtin = 'admin' or exists (select 1 from role_permission p where p.role_id = r.id and p.permission = ${permission}))
    group by e.id order by e.id`.execute(plain(db))
  const others = rows.filter(({ isAdmin }) => isAdmin === 0)
  return (others.length > 0 ? others : rows).map(({ id }) => id)
}
