import { sql } from 'kysely'
import type {
  LeadPool,
  LeadPoolValues,
  LeadRule,
  LeadRuleValues,
  ListedWord,
  WordLine,
  WordList,
} from '../../../src-shared/features/lead-settings/model.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { NotFound } from '../../kernel/errors.ts'
import { insertInto } from '../../kernel/records/write.ts'

type Db = ReadDb | WriteTx
export const nameKey = (name: string): string => name.normalize('NFKC').toLowerCase()

/** The table of a list of words, and the column of a lead that says one. */
const WORDS = {
  source: { table: 'lead_source', column: 'source_id' },
  reason: { table: 'lead_invalid_reason', column: 'invalid_reason_id' },
} as const satisfies Record<WordList, { table: string; column: string }>

export async function readWords(db: Db, list: WordList): Promise<ListedWord[]> {
  const { table, column } = WORDS[list]
  const { rows } = await sql<Omit<ListedWord, 'archived'> & { archivedAt: string | null }>`
    select w.id, w.name, w.archived_at as "archivedAt",
      (select count(*) from lead l where ${sql.ref(`l.${column}`)} = w.id and l.deleted_at is null) as used
    from ${sql.table(table)} w order by w.archived_at is not null, w.position, w.id`.execute(plain(db))
  return rows.map(({ archivedAt, ...word }) => ({ ...word, archived: archivedAt !== null }))
}

/** @returns whether anything was written. */
export async function writeWord(
  context: CommandContext,
  list: WordList,
  { id, name }: WordLine,
  position: number,
): Promise<boolean> {
  const table = sql.table(WORDS[list].table)
  const [key, at] = [nameKey(name), context.now()]
  if (id === undefined) {
    await insertInto(context.tx, WORDS[list].table, {
      id: context.newId(),
      name,
      nameKey: key,
      position,
      createdAt: at,
      createdBy: context.actor.userId || null,
      updatedAt: at,
    })
    return true
  }
  const { rows } = await sql`
    update ${table} set name = ${name}, name_key = ${key}, position = ${BigInt(position)}, archived_at = null, updated_at = ${at}, version = version + 1
    where id = ${id} and (name <> ${name} or position <> ${BigInt(position)} or archived_at is not null) returning id`.execute(
    context.tx,
  )
  return rows.length > 0
}

export async function archiveWord(context: CommandContext, list: WordList, id: string): Promise<void> {
  const at = context.now()
  await sql`update ${sql.table(WORDS[list].table)} set archived_at = ${at}, updated_at = ${at}, version = version + 1 where id = ${id}`.execute(
    context.tx,
  )
}

type StoredPool = Omit<LeadPool, 'archived' | 'members'> & { archivedAt: string | null; members: string }
export async function readPools(db: Db, id?: string): Promise<LeadPool[]> {
  const { rows } = await sql<StoredPool>`
    select p.id, p.name, p.cap, p.recycle_days as "recycleDays", p.archived_at as "archivedAt", p.version,
      (select count(*) from lead l where l.pool_id = p.id and l.deleted_at is null) as used,
      (select json_group_array(json_object('id', e.id, 'name', e.name, 'left', iif(e.left_on is null, json('false'), json('true'))) order by e.name_sort, e.id)
        from lead_pool_member m join employee e on e.id = m.employee_id where m.pool_id = p.id) as members
    from lead_pool p ${id === undefined ? sql`` : sql`where p.id = ${id}`} order by p.archived_at is not null, p.name_key, p.id`.execute(
    plain(db),
  )
  return rows.map(({ archivedAt, members, ...pool }) => ({
    ...pool,
    members: JSON.parse(members) as LeadPool['members'],
    archived: archivedAt !== null,
  }))
}

export async function readPool(db: Db, id: string): Promise<LeadPool> {
  const [pool] = await readPools(db, id)
  if (!pool) throw new NotFound('leadPool', id)
  return pool
}

export async function poolNameIsTaken(tx: WriteTx, name: string, except = ''): Promise<boolean> {
  const row = await tx
    .selectFrom('leadPool')
    .select('id')
    .where('nameKey', '=', nameKey(name))
    .where('id', '<>', except)
    .executeTakeFirst()
  return row !== undefined
}

