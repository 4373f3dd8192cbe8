import type { Payment } from '../../../src-shared/features/payments/model.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { Stale } from '../../kernel/errors.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { batchOf, onCommand, onQuery, onStagedCommand } from '../../kernel/pipeline.ts'
import { inChunks } from '../../kernel/records/bulk.ts'
import { countFor, listPage } from '../../kernel/records/lanes.ts'
import { progressOf } from '../../kernel/records/progress.ts'
import { getRow, rowsById } from '../../kernel/records/select.ts'
import { sumsFor } from '../../kernel/records/sums.ts'
import { previewMany, removeChunk } from './bulk.ts'
import { idsOfCustomer, partsOf, receiptsOf, sorted } from './store.ts'
import { requestRefund, requireNoApproval } from './refundRequests.ts'
import { addPayment, addRefund, allocate, editPayment, toChange, written } from './write.ts'

function settle(context: CommandContext, id: string, action: string | null): Promise<Payment> {
  if (action) context.record({ entity: 'payment', id, action })
  else context.unchanged()
  return written(context, id)
}

export const paymentsHandlers = {
  list: onQuery.payments.list.handler(({ input, context }) => listPage<Payment>(context, entityIn(context, 'payment'), input)),
  count: onQuery.payments.count.handler(({ input, context }) => countFor(context, entityIn(context, 'payment'), input)),
  sums: onQuery.payments.sums.handler(({ input, context }) => sumsFor(context, entityIn(context, 'payment'), input)),
  get: onQuery.payments.get.handler(
    async ({ input, context }) =>
      (await getRow(context.db, context.actor, entityIn(context, 'payment'), input.id, { deleted: true })) as Payment,
  ),
  parts: onQuery.payments.parts.handler(async ({ input, context }) => {
    await getRow(context.db, context.actor, entityIn(context, 'payment'), input.id, { deleted: true })
    return partsOf(context, input.id)
  }),
  ofOrder: onQuery.payments.ofOrder.handler(async ({ input, context }) => {
    await getRow(context.db, context.actor, entityIn(context, 'order'), input.orderId, { deleted: true })
    return receiptsOf(context, input.orderId)
  }),
  ofCustomer: onQuery.payments.ofCustomer.handler(async ({ input, context }) => {
    await getRow(context.db, context.actor, entityIn(context, 'customer'), input.customerId, { deleted: true })
    const ids = await idsOfCustomer(context.db, input.customerId)
    return sorted((await rowsById(context.db, context.actor, entityIn(context, 'payment'), ids)) as Payment[], ids)
  }),

  add: onCommand.payments.add.handler(async ({ input, context }) => settle(context, await addPayment(context, input), 'added')),

  edit: onCommand.payments.edit.handler(async ({ input, context }) => {
    const row = await toChange(context, input.id)
    return settle(context, row.id, (await editPayment(context, row, input.values, input.version)) ? 'edited' : null)
  }),

  allocate: onCommand.payments.allocate.handler(async ({ input, context }) => {
    const row = await toChange(context, input.id)
    if (row.version !== input.version) throw new Stale('payment', row.id)
    return settle(context, row.id, (await allocate(context, row, input.allocations)) ? 'allocated' : null)
  }),

  refund: onCommand.payments.refund.handler(async ({ input, context }) => {
    await requireNoApproval(context, input.amountFen)
    return settle(context, await addRefund(context, input), 'refunded')
  }),

  requestRefund: onCommand.payments.requestRefund.handler(async ({ input, context }) => {
    await requestRefund(context, input)
    return settle(context, input.paymentId, 'refundAsked')
  }),

  previewMany: onQuery.payments.previewMany.handler(({ input, context }) => previewMany(context, input.selection)),
  progress: onQuery.payments.progress.handler(({ input, context }) => ({
    done: progressOf(batchOf(context.actor, input.key)),
  })),
  removeMany: onStagedCommand.payments.removeMany.handler(({ input, context }) =>
    inChunks(context, { entity: entityIn(context, 'payment'), ...input }, removeChunk),
  ),
}
