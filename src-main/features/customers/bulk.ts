import { todayOf } from '../../kernel/clock.ts'
import { employeeState } from '../../kernel/leaving.ts'
import type { BulkEdit } from '../../../src-shared/features/customers/contract.ts'
import { typedValues } from '../../../src-shared/kernel/custom/phones.ts'
import { tagKey } from '../../../src-shared/features/tags/key.ts'
import type { BulkPreview, Selection } from '../../../src-shared/kernel/list.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import { dateIn } from '../../../src-shared/kernel/time.ts'
import type { CommandContext, QueryContext } from '../../kernel/context.ts'
import { eraseImages } from '../../kernel/erase.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { requireWritable } from '../../kernel/policy.ts'
import { freeAmong, requireStillFree } from '../../kernel/records/sound.ts'
import type { ChunkOutcome } from '../../kernel/records/bulk.ts'
import type { PreviewInput } from '../../kernel/records/preview.ts'
import { loadManyForWrite, type StoredRow, updateRow } from '../../kernel/records/write.ts'
import { fitting, roomLeft } from '../pools/public.ts'
import { carriedBy } from './ownership.ts'
import { heldAmong, invoicedAmong, refuseHeld } from './guarded.ts'
import { predecessorsOf } from './merged.ts'
import { changeTags, cleanCustomer, purgeCustomers, recycleCustomers, restoreCustomers } from './store.ts'
import { tellOwner } from './tell.ts'

type Asked = { act: 'edit'; selection: Selection; values: BulkEdit } | { act: 'remove'; selection: Selection }
/** What `editChunk` or `recycleChunk` would do with a selection: one count by the same predicates. */
export async function previewMany(context: QueryContext, asked: Asked): Promise<BulkPreview> {
  const entity = entityIn(context, 'customer')
  const input: PreviewInput = { actor: context.actor, entity: 'customer', selection: asked.selection, ...wanted(context, asked) }
  requireWritable(context.actor, entity, [
    ...Object.keys(input.values),
    ...(input.addTags.length + input.removeTags.length > 0 ? ['tags'] : []),
  ])
  return asked.act === 'remove' ? context.scan<BulkPreview>('customers.previewRemoval', input) : withinLimit(context, input)
}

function wanted(context: QueryContext, asked: Asked): Pick<PreviewInput, 'verbs' | 'values' | 'addTags' | 'removeTags'> {
  if (asked.act === 'remove') return { verbs: ['delete'], values: {}, addTags: [], removeTags: [] }
  const { addTags = [], removeTags = [], ...rest } = typedValues(entityIn(context, 'customer'), asked.values, null)
  const values = cleanCustomer(rest)
  const verbs: PreviewInput['verbs'] = values.ownerId === undefined ? ['edit'] : ['edit', 'transfer']
  return { verbs, values, addTags: addTags.map(tagKey), removeTags: removeTags.map(tagKey) }
}

/** Row by row by right: what the actor may not touch is counted, not hidden. */
export async function editChunk(context: CommandContext, ids: readonly string[], edit: BulkEdit): Promise<ChunkOutcome> {
  const { addTags = [], removeTags = [], ...rest } = typedValues(entityIn(context, 'customer'), edit, null)
  const values = cleanCustomer(rest)
  requireWritable(context.actor, entityIn(context, 'customer'), [
    ...Object.keys(values),
    ...(addTags.length + removeTags.length > 0 ? ['tags'] : []),
  ])
  await requireOwnerHere(context, values.ownerId)
  const { rows, refused, settled } = await loadManyForWrite(context, entityIn(context, 'customer'), ids, {
    verbs: values.ownerId === undefined ? ['edit'] : ['edit', 'transfer'],
  })
  const { fitting: open, tooMany } = await withRoom(context, values, rows)
  let [changed, incomplete] = [0, 0]
  const given: string[] = []
  for (const row of open) {
    const wrote = await updateRow(context, entityIn(context, 'customer'), row, {
      values,
      derived: carriedBy(row, values, context.now()),
    }).catch((error: unknown) => {
      // One that would lack something by it stays as it is, and the others go on.
      if (error instanceof Refusal && error.reason === 'requiredMissing') return null
      throw error
    })
    if (wrote === null) {
      incomplete++
      continue
    }
    const tagged =
      addTags.length + removeTags.length > 0 && (await changeTags(context, [row.id], { add: addTags, remove: removeTags }))
    if (wrote || tagged) changed++
    if (values.ownerId !== undefined && values.ownerId !== row['ownerId']) given.push(row.id)
  }
  tellOwner(context, values.ownerId, 'transferred', given)
  return finish(
    context,
    {
      changed,
      refused: refused + incomplete + tooMany,
      unchanged: open.length - changed - incomplete + settled,
      because: {
        ...(tooMany > 0 && { holdingFull: tooMany }),
        ...(incomplete > 0 && { requiredMissing: incomplete }),
      },
    },
    values.ownerId === undefined ? { action: 'editedMany' } : { action: 'transferredMany', ownerId: values.ownerId },
  )
}

/** Of an owner with a limit as many as fit; the others stay where they are and are counted. */
async function withRoom(
  context: CommandContext,
  values: BulkEdit,
  rows: readonly StoredRow[],
): Promise<{ fitting: readonly StoredRow[]; tooMany: number }> {
  const { ownerId } = values
  if (!ownerId) return { fitting: rows, tooMany: 0 }
  const others = rows.filter((row) => row['ownerId'] !== ownerId)
  const counted = others.map((row) => ({ ...row, ...values, row }))
  const { fit, tooMany } = await fitting(context, ownerId, counted)
  const kept = new Set(fit.map(({ row }) => row))
  return { fitting: rows.filter((row) => row['ownerId'] === ownerId || kept.has(row)), tooMany }
}

