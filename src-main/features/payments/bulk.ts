import type { BulkPreview, Selection } from '../../../src-shared/kernel/list.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext, QueryContext } from '../../kernel/context.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import type { ChunkOutcome } from '../../kernel/records/bulk.ts'
import { loadManyForWrite } from '../../kernel/records/write.ts'
import type { PaymentRow } from './write.ts'
import { removePayment } from './write.ts'

/** What `removeChunk` would do with a selection. */
export const previewMany = (context: QueryContext, selection: Selection): Promise<BulkPreview> =>
  context.scan<BulkPreview>('records.preview', {
    actor: context.actor,
    entity: 'payment',
    selection,
    verbs: ['read'],
    values: {},
    addTags: [],
    removeTags: [],
  })

/** Refunds before payments, so that both may go at once; what must stay is counted, and of one alone it is said why. */
export async function removeChunk(context: CommandContext, ids: readonly string[]): Promise<ChunkOutcome> {
  const { rows, refused, settled } = await loadManyForWrite(context, entityIn(context, 'payment'), ids, { verbs: ['read'] })
  const because: Record<string, number> = {}
  const gone: string[] = []
  for (const row of (rows as PaymentRow[]).toSorted((a, b) => Number(b.kind === 'refund') - Number(a.kind === 'refund'))) {
    const reason = await whyNot(context, row, ids.length === 1)
    if (reason === null) gone.push(row.id)
    else because[reason] = (because[reason] ?? 0) + 1
  }
  const [only] = gone
  if (only === undefined) context.unchanged()
  else context.record({ entity: 'payment', id: gone.length === 1 ? only : '', action: 'deleted', detail: { count: gone.length } })
  const stayed = rows.length - gone.length
  return { changed: gone.length, refused: refused + stayed, unchanged: settled, ...(stayed > 0 && { because }) }
}

const STAY: ReadonlySet<string> = new Set(['hasRefunds', 'refundPending'])
async function whyNot(context: CommandContext, row: PaymentRow, alone: boolean): Promise<string | null> {
  try {
    await removePayment(context, row)
    return null
  } catch (error) {
    if (!(error instanceof Refusal) || alone || !STAY.has(error.reason)) throw error
    return error.reason
  }
}
