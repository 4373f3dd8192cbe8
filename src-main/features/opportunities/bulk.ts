import { todayOf } from '../../kernel/clock.ts'
import { employeeState } from '../../kernel/leaving.ts'
import type { BulkEdit } from '../../../src-shared/features/opportunities/contract.ts'
import type { Move } from '../../../src-shared/features/opportunities/model.ts'
import { requireSoundOwner } from '../../../src-shared/features/opportunities/rules.ts'
import { flatValues } from '../../../src-shared/kernel/custom/values.ts'
import type { BulkPreview, Selection } from '../../../src-shared/kernel/list.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext, QueryContext } from '../../kernel/context.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { requireWritable } from '../../kernel/policy.ts'
import type { ChunkOutcome } from '../../kernel/records/bulk.ts'
import type { PreviewInput } from '../../kernel/records/preview.ts'
import { loadManyForWrite, updateRow } from '../../kernel/records/write.ts'
import { cleanOpportunity, recycle, reasonIsKnown, stageById } from './store.ts'
import { moveOpportunity } from './write.ts'

type Asked = { act: 'edit'; selection: Selection; values: BulkEdit } | { act: 'remove'; selection: Selection }
const verbsFor = (values: BulkEdit): PreviewInput['verbs'] => (values.ownerId === undefined ? ['edit'] : ['edit', 'transfer'])

/** What `editChunk` or `removeChunk` would do with a selection: one count by the same predicates. */
export async function previewMany(context: QueryContext, asked: Asked): Promise<BulkPreview> {
  const entity = entityIn(context, 'opportunity')
  const values = asked.act === 'edit' ? cleanOpportunity(flatValues(entity, asked.values)) : {}
  requireWritable(context.actor, entity, Object.keys(values))
  const input: PreviewInput = {
    actor: context.actor,
    entity: 'opportunity',
    selection: asked.selection,
    verbs: asked.act === 'edit' ? verbsFor(values) : ['delete'],
    values,
    addTags: [],
    removeTags: [],
  }
  return context.scan<BulkPreview>('records.preview', input)
}

/** Row by row by right: what the actor may not touch is counted, not hidden. */
export async function editChunk(context: CommandContext, ids: readonly string[], edit: BulkEdit): Promise<ChunkOutcome> {
  const entity = entityIn(context, 'opportunity')
  const values = cleanOpportunity(flatValues(entity, edit))
  requireWritable(context.actor, entity, Object.keys(values))
  requireSoundOwner(values.ownerId ? await employeeState(context.tx, values.ownerId, todayOf(context)) : null)
  const { rows, refused, settled } = await loadManyForWrite(context, entity, ids, { verbs: verbsFor(values) })
  const done = await each(rows, (row) => updateRow(context, entity, row, { values }), ['requiredMissing'])
  return finish(
    context,
    {
      ...done,
      refused: refused + done.refused,
      unchanged: done.unchanged + settled,
      ...(done.refused > 0 && { because: { requiredMissing: done.refused } }),
    },
    values.ownerId === undefined ? { action: 'editedMany' } : { action: 'transferredMany', ownerId: values.ownerId },
  )
}

/** Into one stage. Those that lack what it asks for stay where they are. */
export async function moveChunk(
  context: CommandContext,
  ids: readonly string[],
  { stageId, lost }: Pick<Move, 'stageId' | 'lost'>,
): Promise<ChunkOutcome> {
  const stage = await stageById(context.tx, stageId)
  if (!stage || stage.archived) throw new Refusal('stageGone')
  if (stage.kind === 'lost' && !lost) throw new Refusal('reasonMissing')
  if (stage.kind === 'lost' && lost && !(await reasonIsKnown(context.tx, lost.reasonId))) throw new Refusal('reasonUnknown')
  const { rows, refused, settled } = await loadManyForWrite(context, entityIn(context, 'opportunity'), ids, { verbs: ['edit'] })
  const away = rows.filter((row) => row['stageId'] !== stageId)
  const move = (row: (typeof rows)[number]) =>
    moveOpportunity(context, row, { stageId, values: {}, ...(lost && { lost }) }).then(() => true)
  const done = await each(away, move, ['fieldsMissing', 'requiredMissing'])
  const there = rows.length - away.length
  return finish(
    context,
    {
      ...done,
      refused: refused + done.refused,
      unchanged: done.unchanged + settled + there,
      ...(done.refused > 0 && { because: { fieldsMissing: done.refused } }),
    },
    { action: 'movedMany', stageId },
  )
}

export async function removeChunk(context: CommandContext, ids: readonly string[]): Promise<ChunkOutcome> {
  const { rows, refused, settled } = await loadManyForWrite(context, entityIn(context, 'opportunity'), ids, { verbs: ['delete'] })
  const gone = rows.map(({ id }) => id)
  if (gone.length > 0) await recycle(context, gone)
  return finish(context, { changed: gone.length, refused, unchanged: settled }, { action: 'deleted' }, gone[0])
}

/** One by one; what the rules of a record do not take is counted, and the others go on. */
async function each<Row>(
  rows: readonly Row[],
  work: (row: Row) => Promise<boolean>,
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

type What = { action: string; ownerId?: string | null; stageId?: string }
function finish(context: CommandContext, outcome: ChunkOutcome, { action, ...more }: What, only?: string): ChunkOutcome {
  if (outcome.changed === 0) context.unchanged()
  else
    context.record({
      entity: 'opportunity',
      id: outcome.changed === 1 && only ? only : '',
      action,
      detail: { count: outcome.changed, ...more },
    })
  return outcome
}
