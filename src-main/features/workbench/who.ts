import { leftBy } from '../../kernel/leaving.ts'
import { sql } from 'kysely'
import type { WhoKey } from '../../../src-shared/features/workbench/keys.ts'
import type { Actor } from '../../../src-shared/kernel/actor.ts'
import type { ScopedPermission } from '../../../src-shared/kernel/permissions.ts'
import { plain, type ReadDb } from '../../kernel/database.ts'
import { reachOf } from '../../kernel/policy.ts'

type Scope = { key: WhoKey; whose: string[] | null }

/** Whose customers (or what else the right reaches) somebody may look at, in steps; a step that shows nobody more than the one before is left out. */
export async function whoCanBeSeen(
  db: ReadDb,
  actor: Actor,
  today: string,
  right: ScopedPermission = 'customers.read',
): Promise<{ scopes: Scope[]; people: { id: string; name: string }[] }> {
  const reach = reachOf(actor, right)
  const reached = (ids: readonly string[]) => (Array.isArray(reach) ? ids.filter((id) => reach.includes(id)) : [...ids])
  const wanted: { key: WhoKey; ids: readonly string[] }[] = [
    { key: 'own', ids: actor.owners.own },
    { key: 'reports', ids: [...actor.owners.own, ...(await reportsOf(db, actor.employeeId, today))] },
    { key: 'department', ids: actor.owners.department },
    { key: 'below', ids: actor.owners.below },
  ]
  const scopes: Scope[] = []
  for (const { key, ids } of wanted) {
    const whose = reached(ids).sort()
    const isNew = !scopes.some((scope) => JSON.stringify(scope.whose) === JSON.stringify(whose))
    if (whose.length > 0 && whose.length <= MOST && isNew) scopes.push({ key, whose })
  }
  if (reach === 'all') scopes.push({ key: 'all', whose: null })
  const among = Array.isArray(reach) ? sql`e.id in (select value from json_each(${JSON.stringify(reach)}))` : sql`1 = 1`
  const { rows: people } = await sql<{ id: string; name: string }>`
    select e.id, e.name from employee e where ${reach === 'none' ? sql`0 = 1` : among} and not ${leftBy(today)}
    order by e.name_sort, e.id limit ${MOST}`.execute(plain(db))
  return { scopes, people }
}

/** As many owners as a filter takes. */
const MOST = 500

/** Everybody who reports to somebody, directly or through others, today. */
async function reportsOf(db: ReadDb, employeeId: string | null, today: string): Promise<string[]> {
  if (employeeId === null) return []
  const { rows } = await sql<{ id: string }>`
    with recursive now (id, manager) as (
      select e.id, (select m.manager_id from employment m where m.employee_id = e.id and m.valid_from <= ${today} order by m.valid_from desc limit 1) from employee e),
    under (id) as (select id from now where manager = ${employeeId} union select now.id from now join under on now.manager = under.id)
    select id from under where id <> ${employeeId}`.execute(plain(db))
  return rows.map(({ id }) => id)
}
