import { sql } from 'kysely'
import type { CommandContext, StagedContext } from '../../kernel/context.ts'
import { plain, type ReadDb } from '../../kernel/database.ts'
import type { JobKind } from '../../kernel/jobKinds.ts'
import { CHUNK, rememberWhole, WHOLE } from '../../kernel/records/bulk.ts'
import { giveFree } from './give.ts'
import { putInto } from './store.ts'

type Due = { id: string; ownerId: string; poolId: string; poolName: string }

/** Leads that are nobody's and lie in no pool, the longest waiting first. */
async function freeLeads(db: ReadDb): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from lead where owner_id is null and pool_id is null and status in ('new', 'contacted', 'qualified') and deleted_at is null
      and exists (select 1 from lead_rule where enabled = 1 and archived_at is null) order by arrived_at, id limit 10000`.execute(
    plain(db),
  )
  return rows.map(({ id }) => id)
}

/** What its owner has been silent about, since it was given or since the last words, for longer than its pool allows. */
const dueLeads = (now: string) => sql<Due>`
  select t.id, t.owner_id as "ownerId", p.id as "poolId", p.name as "poolName" from lead t join lead_pool p on p.id = t.home_pool_id
  where t.owner_id is not null and t.deleted_at is null and t.status in ('new', 'contacted', 'qualified')
    and p.recycle_days is not null and p.archived_at is null
    and julianday(${now}) - julianday(max(coalesce(t.last_follow_up_at, ''), coalesce(t.assigned_at, t.created_at))) >= p.recycle_days`

/** Gives some of them, as one command. @returns how many somebody has now */
async function giveChunk(context: CommandContext, ids: readonly string[]): Promise<number> {
  const { given, waiting } = await giveFree(context, ids)
  if (given.size > 0)
    context.record({
      entity: 'lead',
      id: given.size === 1 ? ([...given.keys()][0] ?? '') : '',
      action: 'givenByRule',
      detail: { count: given.size },
    })
  else if (waiting === 0) context.unchanged()
  else context.record({ entity: 'lead', id: '', action: 'waitForRule', detail: { count: waiting } })
  return given.size
}

/** Takes back those of them that are still due, as one command, and tells their owners. */
async function recycleChunk(context: CommandContext, ids: readonly string[]): Promise<number> {
  const { rows } = await sql<Due>`
    select d.* from (${dueLeads(context.now())}) d where d.id in (select value from json_each(${JSON.stringify(ids)}))`.execute(
    context.tx,
  )
  if (rows.length === 0) {
    context.unchanged()
    return 0
  }
  for (const { id, ownerId, poolId } of rows) await putInto(context, { id, ownerId }, { poolId, kind: 'recycle' })
  for (const [ownerId, theirs] of Map.groupBy(rows, (row) => row.ownerId))
    context.notify({ employeeIds: [ownerId], kind: 'leadRecycled', entity: 'lead', recordId: null, many: theirs.length })
  context.record({
    entity: 'lead',
    id: rows.length === 1 ? (rows[0]?.id ?? '') : '',
    action: 'recycled',
    detail: { count: rows.length, pool: rows[0]?.poolName ?? '' },
  })
  return rows.length
}

type Chunk = (context: CommandContext, ids: readonly string[]) => Promise<number>
type Run = { find: (db: ReadDb, now: string) => Promise<string[]>; chunk: Chunk }
const GIVE: Run = { find: freeLeads, chunk: giveChunk }
const RECYCLE: Run = {
  find: async (db, now) => (await dueLeads(now).execute(plain(db))).rows.map(({ id }) => id),
  chunk: recycleChunk,
}

/** In parts under one batch, so that one undo takes all of it back. */
async function inParts(ids: readonly string[], work: (some: string[]) => Promise<number>): Promise<number> {
  let done = 0
  for (let at = 0; at < ids.length; at += CHUNK) done += await work(ids.slice(at, at + CHUNK))
  return done
}

async function runNow(context: StagedContext, { find, chunk }: Run): Promise<{ done: number; batchId: string | null }> {
  const answered = context.answered<{ done: number; batchId: string | null }>(WHOLE)
  if (answered) return answered
  const { batchId } = context
  const ids = await find(context.db, context.now())
  const done = await inParts(ids, (some) => context.commit((command) => chunk(command, some), { batchId, part: some[0] ?? '' }))
  return rememberWhole(context, { done, batchId: done > 0 ? batchId : null })
}

export const giveNow = async (context: StagedContext): Promise<{ given: number; batchId: string | null }> => {
  const { done: given, batchId } = await runNow(context, GIVE)
  return { given, batchId }
}
export const recycleNow = async (context: StagedContext): Promise<{ recycled: number; batchId: string | null }> => {
  const { done: recycled, batchId } = await runNow(context, RECYCLE)
  return { recycled, batchId }
}

const jobOf = ({ find, chunk }: Run): JobKind<unknown, { done: number }> => ({
  resumable: true,
  run: async (context) => {
    const ids = await find(context.db, context.now())
    const done = await inParts(ids, async (some) => {
      await context.checkpoint()
      return context.commit((command) => chunk(command, some), { batchId: context.id })
    })
    return { done }
  },
})
/** What runs by time: leads that wait for the hours of a rule, and those that go back to their pools. */
export const leadJobs = { 'leads.giveNow': jobOf(GIVE), 'leads.recycle': jobOf(RECYCLE) }
