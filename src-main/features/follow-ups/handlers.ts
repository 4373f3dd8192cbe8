import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { followUpEntity } from '../../../src-shared/features/follow-ups/entity.ts'
import type { FollowUp } from '../../../src-shared/features/follow-ups/model.ts'
import { requireAuthor, requireSoundTimes } from '../../../src-shared/features/follow-ups/rules.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { CommandContext } from '../../kernel/context.ts'
import { onCommand, onQuery } from '../../kernel/pipeline.ts'
import { getRow } from '../../kernel/records/select.ts'
import { insertRow, loadForWrite, setDeleted, updateRow } from '../../kernel/records/write.ts'
import { carryEdited, carryNew, carryRemoved, carryRestored, contactIsOf, followUpsOf } from './store.ts'

const author = (context: CommandContext) => ({
  employeeId: context.actor.employeeId,
  editsAll: context.actor.permissions['customers.edit'] === 'all',
})

export const followUpsHandlers = {
  ofCustomer: onQuery.followUps.ofCustomer.handler(({ input, context }) => followUpsOf(context.db, context.actor, input)),

  // Whoever sees the customer may write down what happened with him, service staff too.
  create: onCommand.followUps.create.handler(async ({ input, context }) => {
    const customer = await loadForWrite(context, customerEntity, input.customerId, 'read')
    if (customer.deletedAt !== null) throw new Refusal('deleted')
    const happenedAt = input.happenedAt ?? context.now()
    const { nextAt } = input
    requireSoundTimes({ happenedAt, nextAt: nextAt ?? null, now: context.now() })
    if (input.contactId && !(await contactIsOf(context, input.contactId, input.customerId))) throw new Refusal('contactOfAnother')
    const id = await insertRow(
      context,
      followUpEntity,
      { ...input, happenedAt, nextAt: nextAt ?? null },
      { authorId: context.actor.employeeId },
    )
    await carryNew(context, { customerId: input.customerId, happenedAt, nextAt })
    context.record({ entity: 'followUp', id, action: 'created', detail: { customerId: input.customerId } })
    return (await getRow(context.tx, context.actor, followUpEntity, id)) as FollowUp
  }),

  edit: onCommand.followUps.edit.handler(async ({ input, context }) => {
    const row = await loadForWrite(context, followUpEntity, input.id, 'read')
    if (row.deletedAt !== null) throw new Refusal('deleted')
    requireAuthor(author(context), row['authorId'] as string | null)
    if (input.values.nextAt !== undefined)
      requireSoundTimes({ happenedAt: String(row['happenedAt']), nextAt: input.values.nextAt, now: context.now() })
    const oldNextAt = row['nextAt'] as string | null
    const wrote = await updateRow(context, followUpEntity, row, { values: input.values, seenVersion: input.version })
    const { nextAt } = input.values
    if (wrote && nextAt !== undefined && nextAt !== oldNextAt)
      await carryEdited(context, { id: row.id, customerId: String(row['customerId']), oldNextAt, nextAt })
    if (wrote) context.record({ entity: 'followUp', id: row.id, action: 'edited', detail: { customerId: row['customerId'] } })
    else context.unchanged()
    return (await getRow(context.tx, context.actor, followUpEntity, row.id)) as FollowUp
  }),

  remove: onCommand.followUps.remove.handler(async ({ input, context }) => {
    const row = await loadForWrite(context, followUpEntity, input.id, 'read')
    if (row.deletedAt !== null) throw new Refusal('deleted')
    requireAuthor(author(context), row['authorId'] as string | null)
    await setDeleted(context, followUpEntity, row.id, true)
    await carryRemoved(context, String(row['customerId']), row['nextAt'] as string | null)
    context.record({ entity: 'followUp', id: row.id, action: 'deleted', detail: { customerId: row['customerId'] } })
    return { id: input.id }
  }),

  restore: onCommand.followUps.restore.handler(async ({ input, context }) => {
    const row = await loadForWrite(context, followUpEntity, input.id, 'read')
    if (row.deletedAt === null) throw new Refusal('notDeleted')
    requireAuthor(author(context), row['authorId'] as string | null)
    const customerId = String(row['customerId'])
    const customer = await loadForWrite(context, customerEntity, customerId, 'read')
    if (customer.deletedAt !== null) throw new Refusal('deleted')
    await setDeleted(context, followUpEntity, row.id, false)
    const { happenedAt, nextAt } = row as unknown as { happenedAt: string; nextAt: string | null }
    await carryRestored(context, { id: row.id, customerId, happenedAt, nextAt })
    context.record({ entity: 'followUp', id: row.id, action: 'restored', detail: { customerId } })
    return (await getRow(context.tx, context.actor, followUpEntity, row.id)) as FollowUp
  }),
}
