import type { BinCounts, BinSelection } from '../../../src-shared/features/recycle-bin/contract.ts'
import type { BulkResult } from '../../../src-shared/kernel/list.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { StagedContext } from '../../kernel/context.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { onQuery, onStagedCommand } from '../../kernel/pipeline.ts'
import { inChunks, WHOLE } from '../../kernel/records/bulk.ts'
import { PARTS, purgeParts } from '../customers/public.ts'
import { type PartKind, restoreParts } from './restore.ts'
import type { Page } from './store.ts'

export const recycleBinHandlers = {
  counts: onQuery.recycleBin.counts.handler(({ context }) =>
    context.scan<BinCounts>('recycleBin.counts', { actor: context.actor }),
  ),
  list: onQuery.recycleBin.list.handler(({ input, context }) =>
    context.scan<Page>('recycleBin.page', { actor: context.actor, ...input, now: context.now() }, { lane: 'quick' }),
  ),
  restoreContacts: onStagedCommand.recycleBin.restoreContacts.handler(({ input, context }) => restore(context, 'contact', input)),
  restoreOpportunities: onStagedCommand.recycleBin.restoreOpportunities.handler(({ input, context }) =>
    restore(context, 'opportunity', input),
  ),
  restoreOrders: onStagedCommand.recycleBin.restoreOrders.handler(({ input, context }) => restore(context, 'order', input)),
  restorePayments: onStagedCommand.recycleBin.restorePayments.handler(({ input, context }) => restore(context, 'payment', input)),
  restoreInvoices: onStagedCommand.recycleBin.restoreInvoices.handler(({ input, context }) => restore(context, 'invoice', input)),
  restoreQuotes: onStagedCommand.recycleBin.restoreQuotes.handler(({ input, context }) => restore(context, 'quote', input)),
  restoreLeads: onStagedCommand.recycleBin.restoreLeads.handler(({ input, context }) => restore(context, 'lead', input)),
  restoreFollowUps: onStagedCommand.recycleBin.restoreFollowUps.handler(({ input, context }) =>
    restore(context, 'followUp', input),
  ),
  restoreFiles: onStagedCommand.recycleBin.restoreFiles.handler(({ input, context }) => restore(context, 'file', input)),

  purge: onStagedCommand.recycleBin.purge.handler(async ({ input, context }): Promise<BulkResult> => {
    const { kind, selection, confirmCount } = input
    const part = PARTS.find(({ entity }) => entity.name === kind)
    if (!part) throw new Error(`nothing purges ${kind}`)
    const answered = context.answered<BulkResult>(WHOLE)
    if (answered) return answered
    const ids = await chosen(context, kind, selection)
    if (ids.length !== confirmCount) throw new Refusal('selectionChanged', { expected: confirmCount, found: ids.length })
    return inChunks(context, { entity: entityIn(context, kind), selection: { ids } }, (command, some) =>
      purgeParts(command, part, some),
    )
  }),
}

type Wanted = { selection: BinSelection; withCustomers: boolean }
async function restore(context: StagedContext, kind: PartKind, { selection, withCustomers }: Wanted): Promise<BulkResult> {
  const answered = context.answered<BulkResult>(WHOLE)
  if (answered) return answered
  const ids = await chosen(context, kind, selection)
  const how = { withCustomers, alone: ids.length === 1 }
  return inChunks(context, { entity: entityIn(context, kind), selection: { ids } }, (command, some) =>
    restoreParts(command, kind, some, how),
  )
}

async function chosen(context: StagedContext, kind: PartKind, selection: BinSelection): Promise<string[]> {
  if ('ids' in selection) return [...new Set(selection.ids)]
  const except = new Set(selection.except)
  const ids = await context.scan<string[]>('recycleBin.ids', { actor: context.actor, kind, search: selection.search })
  const wanted = ids.filter((id) => !except.has(id))
  if (wanted.length === 0) throw new Refusal('nothingSelected')
  return wanted
}
