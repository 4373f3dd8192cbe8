import { todayOf } from '../../kernel/clock.ts'
import type { BulkEdit } from '../../../src-shared/features/leads/contract.ts'
import { requireSoundOwner } from '../../../src-shared/features/leads/rules.ts'
import { may } from '../../../src-shared/kernel/actor.ts'
import { typedValues } from '../../../src-shared/kernel/custom/phones.ts'
import type { BulkPreview, Selection } from '../../../src-shared/kernel/list.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext, QueryContext } from '../../kernel/context.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { requireWritable } from '../../kernel/policy.ts'
import type { ChunkOutcome } from '../../kernel/records/bulk.ts'
import { employeeState } from '../../kernel/leaving.ts'
import type { PreviewInput } from '../../kernel/records/preview.ts'
import { loadManyForWrite, type StoredRow, updateRow } from '../../kernel/records/write.ts'
import { cleanLead, giveTo, openLeadsOf, poolById, putInto, reasonIsKnown, recycleLeads, sourceIsKnown } from './store.ts'
import { editLead, invalidated, tellLead } from './write.ts'

type Asked = { act: 'edit'; selection: Selection; values: BulkEdit } | { act: 'remove'; selection: Selection }
const verbsFor = (values: BulkEdit): PreviewInput['verbs'] => (values.ownerId === undefined ? ['edit'] : ['edit', 'transfer'])

/** What `editChunk` or `removeChunk` would do with a selection: one count by the same predicates. */
export async function previewMany(context: QueryContext, asked: Asked): Promise<BulkPreview> {
  const entity = entityIn(context, 'lead')
  const values = asked.act === 'edit' ? cleanLead(typedValues(entity, asked.values, null)) : {}
  requireWritable(context.actor, entity, Object.keys(values))
  const input: PreviewInput = {
    actor: context.actor,
    entity: 'lead',
    selection: asked.selection,
    verbs: asked.act === 'edit' ? verbsFor(values) : ['delete'],
    values,
    addTags: [],
    removeTags: [],
  }
  return context.scan<BulkPreview>('records.preview', input)
}

const isDone = (row: StoredRow): boolean => row['status'] === 'converted'

/** Row by row by right: what the actor may not touch is counted, not hidden; what became a customer stays as it is. */
export async function editChunk(context: CommandContext, ids: readonly string[], edit: BulkEdit): Promise<ChunkOutcome> {
  const entity = entityIn(context, 'lead')
  const values = cleanLead(typedValues(entity, edit, null))
  requireWritable(context.actor, entity, Object.keys(values))
  requireSoundOwner(values.ownerId ? await employeeState(context.tx, values.ownerId, todayOf(context)) : null)
  if (values.sourceId && !(await sourceIsKnown(context.tx, values.sourceId))) throw new Refusal('sourceUnknown')
  const { rows, refused, settled } = await loadManyForWrite(context, entity, ids, { verbs: verbsFor(values) })
  const done = await each(rows, async (row) => (await editLead(context, row, values)) !== null, ['requiredMissing', 'converted'])
  return finish(
    context,
    { ...done, refused: refused + done.refused, unchanged: done.unchanged + settled },
    values.ownerId === undefined ? { action: 'editedMany' } : { action: 'transferredMany', ownerId: values.ownerId },
  )
}

export async function invalidateChunk(
  context: CommandContext,
  ids: readonly string[],
  { reasonId, note }: { reasonId: string; note: string | null },
): Promise<ChunkOutcome> {
  if (!(await reasonIsKnown(context.tx, reasonId))) throw new Refusal('reasonUnknown')
  const entity = entityIn(context, 'lead')
  const { rows, refused, settled } = await loadManyForWrite(context, entity, ids, { verbs: ['edit'] })
  const open = rows.filter((row) => !isDone(row) && row['status'] !== 'invalid')
  for (const row of open)
    await updateRow(context, entity, row, { values: { status: 'invalid' }, derived: invalidated(context, reasonId, note) })
  const there = rows.length - open.length
  return finish(context, { changed: open.length, refused, unchanged: settled + there }, { action: 'invalidatedMany' }, open)
}

export async function removeChunk(context: CommandContext, ids: readonly string[]): Promise<ChunkOutcome> {
  const { rows, refused, settled } = await loadManyForWrite(context, entityIn(context, 'lead'), ids, { verbs: ['delete'] })
  if (rows.length > 0)
    await recycleLeads(
      context,
      rows.map(({ id }) => id),
    )
  return finish(context, { changed: rows.length, refused, unchanged: settled }, { action: 'deleted' }, rows)
}

