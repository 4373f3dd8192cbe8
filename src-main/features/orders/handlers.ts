import { todayOf } from '../../kernel/clock.ts'
import type { Order } from '../../../src-shared/features/orders/model.ts'
import { requireRunning } from '../../../src-shared/features/orders/rules.ts'
import { flatValues } from '../../../src-shared/kernel/custom/values.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { entityIn } from '../../kernel/livingEntities.ts'
import { batchOf, onCommand, onQuery, onStagedCommand } from '../../kernel/pipeline.ts'
import { requireWritable } from '../../kernel/policy.ts'
import { inChunks } from '../../kernel/records/bulk.ts'
import { countFor, listPage } from '../../kernel/records/lanes.ts'
import { progressOf } from '../../kernel/records/progress.ts'
import { getRow, rowsById } from '../../kernel/records/select.ts'
import { sumsFor } from '../../kernel/records/sums.ts'
import { requireNotAsked, submit } from './approval.ts'
import { editChunk, previewMany, removeChunk } from './bulk.ts'
import { orderFromOpportunity, orderFromQuote } from './made.ts'
import { moneyOf, partsOf, PEOPLE_BY, PLANS_BY, writePeople, writePlans } from './parts.ts'
import { countLines, idsOfCustomer, issueAfter, mayDo, orderOfQuote, sorted, writeHeader } from './store.ts'
import { createOrder, editOrder, goTo, requireSeen, setLines, toChange, written } from './write.ts'

/** Records what a command did to one order, or that everything stood there already. */
function settle(context: CommandContext, id: string, action: string | null): Promise<Order> {
  if (action) context.record({ entity: 'order', id, action })
  else context.unchanged()
  return written(context, id)
}
/** The same, with what the order was found to lack. */
async function settleShort(
  context: CommandContext,
  id: string,
  action: string | null,
  shortage: Order['shortage'] | null,
): Promise<Order> {
  const order = await settle(context, id, action)
  return shortage ? { ...order, shortage } : order
}

