import type { BulkPreview, Selection } from '../../../src-shared/kernel/list.ts'
import type { CommandContext, QueryContext } from '../../kernel/context.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { requireWritable } from '../../kernel/policy.ts'
import type { ChunkOutcome } from '../../kernel/records/bulk.ts'
import type { PreviewInput } from '../../kernel/records/preview.ts'
import { loadManyForWrite, updateRow } from '../../kernel/records/write.ts'
import { familyOf, recycle } from './store.ts'
import { requireOwner } from './write.ts'

/** What the chunk would do with a selection: one count by the same predicates. */
export async function previewMany(
  context: QueryContext,
  { act, selection }: { act: 'transfer' | 'remove'; selection: Selection },
): Promise<BulkPreview> {
  const input: PreviewInput = {
    actor: context.actor,
    entity: 'quote',
    selection,
    verbs: act === 'remove' ? ['delete'] : ['edit', 'transfer'],
    values: {},
    addTags: [],
    removeTags: [],
  }
  return context.scan<BulkPreview>('records.preview', input)
}

/** Row by row by right: what the actor may not touch is counted, not hidden. */
export async function transferChunk(context: CommandContext, ids: readonly string[], ownerId: string): Promise<ChunkOutcome> {
  const entity = entityIn(context, 'quote')
  requireWritable(context.actor, entity, ['ownerId'])
  await requireOwner(context, ownerId)
  const { rows, refused, settled } = await loadManyForWrite(context, entity, ids, { verbs: ['edit', 'transfer'] })
  let changed = 0
  for (const row of rows) if (await updateRow(context, entity, row, { values: { ownerId } })) changed++
  return finish(context, { changed, refused, unchanged: settled + rows.length - changed }, { action: 'transferredMany', ownerId })
}

/** With every version; one that waits for approval stays. */
export async function removeChunk(context: CommandContext, ids: readonly string[]): Promise<ChunkOutcome> {
  const { rows, refused, settled } = await loadManyForWrite(context, entityIn(context, 'quote'), ids, { verbs: ['delete'] })
  const open = rows.filter((row) => row['state'] !== 'pending')
  const heads = (
    await familyOf(
      context.tx,
      open.map(({ id }) => id),
    )
  ).filter(({ superseded }) => superseded === 0)
  const waiting = await context.tx
    .selectFrom('quote')
    .select('id')
    .where('state', '=', 'pending')
    .where('id', 'in', heads.length > 0 ? heads.map(({ id }) => id) : [''])
    .execute()
  const gone = heads.filter(({ id }) => !waiting.some((one) => one.id === id)).map(({ id }) => id)
  if (gone.length > 0) await recycle(context, gone)
  const stay = rows.length - open.length + (heads.length - gone.length)
  return finish(
    context,
    {
      changed: open.length - (heads.length - gone.length),
      refused: refused + stay,
      unchanged: settled,
      ...(stay > 0 && { because: { pendingApproval: stay } }),
    },
    { action: 'deleted' },
    gone[0],
  )
}

type What = { action: string; ownerId?: string | null }
function finish(context: CommandContext, outcome: ChunkOutcome, { action, ...more }: What, only?: string): ChunkOutcome {
  if (outcome.changed === 0) context.unchanged()
  else
    context.record({
      entity: 'quote',
      id: outcome.changed === 1 && only ? only : '',
      action,
      detail: { count: outcome.changed, ...more },
    })
  return outcome
}
