import type { BulkPreview, Selection } from '../../../src-shared/kernel/list.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext, QueryContext } from '../../kernel/context.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import type { ChunkOutcome } from '../../kernel/records/bulk.ts'
import { loadManyForWrite } from '../../kernel/records/write.ts'
import type { InvoiceRow } from './write.ts'
import { removeInvoice } from './write.ts'

/** What `removeChunk` would do with a selection. */
export const previewMany = (context: QueryContext, selection: Selection): Promise<BulkPreview> =>
  context.scan<BulkPreview>('records.preview', {
    actor: context.actor,
    entity: 'invoice',
    selection,
    verbs: ['read'],
    values: {},
    addTags: [],
    removeTags: [],
  })

/** What was ever made out stays and is counted; of one alone it is said why. */
export async function removeChunk(context: CommandContext, ids: readonly string[]): Promise<ChunkOutcome> {
  const { rows, refused, settled } = await loadManyForWrite(context, entityIn(context, 'invoice'), ids, { verbs: ['read'] })
  const gone: string[] = []
  for (const row of rows as InvoiceRow[]) if (await removed(context, row, ids.length === 1)) gone.push(row.id)
  const [only] = gone
  if (only === undefined) context.unchanged()
  else context.record({ entity: 'invoice', id: gone.length === 1 ? only : '', action: 'deleted', detail: { count: gone.length } })
  const stayed = rows.length - gone.length
  return {
    changed: gone.length,
    refused: refused + stayed,
    unchanged: settled,
    ...(stayed > 0 && { because: { issuedStays: stayed } }),
  }
}

async function removed(context: CommandContext, row: InvoiceRow, alone: boolean): Promise<boolean> {
  try {
    await removeInvoice(context, row)
    return true
  } catch (error) {
    if (!(error instanceof Refusal) || alone) throw error
    return false
  }
}