export const ordersHandlers = {
  list: onQuery.orders.list.handler(({ input, context }) => listPage<Order>(context, entityIn(context, 'order'), input)),
  count: onQuery.orders.count.handler(({ input, context }) => countFor(context, entityIn(context, 'order'), input)),
  sums: onQuery.orders.sums.handler(({ input, context }) => sumsFor(context, entityIn(context, 'order'), input)),

  get: onQuery.orders.get.handler(async ({ input, context }) => {
    const row = (await getRow(context.db, context.actor, entityIn(context, 'order'), input.id, { deleted: true })) as Order
    return { ...row, may: await mayDo(context, row.id) }
  }),

  parts: onQuery.orders.parts.handler(async ({ input, context }) => {
    await getRow(context.db, context.actor, entityIn(context, 'order'), input.id, { deleted: true })
    return partsOf(context, input.id)
  }),

  ofCustomer: onQuery.orders.ofCustomer.handler(async ({ input, context }) => {
    await getRow(context.db, context.actor, entityIn(context, 'customer'), input.customerId, { deleted: true })
    const ids = await idsOfCustomer(context.db, input.customerId)
    return sorted((await rowsById(context.db, context.actor, entityIn(context, 'order'), ids)) as Order[], ids)
  }),

  ofQuote: onQuery.orders.ofQuote.handler(async ({ input, context }) => {
    await getRow(context.db, context.actor, entityIn(context, 'quote'), input.quoteId, { deleted: true })
    const made = await orderOfQuote(context.db, input.quoteId)
    return made ? ((await rowsById(context.db, context.actor, entityIn(context, 'order'), [made.id])) as Order[]) : []
  }),

  moneyOf: onQuery.orders.moneyOf.handler(async ({ input, context }) => {
    await getRow(context.db, context.actor, entityIn(context, 'customer'), input.customerId, { deleted: true })
    return moneyOf(context, input.customerId)
  }),

  create: onCommand.orders.create.handler(async ({ input, context }) => {
    const { lines, people, plans, ...given } = input
    const id = await createOrder(context, { ...flatValues(entityIn(context, 'order'), given), lines, people, plans })
    return settle(context, id, 'created')
  }),

  fromOpportunity: onCommand.orders.fromOpportunity.handler(async ({ input: { opportunityId }, context }) => {
    const id = await orderFromOpportunity(context, opportunityId)
    context.record({ entity: 'order', id, action: 'created', detail: { opportunityId } })
    return written(context, id)
  }),

  fromQuote: onCommand.orders.fromQuote.handler(async ({ input: { quoteId }, context }) => {
    const id = await orderFromQuote(context, quoteId)
    context.record({ entity: 'order', id, action: 'created', detail: { quoteId } })
    return written(context, id)
  }),

  edit: onCommand.orders.edit.handler(async ({ input, context }) => {
    const row = await toChange(context, input.id)
    const values = flatValues(entityIn(context, 'order'), input.values)
    const { wrote } = await editOrder(context, row, values, { seenVersion: input.version })
    return settle(context, row.id, wrote)
  }),

  setLines: onCommand.orders.setLines.handler(async ({ input, context }) => {
    const row = await toChange(context, input.id)
    requireSeen(row, input.version)
    const { wrote, shortage } = await setLines(context, row, input)
    return settleShort(context, row.id, wrote ? 'linesSet' : null, shortage)
  }),

  setPeople: onCommand.orders.setPeople.handler(async ({ input, context }) => {
    const row = await toChange(context, input.id)
    requireSeen(row, input.version)
    requireRunning(row.status)
    requireWritable(context.actor, entityIn(context, 'order'), [PEOPLE_BY])
    const wrote = await writePeople(context, row.id, input.people)
    if (wrote) await writeHeader(context, row.id, await issueAfter(context.tx, row, await countLines(context.tx, row.id)))
    return settle(context, row.id, wrote ? 'peopleSet' : null)
  }),

  setPlans: onCommand.orders.setPlans.handler(async ({ input, context }) => {
    const row = await toChange(context, input.id)
    requireSeen(row, input.version)
    requireRunning(row.status)
    requireNotAsked(row)
    requireWritable(context.actor, entityIn(context, 'order'), [PLANS_BY])
    const wrote = await writePlans(context, row.id, input.plans)
    if (wrote) await writeHeader(context, row.id, {})
    return settle(context, row.id, wrote ? 'plansSet' : null)
  }),

  submit: onCommand.orders.submit.handler(async ({ input, context }) => {
    const row = await toChange(context, input.id)
    requireSeen(row, input.version)
    await submit(context, row.id, input.note)
    return settle(context, row.id, 'submitted')
  }),

  confirm: onCommand.orders.confirm.handler(async ({ input, context }) => {
    const row = await toChange(context, input.id)
    requireSeen(row, input.version)
    const values = { signedOn: input.signedOn ?? row.signedOn ?? todayOf(context) }
    return settleShort(context, row.id, 'confirmed', await goTo(context, row, { to: 'confirmed', values }))
  }),

  deliver: onCommand.orders.deliver.handler(async ({ input, context }) => {
    const row = await toChange(context, input.id)
    requireSeen(row, input.version)
    await goTo(context, row, {
      to: 'delivered',
      values: { deliveredOn: input.deliveredOn ?? todayOf(context) },
      stock: { beyond: input.beyond, reason: input.stockReason || null },
    })
    return settle(context, row.id, 'delivered')
  }),

  cancel: onCommand.orders.cancel.handler(async ({ input, context }) => {
    const row = await toChange(context, input.id)
    requireSeen(row, input.version)
    await goTo(context, row, { to: 'cancelled', values: { cancelReason: input.reason?.trim() || null } })
    return settle(context, row.id, 'cancelled')
  }),

  editMany: onStagedCommand.orders.editMany.handler(({ input, context }) =>
    inChunks(context, { entity: entityIn(context, 'order'), ...input }, (command, ids) => editChunk(command, ids, input.values)),
  ),
  previewMany: onQuery.orders.previewMany.handler(({ input, context }) => previewMany(context, input)),
  progress: onQuery.orders.progress.handler(({ input, context }) => ({
    done: progressOf(batchOf(context.actor, input.key)),
  })),
  removeMany: onStagedCommand.orders.removeMany.handler(({ input, context }) =>
    inChunks(context, { entity: entityIn(context, 'order'), ...input }, removeChunk),
  ),
}
