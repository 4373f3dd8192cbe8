import type { BulkEdit } from '../../../src-shared/features/customers/contract.ts'
import { flatValues } from '../../../src-shared/kernel/custom/values.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { eraseImages } from '../../kernel/erase.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { requireWritable } from '../../kernel/policy.ts'
import type { ChunkOutcome } from '../../kernel/records/bulk.ts'
import { loadManyForWrite, updateRow } from '../../kernel/records/write.ts'
import { changeTags, cleanCustomer, employeeState, purgeCustomers, recycleCustomers, restoreCustomers } from './store.ts'

/** Row by row by right: what the actor may not touch is counted, not hidden. */
export async function editChunk(context: CommandContext, ids: readonly string[], edit: BulkEdit): Promise<ChunkOutcome> {
  const { addTags = [], removeTags = [], ...rest } = flatValues(entityIn(context, 'customer'), edit)
  const values = cleanCustomer(rest)
  requireWritable(context.actor, entityIn(context, 'customer'), [
    ...Object.keys(values),
    ...(addTags.length + removeTags.length > 0 ? ['tags'] : []),
  ])
  await requireOwnerHere(context, values.ownerId)
  const { rows, refused, settled } = await loadManyForWrite(context, entityIn(context, 'customer'), ids, {
    verbs: values.ownerId === undefined ? ['edit'] : ['edit', 'transfer'],
  })
  let changed = 0
  for (const row of rows) {
    const wrote = await updateRow(context, entityIn(context, 'customer'), row, { values })
    const tagged =
      addTags.length + removeTags.length > 0 && (await changeTags(context, [row.id], { add: addTags, remove: removeTags }))
    if (wrote || tagged) changed++
  }
  return finish(
    context,
    { changed, refused, unchanged: rows.length - changed + settled },
    values.ownerId === undefined ? { action: 'editedMany' } : { action: 'transferredMany', ownerId: values.ownerId },
  )
}

async function requireOwnerHere(context: CommandContext, ownerId: string | null | undefined): Promise<void> {
  if (!ownerId) return
  const state = await employeeState(context.tx, ownerId)
  if (state === 'unknown') throw new Refusal('ownerUnknown')
  if (state === 'left') throw new Refusal('ownerLeft')
}

export async function recycleChunk(context: CommandContext, ids: readonly string[]): Promise<ChunkOutcome> {
  const { rows, refused, settled } = await loadManyForWrite(context, entityIn(context, 'customer'), ids, { verbs: ['delete'] })
  if (rows.length > 0)
    await recycleCustomers(
      context,
      rows.map((row) => row.id),
    )
  return finish(context, { changed: rows.length, refused, unchanged: settled }, { action: 'deleted' }, rows[0]?.id)
}

export async function restoreChunk(context: CommandContext, ids: readonly string[]): Promise<ChunkOutcome> {
  const { rows, refused, settled } = await loadManyForWrite(context, entityIn(context, 'customer'), ids, {
    verbs: ['delete'],
    deleted: true,
  })
  if (rows.length > 0)
    await restoreCustomers(
      context,
      rows.map((row) => row.id),
    )
  return finish(context, { changed: rows.length, refused, unchanged: settled }, { action: 'restored' }, rows[0]?.id)
}

/** For good: the rows go, and what the journal showed of them is blanked. */
export async function purgeChunk(context: CommandContext, ids: readonly string[]): Promise<ChunkOutcome> {
  const { rows, refused, settled } = await loadManyForWrite(context, entityIn(context, 'customer'), ids, {
    verbs: ['purge'],
    deleted: true,
  })
  if (rows.length === 0) return finish(context, { changed: 0, refused, unchanged: settled }, { action: 'purged' })
  const purged = await purgeCustomers(
    context,
    rows.map((row) => row.id),
  )
  await eraseImages(context, purged.rowIds)
  context.record({
    entity: 'customer',
    id: rows[0]?.id ?? '',
    action: 'purged',
    detail: { count: rows.length, blanked: purged.seqs },
  })
  return { changed: rows.length, refused, unchanged: settled }
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
