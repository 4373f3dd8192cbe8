import type { BulkEdit } from '../../../src-shared/features/orders/contract.ts'
import { keptFen } from '../../../src-shared/features/orders/rules.ts'
import { flatValues } from '../../../src-shared/kernel/custom/values.ts'
import type { BulkPreview, Selection } from '../../../src-shared/kernel/list.ts'
import type { CommandContext, QueryContext } from '../../kernel/context.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { requireWritable } from '../../kernel/policy.ts'
import type { ChunkOutcome } from '../../kernel/records/bulk.ts'
import type { PreviewInput, Stay } from '../../kernel/records/preview.ts'
import { loadManyForWrite, updateRow } from '../../kernel/records/write.ts'
import { letGo, withGoodsOut } from '../stock/public.ts'
import { countLines, invoicedOf, issueAfter, recycle } from './store.ts'
import { type OrderRow, requireOwner } from './write.ts'

type Asked = { act: 'edit'; selection: Selection; values: BulkEdit } | { act: 'remove'; selection: Selection }
const verbsFor = (values: BulkEdit): PreviewInput['verbs'] => (values.ownerId === undefined ? ['edit'] : ['edit', 'transfer'])

/** What is called off stays as it was. */
const CANCELLED: Stay = { reason: 'cancelled', column: 'status', is: 'cancelled' }

/** What `editChunk` or `removeChunk` would do with a selection: one count by the same predicates. */
export async function previewMany(context: QueryContext, asked: Asked): Promise<BulkPreview> {
  const entity = entityIn(context, 'order')
  const values = asked.act === 'edit' ? flatValues(entity, asked.values) : {}
  requireWritable(context.actor, entity, Object.keys(values))
  const input: PreviewInput = {
    actor: context.actor,
    entity: 'order',
    selection: asked.selection,
    verbs: asked.act === 'edit' ? verbsFor(values) : ['delete'],
    values,
    addTags: [],
    removeTags: [],
    stays: asked.act === 'edit' ? [CANCELLED] : [],
  }
  return context.scan<BulkPreview>('records.preview', input)
}

/** Row by row by right: what the actor may not touch is counted, not hidden. */
export async function editChunk(context: CommandContext, ids: readonly string[], edit: BulkEdit): Promise<ChunkOutcome> {
  const entity = entityIn(context, 'order')
  const values: BulkEdit = flatValues(entity, edit)
  requireWritable(context.actor, entity, Object.keys(values))
  if (values.ownerId !== undefined) await requireOwner(context, values.ownerId)
  const { rows, refused, settled } = await loadManyForWrite(context, entity, ids, { verbs: verbsFor(values) })
  const running = rows.filter((row) => row[CANCELLED.column] !== CANCELLED.is)
  const cancelled = rows.length - running.length
  const outcome = {
    changed: 0,
    refused: refused + cancelled,
    unchanged: settled,
    ...(cancelled > 0 && { because: { cancelled } }),
  }
  for (const row of running) {
    const derived = await issueAfter(context.tx, { ...row, ...values }, await countLines(context.tx, row.id))
    if (await updateRow(context, entity, row, { values, derived })) outcome.changed++
    else outcome.unchanged++
  }
  const what = values.ownerId === undefined ? { action: 'editedMany' } : { action: 'transferredMany', ownerId: values.ownerId }
  return finish(context, outcome, what)
}

/** Those that money or an invoice stands for stay where they are, and those whose goods have left. */
export async function removeChunk(context: CommandContext, ids: readonly string[]): Promise<ChunkOutcome> {
  const { rows, refused, settled } = await loadManyForWrite(context, entityIn(context, 'order'), ids, { verbs: ['delete'] })
  const settledRows = (rows as OrderRow[]).filter((row) => row['approval'] !== 'pending')
  const free = settledRows.filter((row) => keptFen(row) === 0).map(({ id }) => id)
  const bare: string[] = []
  for (const id of free) if ((await invoicedOf(context.tx, id)).fen === 0) bare.push(id)
  const out = await withGoodsOut(context.tx, bare)
  const gone = bare.filter((id) => !out.has(id))
  if (gone.length > 0) {
    await recycle(context, gone)
    await letGo(context, gone)
  }
  const pendingApproval = rows.length - settledRows.length
  const stay = {
    pendingApproval,
    moneyAllocated: settledRows.length - free.length,
    invoiceLiving: free.length - bare.length,
    goodsOut: out.size,
  }
  const because = Object.fromEntries(Object.entries(stay).filter(([, n]) => n > 0))
  const outcome = {
    changed: gone.length,
    refused: refused + rows.length - gone.length,
    unchanged: settled,
    ...(gone.length < rows.length && { because }),
  }
  return finish(context, outcome, { action: 'deleted' }, gone[0])
}

type What = { action: string; ownerId?: string | null }
function finish(context: CommandContext, outcome: ChunkOutcome, { action, ...more }: What, only?: string): ChunkOutcome {
  if (outcome.changed === 0) context.unchanged()
  else
    context.record({
      entity: 'order',
      id: outcome.changed === 1 && only ? only : '',
      action,
      detail: { count: outcome.changed, ...more },
    })
  return outcome
}