/** Of these employees those who are not there. */
export async function unknownPeople(tx: WriteTx, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select value as id from json_each(${JSON.stringify(ids)}) where value not in (select id from employee)`.execute(tx)
  return rows.map(({ id }) => id)
}

export async function insertPool(context: CommandContext, { memberIds, ...values }: LeadPoolValues): Promise<string> {
  const [id, at] = [context.newId(), context.now()]
  await insertInto(context.tx, 'lead_pool', {
    id,
    ...values,
    nameKey: nameKey(values.name),
    createdAt: at,
    createdBy: context.actor.userId || null,
    updatedAt: at,
  })
  await setMembers(context, id, memberIds)
  return id
}

export async function updatePool(context: CommandContext, id: string, { memberIds, ...values }: LeadPoolValues): Promise<void> {
  await context.tx
    .updateTable('leadPool')
    .set((eb) => ({ ...values, nameKey: nameKey(values.name), updatedAt: context.now(), version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
  await setMembers(context, id, memberIds)
}

async function setMembers(context: CommandContext, poolId: string, ids: readonly string[]): Promise<void> {
  const list = JSON.stringify(ids)
  await sql`delete from lead_pool_member where pool_id = ${poolId} and employee_id not in (select value from json_each(${list}))`.execute(
    context.tx,
  )
  const { rows } = await sql<{ id: string }>`select employee_id as id from lead_pool_member where pool_id = ${poolId}`.execute(
    context.tx,
  )
  const there = new Set(rows.map(({ id }) => id))
  for (const employeeId of new Set(ids))
    if (!there.has(employeeId))
      await insertInto(context.tx, 'lead_pool_member', { id: context.newId(), poolId, employeeId, createdAt: context.now() })
}

export async function setPoolArchived(context: CommandContext, id: string, archived: boolean): Promise<void> {
  const at = context.now()
  await context.tx
    .updateTable('leadPool')
    .set((eb) => ({ archivedAt: archived ? at : null, updatedAt: at, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

type StoredRule = Pick<LeadRule, 'id' | 'name' | 'method' | 'poolId' | 'poolName' | 'version' | 'lastAt' | 'given'> & {
  enabled: number
  sources: string
  places: string
  members: string
  hours: string | null
}
/** In the order in which they are asked; members who left are still named. */
export async function readRules(db: Db, id?: string): Promise<LeadRule[]> {
  const { rows } = await sql<StoredRule>`
    select r.id, r.name, r.enabled, r.sources, r.places, r.method, r.members, r.hours, r.pool_id as "poolId", p.name as "poolName", r.version,
      (select max(m.created_at) from lead_move m where m.rule_id = r.id and m.kind = 'rule') as "lastAt",
      (select count(*) from lead_move m where m.rule_id = r.id and m.kind = 'rule') as given
    from lead_rule r left join lead_pool p on p.id = r.pool_id
    where r.archived_at is null ${id === undefined ? sql`` : sql`and r.id = ${id}`} order by r.position, r.created_at, r.id`.execute(
    plain(db),
  )
  const { rows: people } = await sql<{ id: string; name: string; leftOn: string | null }>`
    select id, name, left_on as "leftOn" from employee`.execute(plain(db))
  const byId = new Map(people.map((one) => [one.id, one]))
  return rows.map(({ enabled, sources, places, members, hours, ...rule }) => ({
    ...rule,
    enabled: enabled === 1,
    sources: JSON.parse(sources) as LeadRule['sources'],
    places: JSON.parse(places) as string[],
    members: (JSON.parse(members) as LeadRuleValues['members']).flatMap(({ employeeId, regions }) => {
      const one = byId.get(employeeId)
      return one ? [{ employeeId, regions, name: one.name, left: one.leftOn !== null }] : []
    }),
    hours: hours === null ? null : (JSON.parse(hours) as LeadRule['hours']),
  }))
}

export async function readRule(db: Db, id: string): Promise<LeadRule> {
  const [rule] = await readRules(db, id)
  if (!rule) throw new NotFound('leadRule', id)
  return rule
}

const ruleColumns = ({ enabled, sources, places, members, hours, name, method, poolId }: LeadRuleValues) => ({
  name,
  method,
  poolId,
  enabled: enabled ? 1 : 0,
  sources: JSON.stringify(sources),
  places: JSON.stringify(places),
  members: JSON.stringify(members),
  hours: hours === null ? null : JSON.stringify({ ...hours, weekdays: hours.weekdays.toSorted((a, b) => a - b) }),
})

export async function insertRule(context: CommandContext, values: LeadRuleValues, position: number): Promise<string> {
  const [id, at] = [context.newId(), context.now()]
  await context.tx
    .insertInto('leadRule')
    .values({ id, ...ruleColumns(values), position, createdAt: at, createdBy: context.actor.userId || null, updatedAt: at })
    .execute()
  return id
}

/** @returns whether anything was written. */
export async function updateRule(context: CommandContext, id: string, values: LeadRuleValues): Promise<boolean> {
  const columns = ruleColumns(values)
  const stands = await context.tx.selectFrom('leadRule').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  if (Object.entries(columns).every(([key, value]) => stands[key as keyof typeof stands] === value)) return false
  await context.tx
    .updateTable('leadRule')
    .set((eb) => ({ ...columns, updatedAt: context.now(), version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
  return true
}

/** Leads that it gave go on saying so; it is asked no more. */
export async function archiveRule(context: CommandContext, id: string): Promise<void> {
  const at = context.now()
  await context.tx
    .updateTable('leadRule')
    .set((eb) => ({ archivedAt: at, updatedAt: at, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

/** @returns whether any rule stands elsewhere now. */
export async function placeRules(context: CommandContext, ids: readonly string[]): Promise<boolean> {
  let moved = false
  for (const [position, id] of ids.entries()) {
    const { rows } = await sql`
      update lead_rule set position = ${BigInt(position)}, updated_at = ${context.now()}, version = version + 1
      where id = ${id} and position <> ${BigInt(position)} returning id`.execute(context.tx)
    moved ||= rows.length > 0
  }
  return moved
}