/** With a limit of the new owner, how many of those that would change are more than he may hold. */
async function withinLimit(context: QueryContext, input: PreviewInput): Promise<BulkPreview> {
  const { ownerId } = input.values
  const today = dateIn(context.now(), context.services.timeZone())
  const room = typeof ownerId === 'string' ? await roomLeft(context.db, ownerId, today) : null
  if (!room) return context.scan<BulkPreview>('records.preview', input)
  const { counted, ...preview } = await context.scan<BulkPreview & { counted: number }>('records.preview', {
    ...input,
    without: room.without,
  })
  const tooMany = Math.max(0, counted - room.left)
  if (tooMany === 0) return preview
  return {
    changed: preview.changed - tooMany,
    refused: preview.refused + tooMany,
    unchanged: preview.unchanged,
    because: { ...preview.because, holdingFull: tooMany },
  }
}

async function requireOwnerHere(context: CommandContext, ownerId: string | null | undefined): Promise<void> {
  if (!ownerId) return
  const state = await employeeState(context.tx, ownerId, todayOf(context))
  if (state === 'unknown') throw new Refusal('ownerUnknown')
  if (state === 'left') throw new Refusal('ownerLeft')
}

/** Those whom money or papers keep stay and are counted; of one `alone` it is said what keeps him. @throws Refusal moneyHangs | moneyHangsUnseen */
export async function recycleChunk(context: CommandContext, ids: readonly string[], alone: boolean): Promise<ChunkOutcome> {
  const { rows, refused, settled } = await loadManyForWrite(context, entityIn(context, 'customer'), ids, { verbs: ['delete'] })
  const held = await heldAmong(
    context,
    rows.map(({ id }) => id),
  )
  const [kept] = held
  if (kept !== undefined && alone) await refuseHeld(context, kept)
  const gone = rows.flatMap(({ id }) => (held.has(id) ? [] : [id]))
  if (gone.length > 0) await recycleCustomers(context, gone)
  return finish(
    context,
    {
      changed: gone.length,
      refused: refused + held.size,
      unchanged: settled,
      ...(held.size > 0 && { because: { moneyHangs: held.size } }),
    },
    { action: 'deleted' },
    gone[0],
  )
}

/** `alone`: of a selection of one it is said what stands in the way; of the last of many it is counted. */
export async function restoreChunk(context: CommandContext, ids: readonly string[], alone: boolean): Promise<ChunkOutcome> {
  const { rows, refused, settled } = await loadRecycled(context, ids, 'delete')
  const [only] = rows
  if (only && alone) await requireStillFree(context, entityIn(context, 'customer'), only)
  const back = await freeAmong(context, entityIn(context, 'customer'), rows)
  if (back.length > 0)
    await restoreCustomers(
      context,
      back.map((row) => row.id),
    )
  const taken = rows.length - back.length
  return finish(
    context,
    {
      changed: back.length,
      refused: refused + taken,
      unchanged: settled,
      ...(taken > 0 && { because: { uniqueTaken: taken } }),
    },
    { action: 'restored' },
    back[0]?.id,
  )
}

/** For good: the rows go, and what the journal showed of them is blanked. */
export async function purgeChunk(context: CommandContext, ids: readonly string[]): Promise<ChunkOutcome> {
  const found = await loadRecycled(context, ids, 'purge')
  const booked = await invoicedAmong(
    context,
    found.rows.map(({ id }) => id),
  )
  const rows = found.rows.filter(({ id }) => !booked.has(id))
  const outcome = {
    changed: rows.length,
    refused: found.refused + booked.size,
    unchanged: found.settled,
    ...(booked.size > 0 && { because: { issuedStays: booked.size } }),
  }
  if (rows.length === 0) return finish(context, outcome, { action: 'purged' })
  // Whose place they took goes with them: nothing is left that an old link could lead to.
  const purged = await purgeCustomers(context, await withPredecessors(context.tx, rows))
  await eraseImages(context, purged.rowIds)
  context.record({
    entity: 'customer',
    id: rows[0]?.id ?? '',
    action: 'purged',
    detail: { count: rows.length, blanked: purged.seqs },
  })
  return outcome
}

/** Who gave up his place to another is in no recycle bin: the merge is taken back, or he goes with the other. */
async function loadRecycled(context: CommandContext, ids: readonly string[], verb: 'delete' | 'purge') {
  const found = await loadManyForWrite(context, entityIn(context, 'customer'), ids, { verbs: [verb], deleted: true })
  const rows = found.rows.filter((row) => row['mergedIntoId'] === null)
  return { ...found, rows, refused: found.refused + found.rows.length - rows.length }
}

async function withPredecessors(tx: CommandContext['tx'], rows: readonly { id: string }[]): Promise<string[]> {
  const all: string[] = []
  for (const { id } of rows) all.push(...(await predecessorsOf(tx, id)).toReversed(), id)
  return all
}

type What = { action: string; ownerId?: string | null }

function finish(context: CommandContext, outcome: ChunkOutcome, { action, ...more }: What, only?: string): ChunkOutcome {
  if (outcome.changed === 0) context.unchanged()
  else
    context.record({
      entity: 'customer',
      id: outcome.changed === 1 && only ? only : '',
      action,
      detail: { count: outcome.changed, ...more },
    })
  return outcome
}