/** To somebody, those that are nobody's; what has an owner is transferred instead. */
export async function assignChunk(context: CommandContext, ids: readonly string[], ownerId: string): Promise<ChunkOutcome> {
  requireSoundOwner(await employeeState(context.tx, ownerId, todayOf(context)))
  const { rows, refused, settled } = await loadManyForWrite(context, entityIn(context, 'lead'), ids, { verbs: ['read'] })
  const free = rows.filter((row) => row['ownerId'] === null && !isDone(row))
  for (const row of free) {
    await giveTo(context, row, { ownerId, kind: 'assign' })
    if (ownerId !== context.actor.employeeId) tellLead(context, ownerId, row.id)
  }
  const outcome = { changed: free.length, refused, unchanged: settled + rows.length - free.length }
  return finish(context, outcome, { action: 'assigned', ownerId }, free)
}

/** Into a pool: one's own, and, for who may assign, those that are nobody's yet. */
export async function releaseChunk(context: CommandContext, ids: readonly string[], poolId: string): Promise<ChunkOutcome> {
  const pool = await poolById(context.tx, poolId)
  if (!pool) throw new Refusal('poolUnknown')
  const entity = entityIn(context, 'lead')
  const own = await loadManyForWrite(context, entity, ids, { verbs: ['edit'] })
  const rows = [...own.rows]
  if (may(context.actor, 'leads.assign')) {
    const seen = await loadManyForWrite(context, entity, ids, { verbs: ['read'] })
    rows.push(...seen.rows.filter((row) => row['ownerId'] === null && !own.rows.some(({ id }) => id === row.id)))
  }
  const moving = rows.filter((row) => row['poolId'] !== poolId && !isDone(row))
  for (const row of moving) await putInto(context, row, { poolId, kind: 'release' })
  const refused = ids.length - rows.length - own.settled
  const outcome = { changed: moving.length, refused, unchanged: own.settled + rows.length - moving.length }
  return finish(context, outcome, { action: 'released', pool: pool.name }, moving)
}

/** Takes leads of one's pools. @throws Refusal notMember | notFree | poolCap when not one can be had */
export async function claimLeads(context: CommandContext, ids: readonly string[]): Promise<{ claimed: number; refused: number }> {
  const { actor } = context
  const ownerId = actor.employeeId
  if (ownerId === null) throw new Refusal('notMember')
  const wanted = [...new Set(ids)]
  const { rows } = await loadManyForWrite(context, entityIn(context, 'lead'), wanted, { verbs: ['read'] })
  let held = await openLeadsOf(context.tx, ownerId)
  let why: 'notMember' | 'notFree' | 'poolCap' = 'notFree'
  const taken: StoredRow[] = []
  for (const row of rows) {
    const poolId = row['poolId'] as string | null
    const pool = poolId === null ? null : await poolById(context.tx, poolId)
    if (row['ownerId'] !== null || pool === null || isDone(row)) why = 'notFree'
    else if (!(actor.leadPools ?? []).includes(pool.id)) why = 'notMember'
    else if (pool.cap !== null && held >= pool.cap) why = 'poolCap'
    else {
      await giveTo(context, row, { ownerId, kind: 'claim' })
      taken.push(row)
      held++
    }
  }
  if (taken.length === 0) throw new Refusal(why)
  const outcome = { changed: taken.length, refused: wanted.length - taken.length, unchanged: 0 }
  finish(context, outcome, { action: 'claimed', ownerId }, taken)
  return { claimed: taken.length, refused: outcome.refused }
}

/** One by one; what the rules of a record do not take is counted, and the others go on. */
async function each(
  rows: readonly StoredRow[],
  work: (row: StoredRow) => Promise<boolean>,
  passing: readonly string[],
): Promise<{ changed: number; refused: number; unchanged: number }> {
  const done = { changed: 0, refused: 0, unchanged: 0 }
  for (const row of rows) {
    const wrote = await work(row).catch((error: unknown) => {
      if (error instanceof Refusal && passing.includes(error.reason)) return null
      throw error
    })
    if (wrote === null) done.refused++
    else if (wrote) done.changed++
    else done.unchanged++
  }
  return done
}

type What = { action: string; ownerId?: string | null; pool?: string }
function finish(
  context: CommandContext,
  outcome: ChunkOutcome,
  { action, ...more }: What,
  rows: readonly { id: string }[] = [],
): ChunkOutcome {
  if (outcome.changed === 0) context.unchanged()
  else
    context.record({
      entity: 'lead',
      id: rows.length === 1 ? (rows[0]?.id ?? '') : '',
      action,
      detail: { count: outcome.changed, ...more },
    })
  return outcome
}
