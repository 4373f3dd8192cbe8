import type { Invoice } from '../../../src-shared/features/invoices/model.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { batchOf, onCommand, onQuery, onStagedCommand } from '../../kernel/pipeline.ts'
import { inChunks } from '../../kernel/records/bulk.ts'
import { countFor, listPage } from '../../kernel/records/lanes.ts'
import { progressOf } from '../../kernel/records/progress.ts'
import { getRow } from '../../kernel/records/select.ts'
import { sumsFor } from '../../kernel/records/sums.ts'
import { previewMany, removeChunk } from './bulk.ts'
import { linesOf, ofCustomer, ofOrder } from './store.ts'
import { editInvoice, issueInvoice, postInvoice, requestInvoice, toChange, voidInvoice, written } from './write.ts'

function settle(context: CommandContext, id: string, action: string | null): Promise<Invoice> {
  if (action) context.record({ entity: 'invoice', id, action })
  else context.unchanged()
  return written(context, id)
}

export const invoicesHandlers = {
  list: onQuery.invoices.list.handler(({ input, context }) => listPage<Invoice>(context, entityIn(context, 'invoice'), input)),
  count: onQuery.invoices.count.handler(({ input, context }) => countFor(context, entityIn(context, 'invoice'), input)),
  sums: onQuery.invoices.sums.handler(({ input, context }) => sumsFor(context, entityIn(context, 'invoice'), input)),
  get: onQuery.invoices.get.handler(
    async ({ input, context }) =>
      (await getRow(context.db, context.actor, entityIn(context, 'invoice'), input.id, { deleted: true })) as Invoice,
  ),
  lines: onQuery.invoices.lines.handler(async ({ input, context }) => {
    await getRow(context.db, context.actor, entityIn(context, 'invoice'), input.id, { deleted: true })
    return linesOf(context, input.id)
  }),
  ofOrder: onQuery.invoices.ofOrder.handler(async ({ input, context }) => {
    await getRow(context.db, context.actor, entityIn(context, 'order'), input.orderId, { deleted: true })
    return ofOrder(context, input.orderId)
  }),
  ofCustomer: onQuery.invoices.ofCustomer.handler(async ({ input, context }) => {
    await getRow(context.db, context.actor, entityIn(context, 'customer'), input.customerId, { deleted: true })
    return ofCustomer(context, input.customerId)
  }),

  request: onCommand.invoices.request.handler(async ({ input, context }) =>
    settle(context, await requestInvoice(context, input), 'requested'),
  ),
  edit: onCommand.invoices.edit.handler(async ({ input, context }) => {
    const row = await toChange(context, input.id, input.version)
    return settle(context, row.id, (await editInvoice(context, row, input.values)) ? 'edited' : null)
  }),
  issue: onCommand.invoices.issue.handler(async ({ input, context }) => {
    const row = await toChange(context, input.id, input.version)
    await issueInvoice(context, row, input)
    return settle(context, row.id, 'issued')
  }),
  post: onCommand.invoices.post.handler(async ({ input, context }) => {
    const row = await toChange(context, input.id, input.version)
    await postInvoice(context, row, input)
    return settle(context, row.id, 'posted')
  }),
  void: onCommand.invoices.void.handler(async ({ input, context }) => {
    const row = await toChange(context, input.id, input.version)
    await voidInvoice(context, row, input.reason)
    return settle(context, row.id, 'voided')
  }),

  previewMany: onQuery.invoices.previewMany.handler(({ input, context }) => previewMany(context, input.selection)),
  progress: onQuery.invoices.progress.handler(({ input, context }) => ({
    done: progressOf(batchOf(context.actor, input.key)),
  })),
  removeMany: onStagedCommand.invoices.removeMany.handler(({ input, context }) =>
    inChunks(context, { entity: entityIn(context, 'invoice'), ...input }, removeChunk),
  ),
}
