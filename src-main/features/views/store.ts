import { leftBy } from '../../kernel/leaving.ts'
import { sql } from 'kysely'
import {
  type Arrangement,
  Arrangement as ArrangementShape,
  type Audience,
  type View,
  type Viewed,
} from '../../../src-shared/features/views/model.ts'
import { isShared, NO_ARRANGEMENT } from '../../../src-shared/features/views/plain.ts'
import { type Actor, may } from '../../../src-shared/kernel/actor.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { NotFound } from '../../kernel/errors.ts'

type Db = ReadDb | WriteTx
export type StoredView = {
  id: View['id']
  entity: Viewed
  kind: View['kind']
  name: string
  ownerId: string
  ownerName: string | null
  ownerGone: number
  definition: View['definition']
  audience: Audience
  version: number
}
type Row = Omit<StoredView, 'definition' | 'audience'> & { definition: string; audience: string }

/** Views of a list, or one by its id, in the order they were made. `today` tells who has left. */
export async function storedViews(db: Db, today: string, which: { entity: Viewed } | { id: string }): Promise<StoredView[]> {
  const where = 'id' in which ? sql`v.id = ${which.id}` : sql`v.entity = ${which.entity}`
  const { rows } = await sql<Row>`
    select v.id, v.entity, v.kind, v.name, v.owner_id as "ownerId", coalesce(e.name, u.login) as "ownerName", v.definition, v.audience, v.version,
      (u.disabled_at is not null or ${leftBy(today)}) as "ownerGone"
    from list_view v join user_account u on u.id = v.owner_id left join employee e on e.id = u.employee_id
    where ${where} order by v.created_at, v.id`.execute(plain(db))
  return rows.map((row) => ({
    ...row,
    definition: JSON.parse(row.definition) as View['definition'],
    audience: JSON.parse(row.audience) as Audience,
  }))
}

export async function storedView(db: Db, today: string, id: string): Promise<StoredView> {
  const [view] = await storedViews(db, today, { id })
  if (!view) throw new NotFound('view', id)
  return view
}

/** What an audience is compared with: the departments somebody stands in or manages with those above, his roles, himself. */
export type Standing = {
  readonly departments: ReadonlySet<string>
  readonly roles: ReadonlySet<string>
  readonly employeeId: string | null
}

export async function standingOf(db: Db, actor: Actor, today: string): Promise<Standing> {
  const { rows: departments } = await sql<{ id: string }>`
    with recursive mine (id) as (
      select * from (select m.department_id from employment m where m.employee_id = ${actor.employeeId} and m.valid_from <= ${today} order by m.valid_from desc limit 1)
      union select d.id from department d where d.manager_id = ${actor.employeeId}
      union select d.parent_id from department d join mine on mine.id = d.id where d.parent_id is not null)
    select id from mine where id is not null`.execute(plain(db))
  const { rows: roles } = await sql<{ id: string }>`select role_id as id from user_role where user_id = ${actor.userId}`.execute(
    plain(db),
  )
  return {
    departments: new Set(departments.map(({ id }) => id)),
    roles: new Set(roles.map(({ id }) => id)),
    employeeId: actor.employeeId,
  }
}

const isMeant = (audience: Audience, { departments, roles, employeeId }: Standing): boolean =>
  audience.everyone ||
  audience.departments.some((id) => departments.has(id)) ||
  audience.roles.some((id) => roles.has(id)) ||
  (employeeId !== null && audience.people.includes(employeeId))

/** A view as its reader has it, or null when it is not his to see. Whom else it is for is told only to who may change that. */
export function seenView(actor: Actor, standing: Standing, view: StoredView): View | null {
  const { ownerId, ownerGone, audience, ...rest } = view
  const isMine = ownerId === actor.userId
  const manages = may(actor, 'views.manage') && isShared(audience)
  const isForMe = isMine || isMeant(audience, standing)
  if (!isForMe && !manages) return null
  const mayEdit = isMine || manages
  return {
    ...rest,
    audience: mayEdit ? audience : { ...audience, departments: [], roles: [], people: [] },
    isMine,
    isOrphan: ownerGone === 1,
    isForMe,
    mayEdit,
  }
}

/** What somebody who manages views made private to its owner, as he last saw it. */
export const leftView = ({ ownerId: _owner, ownerGone, ...rest }: StoredView): View => ({
  ...rest,
  isMine: false,
  isOrphan: ownerGone === 1,
  isForMe: false,
  mayEdit: false,
})

const settingKey = (entity: Viewed): string => `views.${entity}`

export async function arrangementOf(db: Db, userId: string, entity: Viewed): Promise<Arrangement> {
  const { rows } = await sql<{ value: string }>`
    select value from user_setting where user_id = ${userId} and key = ${settingKey(entity)}`.execute(plain(db))
  const [row] = rows
  return row ? ArrangementShape.parse(JSON.parse(row.value)) : NO_ARRANGEMENT
}

export async function keepArrangement(tx: WriteTx, userId: string, entity: Viewed, arrangement: Arrangement): Promise<void> {
  const value = JSON.stringify(arrangement)
  await tx
    .insertInto('userSetting')
    .values({ userId, key: settingKey(entity), value })
    .onConflict((conflict) => conflict.columns(['userId', 'key']).doUpdateSet({ value }))
    .execute()
}

/** Whether everything an audience names is there. */
export async function audienceExists(db: Db, { departments, roles, people }: Audience): Promise<boolean> {
  const { rows } = await sql<{ n: number }>`select
    (select count(*) from department where id in (select value from json_each(${JSON.stringify(departments)}))) +
    (select count(*) from role where id in (select value from json_each(${JSON.stringify(roles)}))) +
    (select count(*) from employee where id in (select value from json_each(${JSON.stringify(people)}))) as n`.execute(plain(db))
  return rows[0]?.n === new Set(departments).size + new Set(roles).size + new Set(people).size
}

/** Everybody with an account whom an audience means, by where he stands today. */
export async function peopleMeant(db: Db, { everyone, departments, roles, people }: Audience, today: string): Promise<string[]> {
  if (!everyone && departments.length + roles.length + people.length === 0) return []
  const { rows } = await sql<{ id: string }>`
    with recursive under (id) as (
      select value from json_each(${JSON.stringify(departments)}) union select d.id from department d join under on d.parent_id = under.id)
    select distinct e.id from user_account u join employee e on e.id = u.employee_id
    where u.disabled_at is null and (${everyone ? sql`1 = 1` : sql`0 = 1`} or e.id in (select value from json_each(${JSON.stringify(people)}))
      or exists (select 1 from user_role r where r.user_id = u.id and r.role_id in (select value from json_each(${JSON.stringify(roles)})))
      or (select m.department_id from employment m where m.employee_id = e.id and m.valid_from <= ${today} order by m.valid_from desc limit 1) in (select id from under)
      or exists (select 1 from department d where d.manager_id = e.id and d.id in (select id from under)))`.execute(plain(db))
  return rows.map(({ id }) => id)
}

/** Of these views the names of those that are for somebody today. */
export async function viewNames(db: Db, actor: Actor, today: string, ids: readonly string[]): Promise<Map<string, string>> {
  const standing = await standingOf(db, actor, today)
  const found = new Map<string, string>()
  for (const id of new Set(ids)) {
    const [view] = await storedViews(db, today, { id })
    const seen = view ? seenView(actor, standing, view) : null
    if (seen?.isForMe) found.set(id, seen.name)
  }
  return found
}
